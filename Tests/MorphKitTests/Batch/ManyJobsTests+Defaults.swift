internal import TestSupport
internal import Testing

@testable import MorphKit

/// What `defaults` and `--set` do.
extension `A file of many jobs` {
  @Test(arguments: [
    ("frames: 3", "seconds: 1"), ("frames: 3", "duration: 1"), ("seconds: 1", "duration: 1"),
    ("duration: 1", "at: [0, 1]"), ("loop: true", "pingpong: true"), ("pingpong: true", "loop: true"),
    ("loop: true", "hold: 1"), ("ease: quad-in", "pace: even"),
    ("pace: even", "ease: quad-in"), ("at: 0.5", "{seconds: 1, hold: 1, ease: quad-in, fps: 10, loop: true}"),
    ("fps: 10", "at: 0.5"), ("frames: 3", "frames: 4"),
  ])
  func `lets a setting replace the defaults that it excludes`(own: String, usual: String) throws {
    func job(_ defaults: String) throws -> MorphJob {
      let output = own.hasPrefix("at") ? "x/" : "x.mp4"
      return try file(
        """
        defaults: {model: tiny, morph: \(defaults)}
        jobs:
          - {morph: {keyframes: [a.jpg, seed:2], \(own)}, output: \(output)}
        """
      ).jobs[0].job
    }
    #expect(try job(usual.hasPrefix("{") ? usual : "{\(usual)}") == job("{}"))
  }

  @Test func `keeps defaults that can stand beside what a job states`() throws {
    let jobs = try file(
      """
      defaults: {model: tiny, morph: {seconds: 1, pingpong: true, hold: "1,0,1", ease: quad-in, fps: 10}}
      jobs:
        - {morph: {keyframes: [seed:1, seed:2, seed:3], loop: false, pace: time}, output: x.mp4}
        - {morph: {keyframes: [seed:1, seed:2, seed:3], loop: true}, output: y.mp4}
      """
    ).jobs
    let timelines = jobs.map { job -> Timeline? in
      if case .morph(_, let timeline) = job.job.content { timeline } else { nil }
    }
    #expect(timelines.map { $0?.course } == [.pingpong, .loop])
    #expect(timelines.map { $0?.holds } == [[10, 0, 10], [10, 0, 10]])
    #expect(timelines.allSatisfy { $0?.eases.first == .quadIn })
  }

  @Test func `passes over defaults that do nothing for a result`() throws {
    let jobs = try file(
      """
      defaults:
        model: tiny
        morph: {crf: 30, preset: fast, columns: 2, gap: 3, background: white, latent: sample, noise_seed: 3,
          temperature: 0.5, prior: z.npy, rng: torch, frames: 3, at: 0.5}
        sample: {fps: 10, crf: 30, gap: 3}
        average: {size: 64, gap: 3}
      jobs:
        - {morph: {keyframes: [z.npy:1, z.npy:2]}, output: a.mp4}
        - {morph: {keyframes: [seed:1, b.jpg], at: 0}, output: a.png}
        - {sample: , output: b.png}
        - {sample: , output: b.mp4}
        - {average: {photos: [a.jpg, b.jpg]}, output: c.npy}
      """
    ).jobs.map(\.job)
    let white = try #require(Color("white"))
    #expect(jobs[0].output.format == .video(.init(crf: 30, preset: "fast")))
    #expect(jobs[0].latent == .mean && jobs[0].random == .init())
    #expect(jobs[1].output.format == .grid(.init(columns: 2, gap: 3, background: white)))
    #expect(jobs[1].latent == .sample(noiseSeed: 3))
    #expect(jobs[1].random.temperature == 0.5 && jobs[1].random.source == .torch)
    #expect(jobs[2].output.format == .grid(.init(gap: 3)))
    #expect(jobs[3].output.format == .video(.init(frameRate: FrameRate(10, over: 1), crf: 30)))
    #expect(jobs[4].output.format == .latents(.npy))
    let error = #expect(throws: MorphError.self) {
      try file("defaults: {model: tiny}\njobs:\n  - {sample: {crf: 30}, output: b.png}")
    }
    #expect(
      error == MorphError("jobs.yaml: line 3", .notForThisOutput("a video setting", output: "a PNG grid")))
  }

  @Test func `takes overrides where they do something`() throws {
    let yaml = """
      defaults: {model: tiny}
      jobs:
        - {morph: {keyframes: [seed:1, seed:2], seconds: 1}, output: a.mp4}
        - {sample: , output: b.png}
        - {encode: {photos: a.jpg}, output: c.npy}
      """
    let file = try file(yaml, overrides: ["crf=30", "gap=5", "frames=3"])
    try JobFile.refuseIdleOverrides([file])
    #expect(file.jobs[0].job == (try self.file(yaml, overrides: ["crf=30", "frames=3"]).jobs[0].job))
    #expect(file.jobs[0].job.output.format == .video(.init(crf: 30)))
    #expect(file.jobs[0].job.pictureCount == 4)
    #expect(file.jobs[1].job.output.format == .grid(.init(gap: 5)))
    for (override, problem) in [
      ("framse=3", SettingProblem.unknownKey("framse", nearest: "frames")),
      ("margin=2", .unknownKey("margin", nearest: "gap")), ("dissolve=1", .retiredKey("dissolve")),
      ("latent=sample", .needsOther("a photo")),
    ] {
      let file = try self.file(yaml, overrides: [override])
      let error = #expect(throws: MorphError.self) { try JobFile.refuseIdleOverrides([file]) }
      #expect(error?.subject == "--set \(override)")
      if !override.hasPrefix("margin") { #expect(error?.problem == .setting(problem)) }
      // Another file may know it.
      let other = try self.file(
        "model: tiny\nalign: {photos: a.jpg}\noutput: x/", overrides: [override])
      if override.hasPrefix("margin") { try JobFile.refuseIdleOverrides([file, other]) }
    }
  }

  @Test func `takes the command from the defaults when a job states none`() throws {
    let file = try file(
      """
      defaults: {model: tiny, sample: {seeds: 5}, output: x.png}
      jobs:
        - output: y.png
        - sample: {seeds: 6}
      """)
    #expect(file.jobs.map(seeds) == ["5", "6"])
    #expect(file.jobs.map(\.job.output.path) == ["y.png", "x.png"])
  }
}
