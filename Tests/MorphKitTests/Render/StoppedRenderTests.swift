internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A run that is stopped` {
  private typealias Renders = TestRenders

  @Test(arguments: ["x.mp4", "x.png", "x"])
  func `by cancellation leaves nothing`(output: String) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/\(output)"
      let format: MorphJob.Format =
        output == "x.mp4" ? .video(.init()) : output == "x" ? .frames(.folder) : .grid(.init(columns: 10))
      let job = Renders.job(.sample(SeedList([0...100_000])), to: path, format)
      let log = EventLog()
      let task = Task {
        try await render(job, options: Renders.options(threads: 2)) { event in
          log.note(event)
          if case .progressed(let progress) = event, progress.framesWritten == 25 {
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      let left = try names(in: folder)
      #expect(left.isEmpty)
      // Cancelled at its 25th frame, it wrote no other.
      #expect(log.events.count == 1 + 25)
    }
  }

  @Test func `by cancellation from outside leaves nothing`() async throws {
    try await withTemporaryFolder { folder in
      let job = Renders.job(.sample(SeedList([0...100_000])), to: "\(folder)/x.mp4", .video(.init()))
      let log = EventLog()
      let task = Task { try await render(job, options: Renders.options()) { log.note($0) } }
      while log.events.count < 10 { await Task.yield() }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `before it began does nothing`() async throws {
    try await withTemporaryFolder { folder in
      let job = Renders.job(.sample(SeedList([0...100_000])), to: "\(folder)/x.mp4", .video(.init()))
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await render(job, options: Renders.options())
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      let left = try names(in: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `by a model that is not as it says leaves nothing`() async throws {
    try await withTemporaryFolder { folder in
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/a.png")
      let photo = Keyframe.photo(.init(path: "\(folder)/a.png"))
      let content = Renders.morph([photo, .seed(1)], frames: 3)
      let cases: [(String, ModelProblem)] = [
        ("random-encoder", .randomEncoder),
        (
          "mismatch",
          .shape(
            tensor: "mean", file: "encoder.onnx", found: "[1, 48]", expected: "[1, 192]", setting: "'latent'")
        ),
        ("no-encoder", .noEncoder), ("prior-none", .noPrior),
      ]
      for (model, problem) in cases {
        let job = Renders.job(content, to: "\(folder)/x.mp4", .video(.init()), model: model)
        let error = await #expect(throws: MorphError.self) { try await Renders.run(job) }
        #expect(error == MorphError(fixture(model), problem))
        #expect(try names(in: folder) == ["a.png"])
      }
    }
  }

  @Test func `by a failed check leaves nothing`() async throws {
    try await withTemporaryFolder { folder in
      let model = try copyOfFixture("checked", in: folder)
      let yaml = String(decoding: try contents("\(model)/model.yaml"), as: UTF8.self)
      try write(yaml.replacing("psnr: 38.86", with: "psnr: 30"), to: "\(model)/model.yaml")
      var job = Renders.job(.sample(SeedList([1...3])), to: "\(folder)/x.png", .grid(.init()))
      job.model = model
      let error = await #expect(throws: MorphError.self) { try await Renders.run(job) }
      guard case .model(.checkFailed(30, _)) = error?.problem else {
        Issue.record("\(error?.description ?? "no error")")
        return
      }
      #expect(try names(in: folder) == ["checked"])
    }
  }

  @Test func `by a photo that can't be read leaves nothing`() async throws {
    try await withTemporaryFolder { folder in
      try write("no picture", to: "\(folder)/a.png")
      let photo = PhotoReference(path: "\(folder)/a.png")
      for (content, format) in [
        (MorphJob.Content.align([photo]), MorphJob.Format.frames(.folder)),
        (.reconstruct([photo]), .grid(.init())),
        (Renders.morph([.seed(1), .photo(photo)], frames: 3), .video(.init())),
      ] {
        let error = await #expect(throws: MorphError.self) {
          try await Renders.run(Renders.job(content, to: "\(folder)/x", format))
        }
        #expect(error == MorphError(photo.path, PhotoProblem.notAPicture))
        #expect(try names(in: folder) == ["a.png"])
      }
    }
  }

  @Test func `by a place that can't be written to says so`() async throws {
    try await withTemporaryFolder { folder in
      try write("", to: "\(folder)/file")
      for path in ["\(folder)/file/x.mp4", "/proc/x.mp4"] {
        let error = await #expect(throws: MorphError.self) {
          try await Renders.run(
            Renders.job(Renders.morph([.seed(1), .seed(2)], frames: 3), to: path, .video(.init())))
        }
        #expect(error?.subject == path)
        guard case .output(.cannotWrite) = error?.problem else {
          Issue.record("\(error?.description ?? "no error")")
          return
        }
      }
    }
  }

  @Test func `and run again with other settings is refused, until it may overwrite`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x"
      try await Renders.run(
        Renders.job(Renders.morph([.seed(1), .seed(2)], frames: 5), to: path, .frames(.folder)))
      let shorter = Renders.job(Renders.morph([.seed(1), .seed(2)], frames: 2), to: path, .frames(.folder))
      let error = await #expect(throws: MorphError.self) { try await Renders.run(shorter) }
      #expect(
        error
          == MorphError(
            path, OutputProblem.earlierResult(["'frames', 'seconds' or 'duration' changed"])))
      #expect(try await Renders.run(shorter, overwrites: true).isNew)
      #expect(try names(in: path).count == 3)
      #expect(try names(in: folder) == ["x", "x.json"])
    }
  }
}
