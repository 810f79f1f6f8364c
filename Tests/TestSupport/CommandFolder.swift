internal import Foundation
internal import Glibc
internal import Synchronization

/// A folder to run the built `facewalk` in, with a cache of its own.
package final class CommandFolder: Sendable {
  /// The working folder.
  package let path: String
  /// Where the command keeps its notes, its output and other things that are no results.
  private let backstage: String
  private let runCount = Mutex(0)

  fileprivate init(in root: String) throws {
    path = root + "/work"
    backstage = root + "/backstage"
    for folder in [path, backstage] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  /// The executable, which lies beside the tests.
  private static let executable = folder(ofFile: realPath("/proc/self/exe")) + "/facewalk"

  /// Runs the command to its end; `wrapper` is a program that starts it, such as `prlimit`.
  @discardableResult package func facewalk(
    _ arguments: [String], input: String? = nil, through wrapper: [String] = [],
    environment: [String: String] = [:]
  ) throws -> CommandResult {
    try start(arguments, input: input, through: wrapper, environment: environment).result()
  }

  @discardableResult package func facewalk(_ arguments: String...) throws -> CommandResult {
    try facewalk(arguments)
  }

  /// Starts the command without waiting for it.
  package func start(
    _ arguments: [String], input: String? = nil, through wrapper: [String] = [],
    environment: [String: String] = [:]
  ) throws -> RunningCommand {
    let number = runCount.withLock { count in
      count += 1
      return count
    }
    var inputPath = "/dev/null"
    if let input {
      inputPath = "\(backstage)/\(number).in"
      try input.write(toFile: inputPath, atomically: false, encoding: .utf8)
    }
    var variables = ProcessInfo.processInfo.environment
    for name in ["FACEWALK_HOME", "SLURM_CPUS_PER_TASK"] { variables[name] = nil }
    variables["XDG_CACHE_HOME"] = backstage + "/cache"
    return try RunningCommand(
      wrapper + [CommandFolder.executable] + arguments, in: path,
      environment: variables.merging(environment) { $1 }, inputPath: inputPath,
      logPath: "\(backstage)/\(number)")
  }

  /// The path of a name in the folder.
  package func path(_ name: String) -> String { path + "/" + name }

  /// Everything in the folder and the folders in it, sorted.
  package func names() -> [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  package func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  package func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: path(name)))
  }

  package func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Copies a file or folder from elsewhere into the folder.
  package func copy(_ source: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: path(name))
  }

  package func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
  }

  package func move(_ name: String, to newName: String) throws {
    try FileManager.default.moveItem(atPath: path(name), toPath: path(newName))
  }

  package func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }

  package func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// Makes a pipe that nobody writes into.
  package func makePipe(_ name: String) {
    mkfifo(path(name), 0o600)
  }

  /// Puts `new` where `old` stands in a text file.
  package func replace(_ old: String, with new: String, in name: String) throws {
    let text = String(decoding: try bytes(name), as: UTF8.self)
    precondition(text.contains(old), "\(name) does not hold \(old)")
    try write(text.replacingOccurrences(of: old, with: new), to: name)
  }

  /// What the record beside a result says.
  package func record(of name: String) throws -> RecordFacts {
    try JSONDecoder().decode(RecordFacts.self, from: Data(try bytes(name + ".json")))
  }
}

/// A part of the record that lies beside a result.
package struct RecordFacts: Decodable, Equatable {
  package let identity: String
  package let result: Result
  package let singles: Singles?

  package struct Singles: Decodable, Equatable {
    package let path: String
    package let sha256: String
    package let count: Int
  }

  package struct Result: Decodable, Equatable {
    package let name: String
    package let sha256: String
    package let frames: Int
    package let width: Int
    package let height: Int
    package let seconds: Double?
  }
}

/// Calls `body` with a new folder to run the command in, which is removed afterwards.
package func withCommandFolder<Result>(_ body: (CommandFolder) async throws -> Result) async throws -> Result
{
  try await withTemporaryFolder { try await body(CommandFolder(in: $0)) }
}

private func realPath(_ path: String) -> String {
  guard let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

private func folder(ofFile path: String) -> String {
  URL(filePath: path).deletingLastPathComponent().path
}
