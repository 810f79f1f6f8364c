internal import Foundation
internal import Glibc
internal import TestSupport
internal import Testing

/// How much is tried: a few moments, or all that `Scripts/test --all` asks for.
enum Extent {
  static let isWhole = ProcessInfo.processInfo.environment["FACEWALK_MOMENTS"] != nil
  static let momentCount = Int(ProcessInfo.processInfo.environment["FACEWALK_MOMENTS"] ?? "") ?? 20
}

/// How many runs are at work at once, each in a folder of its own.
private let runCount = 4

struct `A run of six jobs` {
  /// A quarter are any moments, the others those at which a certain file has just appeared.
  @Test(arguments: 1...runCount)
  func `that is killed again and again makes nothing twice, and ends as if nothing had happened`(
    _ seed: Int
  ) async throws {
    try await SixJobs.with { jobs in
      let start = ContinuousClock.now
      try jobs.expectMended()
      let time = ContinuousClock.now - start
      try clear(jobs.folder, but: jobs.inputs)

      var numbers = SeededRandom(seed: UInt64(seed))
      var tally = Tally()
      // A run that is faster than its moment is no moment.
      for _ in 0..<4 * Extent.momentCount / runCount where tally.killed < Extent.momentCount / runCount {
        let moment = Moment(of: jobs, runTime: time, using: &numbers)
        let kept = jobs.framesKept()
        let run = try jobs.folder.start(SixJobs.line)
        moment.wait(for: run)
        run.kill(SIGKILL)
        let result = try run.result()
        try jobs.expectNothingTwice(result, kept: kept)
        guard result.ending == .killed(signal: SIGKILL) else {
          #expect(result.ending == .exited(0), "\(result.errors.suffix(500))")
          try jobs.expectUndisturbed()
          try clear(jobs.folder, but: jobs.inputs)
          continue
        }
        tally.killed += 1
        tally.stages[Stage(jobs), default: 0] += 1
        tally.piecesKept += jobs.pieces.keys.count { isThere(jobs.folder.path($0)) }
        tally.filesCompared += try jobs.expectWholeFiles()
        // The next run goes on, to its end or to another such moment.
        if tally.killed % 50 == 0 { tell(seed, tally) }
        guard Bool.random(using: &numbers) else { continue }
        try jobs.expectMended()
        tally.mended += 1
        tally.filesCompared += jobs.undisturbed.files.count
        try clear(jobs.folder, but: jobs.inputs)
      }
      #expect(tally.killed == Extent.momentCount / runCount)
      try jobs.expectMended()
      tally.mended += 1
      tell(seed, tally)
    }
  }

  private func tell(_ seed: Int, _ tally: Tally) {
    print("seed \(seed): \(tally.text)")
    // Thousands of moments take minutes.
    fflush(nil)
  }
}

/// What was tried.
private struct Tally {
  var killed = 0
  var mended = 0
  var filesCompared = 0
  var piecesKept = 0
  var stages: [Stage: Int] = [:]

  var text: String {
    let stages = stages.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key) \($0.value)" }
    return "\(killed) moments (\(stages.joined(separator: ", "))), \(mended) times all six made complete, "
      + "\(filesCompared) files compared, \(piecesKept) finished pieces found and kept"
  }
}

/// When a run is killed.
private struct Moment {
  /// The run is killed when this is there; `nil` for any moment.
  private let path: String?
  private let delay: Duration

  init(of jobs: SixJobs, runTime: Duration, using numbers: inout SeededRandom) {
    let outputs = SixJobs.jobs.map(\.output)
    // One kind of step each, so that the short ones get their share.
    let kinds = [
      SixJobs.jobs.map(jobs.workFolder),
      jobs.pieces.filter { $0.value.chunk != nil }.keys.sorted(),
      jobs.pieces.filter { $0.value.chunk == nil }.keys.sorted(),
      SixJobs.jobs.map { jobs.workFolder($0) + "/record.json" },
      outputs.map { $0.hasSuffix("####.png") ? "beside_0120.png" : $0 },
      outputs.map { $0 + ".json" },
    ]
    let kind = kinds.randomElement(using: &numbers) ?? []
    let ahead = kind.map(jobs.folder.path).filter { !isThere($0) }
    if Int.random(in: 0..<4, using: &numbers) > 0, let path = ahead.randomElement(using: &numbers) {
      self.path = path
      delay = .microseconds(Bool.random(using: &numbers) ? 0 : Int.random(in: 0...3000, using: &numbers))
    } else {
      path = nil
      delay = runTime * Double.random(in: 0.1...1, using: &numbers)
    }
  }

  func wait(for run: RunningCommand) {
    if let path { #expect(comesTrue { access(path, F_OK) == 0 || run.hasEnded }) }
    pause(for: delay)
  }
}

/// What a killed run was at, by what it left of the first job that was not complete.
private enum Stage: Int {
  case reading, decodingAndEncoding, joining, writingTheRecord, renaming, publishing, betweenJobs

  init(_ jobs: SixJobs) {
    let names = Set(jobs.folder.names())
    guard let job = SixJobs.jobs.first(where: { names.contains($0.output + ".parts") }) else {
      let isBegun = SixJobs.jobs.contains { names.contains($0.output + ".json") }
      self = isBegun ? .betweenJobs : .reading
      return
    }
    let pieces = jobs.pieces.filter { $0.value.output == job.output && names.contains($0.key) }.values
    let isPublished =
      names.contains(job.output) || names.contains("beside_0000.png") && job.output.hasPrefix("beside")
    if isPublished {
      self = .publishing
    } else if names.contains(jobs.workFolder(job) + "/record.json") {
      self = .renaming
    } else if pieces.contains(where: { $0.chunk == nil }) {
      self = .writingTheRecord
    } else {
      self = pieces.count == job.chunkCount && job.chunkCount > 1 ? .joining : .decodingAndEncoding
    }
  }
}
