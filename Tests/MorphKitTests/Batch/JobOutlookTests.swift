internal import TestSupport
internal import Testing

@testable import MorphKit

struct `The outlook of a job` {
  private typealias Renders = TestRenders

  private func outlook(_ job: MorphJob, overwrites: Bool = false) throws -> JobOutlook {
    try MorphKit.outlook(of: job, options: Renders.options(overwrites: overwrites))
  }

  @Test func `is new, then up to date`() async throws {
    try await withTemporaryFolder { folder in
      let job = seedMorph(to: "\(folder)/x.mp4")
      #expect(try outlook(job).text == "new")
      #expect(try names(in: folder).isEmpty)
      try await Renders.run(job)
      #expect(try outlook(job).state == .upToDate)
      #expect(try outlook(job).identity == Renders.record(of: "\(folder)/x.mp4")?.identity)
    }
  }

  @Test func `names what changed`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x.png"
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/a.png")
      try write(npy(Latent(seed: 1, dimension: 192).values, shape: [192]), to: "\(folder)/z.npy")
      let photo = Keyframe.photo(.init(path: "\(folder)/a.png"))
      let latent = Keyframe.latent(file: "\(folder)/z.npy", row: nil)
      func job(
        _ keyframes: [Keyframe], frames: Int = 3, grid: MorphJob.GridSettings = .init()
      ) -> MorphJob {
        Renders.job(Renders.morph(keyframes, frames: frames), to: path, .grid(grid))
      }
      let first = job([photo, latent])
      try await Renders.run(first)
      #expect(
        try outlook(job([photo, latent], frames: 4)).text
          == "out of date: 'frames', 'seconds' or 'duration' changed")
      #expect(
        try outlook(job([photo, latent], grid: .init(columns: 2, gap: 3))).text
          == "out of date: 'columns' changed, 'gap' changed")
      #expect(try outlook(job([photo, .seed(1)])).text == "out of date: keyframe 2 changed")
      #expect(
        try outlook(
          Renders.job(Renders.morph([photo, latent, photo], frames: 3, 3), to: path, .grid(.init()))
        )
        .text == "out of date: the number of keyframes changed")
      var bigger = first
      bigger.size = .longerSide(64)
      #expect(try outlook(bigger).text == "out of date: 'size' changed")
      var other = first
      other.model = fixture("ir")
      #expect(try outlook(other).text == "out of date: the model changed")

      try writePNG(TestModels.blocks(seed: 2), to: "\(folder)/a.png")
      #expect(try outlook(first).text == "out of date: the photo \(folder)/a.png changed")
      #expect(
        try outlook(first).obstacle
          == MorphError(path, OutputProblem.earlierResult(["the photo \(folder)/a.png changed"])))
      #expect(try outlook(first, overwrites: true).obstacle == nil)
      try write(npy(Latent(seed: 2, dimension: 192).values, shape: [192]), to: "\(folder)/z.npy")
      #expect(
        try outlook(first).text
          == "out of date: the photo \(folder)/a.png changed, the file \(folder)/z.npy changed")
    }
  }

  @Test func `names what is missing`() async throws {
    try await withTemporaryFolder { folder in
      let job = seedMorph(to: "\(folder)/x.mp4")
      try await Renders.run(job)
      try remove("\(folder)/x.mp4")
      #expect(try outlook(job).text == "out of date: the result is missing")
      #expect(try outlook(job).obstacle == nil)
      try await Renders.run(job)
      try remove("\(folder)/x.mp4.json")
      #expect(try outlook(job).text == "out of date: its record is missing")
      #expect(
        try outlook(job).obstacle?.problem == .output(.earlierResult(["its record is missing"])))
      #expect(
        try outlook(seedMorph(to: job.output.path ?? "", frames: [5])).obstacle?.problem
          == .output(
            .earlierResult(["its record is missing", "'frames', 'seconds' or 'duration' changed"])))
      #expect(throws: MorphError.self) {
        try outlook(Renders.job(.reconstruct([.init(path: "/gone.png")]), to: "/x.png", .grid(.init())))
      }
    }
  }

  @Test func `changes nothing`() async throws {
    try await withTemporaryFolder { folder in
      let job = seedMorph(to: "\(folder)/sub/x.mp4")
      _ = try outlook(job)
      #expect(try names(in: folder).isEmpty)
    }
  }
}
