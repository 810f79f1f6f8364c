import ArgumentParser
import MorphKit

struct Plan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every frame of the jobs of job files.",
    discussion: """
      For each frame its number, its time in seconds (in a video), the segment of the path or the number of the \
      picture, how far it has come in the segment, and its chunk; all but the time and the fraction count from 0. \
      An even pace is measured first.
      """)

  @OptionGroup var files: JobFiles

  func run() async throws {
    let installation = Installation.found()
    let options = RenderOptions(installation: installation, threads: Processor.threadCount())
    let jobs = try await files.jobs(options)
    for job in jobs {
      let timed = try await paced(job.job, options: options)
      var lines = jobs.count > 1 ? ["# \(printable(job.job.output.path ?? job.label))"] : []
      lines.append("frame\ttime\tsegment\tfraction\tchunk")
      for number in 0..<timed.frameCount {
        lines.append(timed.plannedFrame(number).line)
        if lines.count == 1000 {
          try Console.print(table: lines.joined(separator: "\n"))
          lines = []
          try Task.checkCancellation()
        }
      }
      if !lines.isEmpty {
        try Console.print(table: lines.joined(separator: "\n"))
      }
    }
  }
}

extension PlannedFrame {
  fileprivate var line: String {
    "\(number)\t\(seconds.map(sixDecimals) ?? "-")\t\(segment)\t\(sixDecimals(fraction))\t\(chunk)"
  }
}

/// A number with six decimals.
private func sixDecimals(_ number: Double) -> String {
  let millionths = Int((abs(number) * 1_000_000).rounded())
  let sign = number < 0 && millionths > 0 ? "-" : ""
  let decimals = String(millionths % 1_000_000)
  return "\(sign)\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - decimals.count) + decimals
}
