import ArgumentParser
import MorphKit

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Render job files.",
    discussion: """
      '-' reads a job file from standard input. Pipelines/ has examples. Jobs whose result is there are skipped, by \
      content and not by date.
      """)

  @OptionGroup var files: JobFiles
  @OptionGroup(title: "Jobs") var batch: BatchSettings
  @OptionGroup(title: "Run") var run: RunOptions

  func run() async throws {
    let installation = Installation.found()
    let jobs = try await files.jobs(try Session.renderOptions(run, installation: installation))
    if batch.dryRun {
      try tellOutlook(of: jobs, installation: installation)
    } else if jobs.count == 1, let only = jobs.first, !batch.keepGoing, !batch.retryFailed {
      try await Session.render(
        only.job, options: run, records: batch.records, mends: true, installation: installation)
    } else {
      try await renderMany(jobs, installation: installation)
    }
  }

  private func renderMany(_ jobs: [BatchJob], installation: Installation) async throws {
    let printer = BatchPrinter(jobs, run)
    var options = BatchOptions(
      render: try Session.renderOptions(run, records: batch.records, mends: true, installation: installation),
      keepsGoing: batch.keepGoing, retriesFailed: batch.retryFailed, jobsInFlight: try batch.jobsInFlight())
    options.part = try run.part().map { .shard($0) } ?? .all
    let summary = try await renderAll(jobs, options: options, reporting: printer.report)
    printer.end()
    if let lost = printer.lost { throw lost }
    guard summary.failed + summary.kept == 0 else { throw SomeJobsFailed(message: summary.text + ".") }
    printer.note(summary.text + ".")
  }

  /// Prints a line for each job: what a run would do, and why.
  private func tellOutlook(of jobs: [BatchJob], installation: Installation) throws {
    try JobFile.refuseSharedOutputs(jobs)
    var options = try Session.renderOptions(
      run, records: batch.records, mends: true, installation: installation)
    options.shared = SharedReads()
    var failed = 0
    for job in jobs {
      try Task.checkCancellation()
      let text: String
      do {
        let outlook = try outlook(of: job.job, options: options)
        text = outlook.text + outlook.obstacleText
        failed += outlook.obstacle == nil ? 0 : 1
      } catch let error as MorphError {
        text = "can't be made: \(error)"
        failed += 1
      }
      try Console.print("\(job.job.output.path ?? job.label): \(text)")
    }
    guard failed == 0 else {
      throw SomeJobsFailed(message: "\(failed) of \(jobs.count) jobs can't be made.")
    }
  }
}

/// How many jobs are run.
struct BatchSettings: ParsableArguments {
  @Flag(
    name: [.customShort("n"), .long],
    help: "Say what would be done for each job, and why; make nothing.")
  var dryRun = false

  @Flag(
    name: .shortAndLong,
    help: "Go on behind jobs that fail; exit 3 when some did. Failures are noted in NAME.failed.json.")
  var keepGoing = false

  @Flag(help: "Run only jobs that failed before, those excepted whose photo shows no face.")
  var retryFailed = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many jobs are rendered at once; 1 by default.", valueName: "n"))
  var jobs: String?

  @Option(help: ArgumentHelp("Put records into this folder, not beside results.", valueName: "folder"))
  var records: String?

  /// How many jobs are rendered at once.
  func jobsInFlight() throws -> Int { try count("--jobs", jobs, in: 1...256) ?? 1 }

  func validate() throws {
    _ = try jobsInFlight()
    guard records != "" else {
      throw ValidationError("--records: '' is not possible; use the name of a folder.")
    }
  }
}

extension JobOutlook {
  /// `; kept unless --overwrite is given`.
  fileprivate var obstacleText: String {
    guard let obstacle else { return "" }
    return obstacle.keepsEarlierResult
      ? "; kept unless --overwrite is given" : "; can't be made: \(obstacle.description(behind: path))"
  }
}

extension BatchSummary {
  /// `12 done, 985 up to date, 3 failed`.
  var text: String {
    var parts: [String] = []
    func add(_ count: Int, _ word: String, always: Bool = false) {
      if always || count > 0 {
        parts.append("\(count) \(word)")
      }
    }
    add(done, "done", always: true)
    add(upToDate, "up to date")
    add(failed, "failed")
    add(kept, "out of date and kept, since --overwrite was not given")
    add(incomplete, "with chunks of other shards to come or to join")
    add(passedOver, "passed over, since they did not fail before")
    return parts.joined(separator: ", ")
  }
}
