internal import Glibc

/// The name of a file that a run is still writing: it tells which process of which machine does.
struct UnfinishedName: Equatable {
  private static let prefix = "unfinished-"

  let host: String
  let process: pid_t
  private let random: String

  /// A name that no other process uses.
  init() {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    process = getpid()
    random = String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// Another name of the same process, which begins with that of `mark`.
  init(of mark: UnfinishedName) {
    host = mark.host
    process = mark.process
    random = "\(mark.random).\(String(UInt64.random(in: .min ... .max), radix: 36))"
  }

  /// Reads a file's name; `nil` for other files.
  init?(_ fileName: String) {
    guard fileName.hasPrefix(UnfinishedName.prefix) else { return nil }
    // A host's name may have dashes of its own.
    let parts = fileName.dropFirst(UnfinishedName.prefix.count).split(separator: "-")
    guard parts.count >= 3, let process = pid_t(parts[parts.count - 2]) else { return nil }
    host = parts.dropLast(2).joined(separator: "-")
    self.process = process
    random = String(parts[parts.count - 1])
  }

  var fileName: String { "\(UnfinishedName.prefix)\(host)-\(process)-\(random)" }

  /// Whether the process may still be there; of other machines it can't be told.
  var mayBeAlive: Bool {
    host != UnfinishedName().host || kill(process, 0) == 0 || errno == EPERM
  }
}
