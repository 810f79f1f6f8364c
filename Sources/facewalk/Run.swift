import ArgumentParser
import MorphKit

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render job files.",
    discussion: "'-' reads a job from standard input. Pipelines/ has examples.")

  @Argument(help: ArgumentHelp("One or more job files.", valueName: "file"))
  var files: [String]

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Replace a setting of the files, as in --set fps=60.", valueName: "key=value"))
  var overrides: [String] = []

  @OptionGroup(title: "Run") var run: RunOptions

  func run() async throws {
    let installation = Installation.found()
    // Everything is read and checked before the first is rendered, so that a slip in the last one shows at once.
    let jobs = try files.map { file in
      guard file == "-" else {
        return try MorphJob(contentsOf: file, overrides: overrides, installation: installation)
      }
      return try MorphJob(
        yaml: Session.standardInput(), name: "standard input", folder: ".", overrides: overrides,
        installation: installation)
    }
    if jobs.count > 1 {
      try refuseSharedOutputs(jobs)
      for job in jobs {
        try await Session.check(job, options: run, installation: installation)
      }
    }
    for job in jobs {
      try await Session.render(job, options: run, installation: installation)
    }
  }

  /// Throws when two jobs have one result, since the second would replace the first.
  private func refuseSharedOutputs(_ jobs: [MorphJob]) throws {
    var owners: [String: String] = [:]
    for (job, file) in zip(jobs, files) {
      guard let output = job.output.path else { continue }
      if let owner = owners.updateValue(file, forKey: output) {
        throw WrongUse(message: "\(file): its output '\(output)' is that of \(owner) too. Name another one.")
      }
    }
  }
}
