import ArgumentParser
import FoundationEssentials
import MorphKit

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how far the jobs of job files have come.",
    discussion: """
      A job is done; partial: chunks of it are there; failed: it can't be made, and why; stale: its result was made \
      from something else, or changed; or waiting.
      """)

  @OptionGroup var files: JobFiles

  @Flag(help: "Print an array of JSON objects.")
  var json = false

  @Option(
    help: ArgumentHelp("Write a page with pictures to this file; it asks for no other.", valueName: "file"))
  var html: String?

  @Flag(name: [.customShort("y"), .long], help: "Let the page replace a file that is no earlier page.")
  var overwrite = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Print only the shards of a run in N parts that still have work, as in 3,17-20.", valueName: "n"))
  var shards: String?

  @Option(help: ArgumentHelp("Where records are, if not beside results.", valueName: "folder"))
  var records: String?

  func validate() throws {
    _ = try count("--shards", shards, in: 1...Shard.limit)
    if json, shards != nil {
      throw ValidationError("--shards can't be used together with --json. Leave out one of them.")
    }
  }

  func run() async throws {
    var options = RenderOptions(installation: .found(), records: records)
    options.shared = SharedReads()
    let jobs = try await files.jobs(options)
    try JobFile.refuseSharedOutputs(jobs)
    if let html {
      try StatusPage.checkPlace(html, of: jobs, overwrites: overwrite)
    }
    let statuses = try await status(of: jobs, options: options)
    if let html {
      let page = try await StatusPage(statuses, of: jobs, options: options)
      try ReportFile(replacing: html).write(page.html)
    }
    if let shards = try count("--shards", shards, in: 1...Shard.limit) {
      let expression = rangesText(shardsWithWork(statuses, of: shards))
      if !expression.isEmpty {
        try Console.print(expression)
      }
    } else if json {
      try Console.print(text: JobStatus.json(statuses))
    } else if let html {
      try Console.print(result: html)
    } else {
      for status in statuses {
        try Console.print(status.line)
      }
      Console.note(JobStatus.summary(of: statuses) + ".")
    }
  }
}

extension JobStatus {
  /// `partial  long.mp4: 3 of 12 chunks are missing: 0,4-5`.
  fileprivate var line: String {
    let width = State.allCases.map(\.rawValue.count).max() ?? 0
    let padding = String(repeating: " ", count: width - state.rawValue.count)
    return "\(state.rawValue)\(padding)  \(output ?? job): \(note ?? lengthText)"
  }

  fileprivate static func json(_ statuses: [JobStatus]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return printableJSON(String(decoding: try encoder.encode(statuses), as: UTF8.self))
  }
}
