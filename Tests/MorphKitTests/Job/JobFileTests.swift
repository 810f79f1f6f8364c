internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Job file` {
  @Test func `every setting of a video is read`() throws {
    let job = try job(
      """
      # A comment.
      model: tiny
      morph:
        keyframes:
          - ada.jpg
          - ada.jpg#2
          - seed:42
          - z.npy:3
          - z.npy
          - {seed: 7}
          - {photo: "*.jpg", face: 3}
          - {latents: z.npy, row: 1}
          - {latents: z.npy}
        frames: [1, 2, 3, 4, 5, 6, 7, 8]
        fps: 30000/1001
        size: 256
        crf: 20
        preset: fast
        no_align: true
      output: out/x.mp4
      """)
    let photo = PhotoReference(path: "ada.jpg")
    #expect(
      job
        == MorphJob(
          content: .morph(
            keyframes: [
              .photo(photo), .photo(PhotoReference(path: "ada.jpg", face: 2)), .seed(42),
              .latent(file: "z.npy", row: 3), .latent(file: "z.npy", row: nil), .seed(7),
              .photo(PhotoReference(path: "*.jpg", face: 3)), .latent(file: "z.npy", row: 1),
              .latent(file: "z.npy", row: nil),
            ],
            Timeline(transitionLengths: Array(1...8), frameRate: FrameRate(30_000, over: 1001))),
          model: fixture("tiny"), alignsFaces: false, size: .longerSide(256),
          output: .init(
            path: "out/x.mp4",
            format: .video(
              .init(frameRate: FrameRate(30_000, over: 1001), crf: 20, preset: "fast")))))
  }

  @Test func `every setting of a grid is read`() throws {
    let job = try job(
      """
      sample:
        seeds: [1, 2, 5-10]
        columns: 4
        gap: 0
        background: "#FF8000"
        size: native
      model: tiny
      output: x.png
      """)
    #expect(job.content == .sample(SeedList([1...1, 2...2, 5...10])))
    #expect(
      job.output.format
        == .grid(.init(columns: 4, gap: 0, background: Color(red: 255, green: 128, blue: 0))))
    #expect(job.size == .native)
  }

  @Test func `defaults stand for what is left out`() throws {
    var job = try job("model: tiny\nmorph: {keyframes: [seed:1, seed:2, seed:3]}\noutput: x.mp4")
    var timeline = Timeline(transitionLengths: [60, 60], frameRate: .thirty)
    #expect(job.content == .morph(keyframes: [.seed(1), .seed(2), .seed(3)], timeline))
    #expect(job.alignsFaces)
    #expect(job.size == .automatic)
    #expect(job.output.format == .video(.init(frameRate: .thirty, crf: 18)))

    job = try self.job("model: tiny\nmorph: {keyframes: [seed:1, seed:2, seed:3]}\noutput: x.png")
    timeline = Timeline(transitionLengths: [8, 8], frameRate: .thirty)
    #expect(job.content == .morph(keyframes: [.seed(1), .seed(2), .seed(3)], timeline))
    #expect(job.size == .native)
    #expect(job.output.format == .grid(.init(columns: nil, gap: 2, background: .black)))

    job = try self.job("sample:\nmodel: tiny\noutput: faces/")
    #expect(job.content == .sample(SeedList([0...63])))
    #expect(job.output == .init(path: "faces", format: .frames(.folder)))
  }

  private func job(_ yaml: String) throws -> MorphJob { try MorphKitTests.job(yaml) }

  @Test func `photos are one name or a list`() throws {
    for text in ["ada.jpg", "[ada.jpg]", "\n    - ada.jpg"] {
      let job = try job("model: tiny\nreconstruct:\n  photos: \(text)\noutput: x.png")
      #expect(job.content == .reconstruct([PhotoReference(path: "ada.jpg")]))
    }
    let job = try job("model: tiny\nalign: {photos: [a.jpg, b.jpg#2]}\noutput: crops/")
    #expect(job.content == .align([PhotoReference(path: "a.jpg"), PhotoReference(path: "b.jpg", face: 2)]))
  }

  @Test(arguments: [
    "frames: 3", "frames: \"3, 3\"", "frames: [3, 3]", "seconds: 0.1", "seconds: [0.1, 1e-1]",
  ])
  func `timing is one value or one a transition`(text: String) throws {
    let job = try job(
      "model: tiny\nmorph: {keyframes: [seed:1, seed:2, seed:3], \(text)}\noutput: x.mp4")
    let timeline = Timeline(transitionLengths: [3, 3], frameRate: .thirty)
    #expect(job.content == .morph(keyframes: [.seed(1), .seed(2), .seed(3)], timeline))
  }

  @Test func `paths start from the folder of the file, unless they start at the root`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/jobs/job.yaml"
      try write(
        """
        model: ../model
        morph: {keyframes: [faces/ada.jpg, /tmp/grace.jpg, {photo: b.jpg}, z.npy:1, {latents: z.npy}]}
        output: ../Output/x.mp4
        """, to: path)
      let job = try MorphJob(contentsOf: path, installation: testInstallation)
      #expect(job.model == "\(folder)/model")
      #expect(job.output.path == "\(folder)/Output/x.mp4")
      #expect(
        job.keyframes == [
          .photo(.init(path: "\(folder)/jobs/faces/ada.jpg")), .photo(.init(path: "/tmp/grace.jpg")),
          .photo(.init(path: "\(folder)/jobs/b.jpg")), .latent(file: "\(folder)/jobs/z.npy", row: 1),
          .latent(file: "\(folder)/jobs/z.npy", row: nil),
        ])
    }
  }

  @Test func `a folder of that name wins over an installed model`() async throws {
    try await withTemporaryFolder { folder in
      try write("", to: "\(folder)/tiny/model.yaml")
      let text = "model: tiny\nsample:\noutput: x.png"
      #expect(try MorphKitTests.job(text, in: folder).model == "\(folder)/tiny")
      #expect(try MorphKitTests.job(text, in: folder + "/elsewhere").model == fixture("tiny"))
    }
  }

  @Test func `overrides replace what the file states`() throws {
    let text = "model: nowhere\nmorph: {keyframes: [seed:1, seed:2], fps: 24, frames: 3}\noutput: x.mp4"
    let job = try MorphKitTests.job(
      text, overrides: ["fps=60", "model=tiny", "output=y.png", "frames=5", "background=#000001"])
    #expect(
      job.content
        == .morph(
          keyframes: [.seed(1), .seed(2)],
          Timeline(transitionLengths: [5], frameRate: FrameRate(60, over: 1))))
    #expect(job.model == fixture("tiny"))
    #expect(
      job.output == .init(path: "y.png", format: .grid(.init(background: Color(red: 0, green: 0, blue: 1)))))
  }

  @Test(arguments: [
    ("framse=3", SettingProblem.unknownKey("framse", nearest: "frames")),
    ("fps=0", .value("0", allowed: rates)),
    ("fps", .value("fps", allowed: "KEY=VALUE, as in --set fps=60")),
    ("=3", .value("=3", allowed: "KEY=VALUE, as in --set fps=60")),
  ])
  func `an override that can't be is named as it was written`(text: String, problem: SettingProblem) {
    let error = #expect(throws: MorphError.self) {
      try MorphKitTests.job(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2]}\noutput: x.mp4", overrides: [text])
    }
    #expect(error?.subject == "--set \(text)")
    #expect(error?.problem == .setting(problem))
  }

  private static let rates = "a number over 0 and up to 1000, or a fraction like 30000/1001"
}
