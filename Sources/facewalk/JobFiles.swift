import ArgumentParser
import MorphKit

/// The job files that a command reads.
struct JobFiles: ParsableArguments {
  @Argument(help: ArgumentHelp("One or more job files.", valueName: "file"))
  var files: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Replace a setting of the files, as in --set fps=60.", valueName: "key=value"))
  var overrides: [String] = []

  /// All jobs of all files; they are read before any is rendered, so that a slip in the last one shows at once.
  func jobs(_ options: RenderOptions) async throws -> [BatchJob] {
    var read: [JobFile] = []
    for file in files {
      if file == "-" {
        try await read.append(
          JobFile(
            yaml: Session.standardInput(), name: "standard input", folder: ".", overrides: overrides,
            countingWith: options))
      } else {
        try await read.append(JobFile(contentsOf: file, overrides: overrides, countingWith: options))
      }
    }
    try JobFile.refuseIdleOverrides(read)
    return read.flatMap(\.jobs)
  }
}
