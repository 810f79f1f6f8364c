import ArgumentParser
import MorphKit

struct Join: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put together what shards have made.",
    discussion: """
      Renders nothing: where chunks are missing, they are listed, the others are joined, and the exit code is 1. 'facewalk status --shards N' \
      says which shards have to run again.
      """)

  @OptionGroup var files: JobFiles

  @Option(help: ArgumentHelp("Put records into this folder, not beside results.", valueName: "folder"))
  var records: String?

  @OptionGroup(title: "Run") var run: RunOptions

  func validate() throws {
    if run.shard != nil {
      throw ValidationError("--shard: joining is done once, when all shards have run. Leave it out.")
    }
  }

  func run() async throws {
    let installation = Installation.found()
    let jobs = try await files.jobs(RenderOptions(installation: installation))
    let printer = BatchPrinter(jobs, run, tellsMissing: true)
    var options = BatchOptions(
      render: try Session.renderOptions(run, records: records, mends: true, installation: installation),
      keepsGoing: true)
    options.part = .joining
    let summary = try await renderAll(jobs, options: options, reporting: printer.report)
    printer.end()
    if let lost = printer.lost { throw lost }
    let lacking = summary.incomplete + summary.failed + summary.kept
    guard lacking == 0 else {
      throw NotAsItShould(
        message: "\(lacking) of \(jobs.count) jobs \(lacking == 1 ? "is" : "are") not complete.")
    }
  }
}
