internal import TestSupport
internal import Testing

@testable import MorphKit

struct `An even pace` {
  private typealias Renders = TestRenders

  /// A curve through three points changes the picture unevenly, as a straight line of `tiny` hardly does.
  private func job(to output: String, pace: MorphJob.Pace = .even, seeds: [UInt32] = [1, 2, 4]) -> MorphJob {
    var job = Renders.job(
      .morph(
        keyframes: seeds.map(Keyframe.seed),
        Timeline(transitionLengths: [20, 20], holds: [1, 0, 2], frameRate: .thirty)),
      to: output, .frames(.folder))
    (job.interpolation, job.pace) = (.cubic, pace)
    return job
  }

  private func options(_ share: ChunkShare = .all) -> RenderOptions {
    var options = Renders.options()
    (options.share, options.framesPerChunk) = (share, 15)
    return options
  }

  /// How much the picture changes from each frame to the next, but for holds.
  private func steps(in folder: String) throws -> [Double] {
    let frames = try names(in: folder).map { try readPicture("\(folder)/\($0)") }
    return zip(frames, frames.dropFirst()).map { $0.reconstructionLoss(to: $1).squareRoot() }.filter {
      $0 > 0
    }
  }

  @Test func `changes the picture by nearly the same amount in every step, with as many frames`() async throws
  {
    try await withTemporaryFolder { folder in
      let log = EventLog()
      let even = try await render(job(to: "\(folder)/even"), options: options(), reporting: log.note)
      let plain = try await render(job(to: "\(folder)/plain", pace: .time), options: options())
      #expect((even.frameCount, plain.frameCount) == (44, 44))
      let (after, before) = (try steps(in: "\(folder)/even"), try steps(in: "\(folder)/plain"))
      #expect((after.count, before.count) == (40, 40))
      #expect(PaceCurve.unevenness(of: before) > 0.1)
      #expect(PaceCurve.unevenness(of: after) < 0.04)

      let told = log.events.compactMap { if case .paced(let transitions) = $0 { transitions } else { nil } }
      let record = try #require(Renders.record(of: "\(folder)/even"))
      #expect(told == [record.pace])
      let transitions = try #require(record.pace)
      #expect(transitions.map(\.frames).reduce(0, +) == 40)
      #expect(transitions.allSatisfy { $0.unevennessAfter < $0.unevennessBefore / 2 })
      #expect(Renders.record(of: "\(folder)/plain")?.pace == nil)
    }
  }

  @Test func `shows every keyframe exactly`() async throws {
    try await withTemporaryFolder { folder in
      try await Renders.run(job(to: "\(folder)/even"))
      let frames = try names(in: "\(folder)/even").map { try readPicture("\(folder)/even/\($0)") }
      let tiny = try await TestModels.load("tiny")
      for (seed, count) in [(UInt32(1), 2), (2, 1), (4, 3)] {
        let keyframe = try await tiny.decode(Latent(seed: seed, dimension: 192))
        #expect(frames.count { $0 == keyframe } == count)
      }
    }
  }

  @Test func `is measured once, and is the same for every shard`() async throws {
    try await withTemporaryFolder { folder in
      let whole = job(to: "\(folder)/whole")
      _ = try await render(whole, options: options())
      let job = job(to: "\(folder)/x")
      let prepared = try PreparedJob(job, options: options(), shared: SharedReads())
      let path = prepared.work.path + "/pace.json"
      _ = try await render(job, options: options(.shard(Shard(1, of: 3), firstChunk: 0)))
      let plan = try contents(path)
      for number in 2...3 {
        _ = try await render(job, options: options(.shard(Shard(number, of: 3), firstChunk: 0)))
        #expect(try contents(path) == plan)
      }
      let joined = try await render(job, options: options(.none))
      #expect(joined.isComplete)
      #expect(try steps(in: "\(folder)/x") == steps(in: "\(folder)/whole"))
      #expect(try names(in: folder) == ["whole", "whole.json", "x", "x.json"])
    }
  }

  @Test func `that another process has measured counts, unless it is damaged`() async throws {
    try await withTemporaryFolder { folder in
      let job = job(to: "\(folder)/x")
      guard case .morph(_, let timeline) = job.content else { return }
      let tiny = try await TestModels.load("tiny")
      func measured(_ seeds: [UInt32]) async throws -> PacePlan {
        let latents = seeds.map { Latent(seed: $0, dimension: 192) }
        let path = LatentPath(through: latents, timeline: timeline, interpolation: .cubic)
        return try await PacePlan(measuring: path, limit: 2) { try await tiny.decode(path.latent(at: $0)) }
      }
      // Measured on another path, so that it can be told whose times they are.
      let (foreign, own) = (try await measured([8, 9, 8]), try await measured([1, 2, 4]))
      #expect(foreign.transitions != own.transitions)
      let fits = { (plan: PacePlan) in plan.fits(timeline) }
      let work = try PreparedJob(job, options: options(), shared: SharedReads()).work
      try work.open()
      #expect(try work.keep(foreign, fits: fits) == foreign)
      #expect(try work.keep(own, fits: fits) == foreign)
      #expect(work.measurement(fits) == foreign)
      try await Renders.run(job)
      #expect(Renders.record(of: job.output.path ?? "")?.pace == foreign.transitions)

      try work.open()
      try write(try foreign.json().dropLast(20), to: work.path + "/pace.json")
      #expect(work.measurement(fits) == nil)
      #expect(try work.keep(own, fits: fits) == own)
      #expect(try PacePlan(json: own.json()) == own)
      #expect(own.fits(timeline))
      #expect(!own.fits(Timeline(transitionLengths: [20, 21], frameRate: .thirty)))
    }
  }

  @Test func `is known to the plan of a job, which leaves nothing`() async throws {
    try await withTemporaryFolder { folder in
      let job = job(to: "\(folder)/x")
      let timed = try await paced(job, options: options())
      #expect(try names(in: folder).isEmpty)
      let fractions = (0..<timed.frameCount).map { timed.plannedFrame($0).fraction }
      #expect(fractions.count == 44 && fractions != (0..<44).map { job.plannedFrame($0).fraction })
      let plain = self.job(to: "\(folder)/x", pace: .time)
      #expect(try await paced(plain, options: options()) == plain)
    }
  }
}
