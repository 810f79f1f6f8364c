internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Rendering in time` {
  private typealias Renders = TestRenders

  /// The pictures of a folder of frames, by name.
  private func pictures(in folder: String) throws -> [(name: String, image: Image)] {
    try names(in: folder).filter { $0.hasSuffix(".png") }.map { ($0, try readPicture("\(folder)/\($0)")) }
  }

  private func job(
    _ keyframes: [Keyframe], _ timeline: Timeline, to output: String, interpolation: Interpolation = .linear,
    pace: MorphJob.Pace = .time, model: String = "tiny"
  ) -> MorphJob {
    var job = Renders.job(.morph(keyframes: keyframes, timeline), to: output, .frames(.folder), model: model)
    (job.interpolation, job.pace) = (interpolation, pace)
    return job
  }

  @Test func `a loop closes without a repeated picture, and a way back shows the same pictures`() async throws
  {
    try await withTemporaryFolder { folder in
      let keyframes = [Keyframe.seed(1), .seed(2), .seed(3)]
      let loop = Timeline(transitionLengths: [3, 2, 2], course: .loop, frameRate: .thirty)
      try await Renders.run(job(keyframes, loop, to: "\(folder)/loop"))
      let around = try pictures(in: "\(folder)/loop").map(\.image)
      #expect(around.count == 7)
      #expect(around.indices.allSatisfy { around[$0] != around[($0 + 1) % 7] })

      let back = Timeline(
        transitionLengths: [3, 2], eases: [.quadIn, .sineOut], course: .pingpong, frameRate: .thirty)
      try await Renders.run(job(keyframes, back, to: "\(folder)/back"))
      let both = try pictures(in: "\(folder)/back").map(\.image)
      #expect(both.count == 10)
      #expect((1..<10).allSatisfy { both[$0] == both[10 - $0] })
      #expect(both.indices.allSatisfy { both[$0] != both[($0 + 1) % 10] })
    }
  }

  @Test(arguments: Interpolation.allCases)
  func `a spatial latent goes every way as a flat one does`(interpolation: Interpolation) async throws {
    let timeline = Timeline(transitionLengths: [4, 4], frameRate: .thirty)
    try await withTemporaryFolder { folder in
      let values = Latent(seed: 5, dimension: 576).values
      try write(npy(values, shape: [3, 192]), to: "\(folder)/flat.npy")
      try write(npy(values, shape: [3, 3, 8, 8]), to: "\(folder)/spatial.npy")
      var results: [[Image]] = []
      for (file, model) in [("flat", "tiny"), ("spatial", "spatial-scaled")] {
        let keyframes = (0..<3).map { Keyframe.latent(file: "\(folder)/\(file).npy", row: $0) }
        try await Renders.run(
          job(keyframes, timeline, to: "\(folder)/\(file)", interpolation: interpolation, model: model))
        results.append(try pictures(in: "\(folder)/\(file)").map(\.image))
      }
      #expect(results[0].count == 9 && results[1].count == 9)
      for (first, second) in zip(results[0], results[1]) {
        #expect(first.largestDifference(from: second) <= 1)
      }
    }
  }

  @Test func `stills are the points of the line, with a table of them`() async throws {
    try await withTemporaryFolder { folder in
      let stills = Timeline(stillsAt: try StillPositions(parsing: "-0.5:1.5:0.5"), transitionCount: 1)
      let output = "\(folder)/stills"
      let job = job([.seed(1), .seed(2)], stills, to: output)
      try await Renders.run(job)
      let found = try pictures(in: output)
      #expect(
        found.map(\.name)
          == ["percent_-050.png", "percent_000.png", "percent_050.png", "percent_100.png", "percent_150.png"])
      let tiny = try await TestModels.load("tiny")
      let ends = [1, 2].map { Latent(seed: $0, dimension: 192) }
      for (picture, fraction) in zip(found, [-0.5, 0, 0.5, 1, 1.5]) {
        #expect(picture.image == (try await tiny.decode(.between(ends[0], ends[1], fraction: fraction))))
      }
      #expect(try contents("\(output)/positions.csv") == Array(stills.stills?.table.utf8 ?? "".utf8))
      #expect(try verify(output).isEmpty)
      #expect(try await !Renders.run(job).isNew)
      try expectSame(MorphJob(recordOf: output, options: Renders.options()), job)
      // What is damaged is made again, and the table counts as part of it.
      try write("file\n", to: "\(output)/positions.csv")
      #expect(try !verify(output).isEmpty)
      try await Renders.run(job, overwrites: true)
      #expect(try verify(output).isEmpty)
    }
  }

  /// Expects two jobs to have the same time and the same way.
  private func expectSame(
    _ first: MorphJob, _ second: MorphJob, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .morph(_, let timeline) = first.content, case .morph(_, let other) = second.content else {
      return #expect(Bool(false), sourceLocation: sourceLocation)
    }
    #expect(timeline == other, sourceLocation: sourceLocation)
    #expect(first.interpolation == second.interpolation, sourceLocation: sourceLocation)
    #expect(first.pace == second.pace, sourceLocation: sourceLocation)
  }

  @Test func `a record has all that its job is made again from`() async throws {
    try await withTemporaryFolder { folder in
      var random = SeededRandom(seed: 11)
      for number in 0..<12 {
        let timeline = RandomTimeline(using: &random, isOnward: false).timeline
        let photo = PhotoReference(path: "\(folder)/a.png")
        try writePNG(TestModels.blocks(seed: 1), to: photo.path)
        var keyframes = (0..<timeline.keyframeCount).map { Keyframe.seed(UInt32($0)) }
        keyframes[0] = .photo(photo)
        var job = job(
          keyframes, timeline, to: "\(folder)/\(number)",
          interpolation: Interpolation.allCases.randomElement(using: &random) ?? .linear)
        if number % 3 == 0 { job.pace = .even }
        if job.pace == .even, case .morph = job.content {
          job.content = .morph(
            keyframes: keyframes,
            Timeline(
              transitionLengths: timeline.transitionLengths, holds: timeline.holds, course: timeline.course,
              frameRate: .thirty))
        }
        // Tiny has no crop, so no face is looked for.
        job.alignsFaces = false
        try await Renders.run(job)
        try expectSame(MorphJob(recordOf: "\(folder)/\(number)", options: Renders.options()), job)
        #expect(try outlook(of: job, options: Renders.options()).state == .upToDate)
      }
    }
  }
}
