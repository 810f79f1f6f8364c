import ArgumentParser
import MorphKit

struct Rerun: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a result again from its record.",
    discussion:
      "Photos and model are looked for where they were, as seen from the record, and must be as they were.")

  @Argument(help: ArgumentHelp("The result that the record tells of; it may be gone.", valueName: "output"))
  var result: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Make it here, and leave the first one alone.", valueName: "path"))
  var output: String?

  @Option(help: ArgumentHelp("Where records are, if not beside results.", valueName: "folder"))
  var records: String?

  @OptionGroup(title: "Run") var run: RunOptions

  func run() async throws {
    let installation = Installation.found()
    let job = try MorphJob(
      recordOf: result, records: records, output: output,
      options: RenderOptions(installation: installation, records: records))
    try await Session.render(job, options: run, records: records, installation: installation)
  }
}
