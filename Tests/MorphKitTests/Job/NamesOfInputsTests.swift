internal import TestSupport
internal import Testing

@testable import MorphKit

/// é in one letter, and in two: equal to Swift, and two names to the file system.
private let (composed, decomposed) = ("\u{E9}", "e\u{301}")

struct `Names that look alike` {
  private func morph(_ keyframes: [Keyframe], course: Timeline.Course = .open) -> MorphJob {
    let count = keyframes.count - (course == .loop ? 0 : 1)
    return MorphJob(
      content: .morph(
        keyframes: keyframes,
        Timeline(transitionLengths: Array(repeating: 1, count: count), course: course, frameRate: .thirty)),
      model: fixture("tiny"), alignsFaces: false, size: .native,
      output: .init(path: "/missing/x.png", format: .grid(.init())))
  }

  private func inputs(_ job: MorphJob) throws(MorphError) -> JobInputs {
    try JobInputs(reading: job, installation: testInstallation)
  }

  @Test func `are two photos and two files of latents`() async throws {
    try await withTemporaryFolder { folder in
      var keyframes: [Keyframe] = []
      for (name, value) in [(composed, Float(1)), (decomposed, 2)] {
        try write(name, to: "\(folder)/\(name).jpg")
        try write(npy(Array(repeating: value, count: 192), shape: [192]), to: "\(folder)/\(name).npy")
        keyframes.append(.photo(PhotoReference(path: "\(folder)/\(name).jpg")))
        keyframes.append(.latent(file: "\(folder)/\(name).npy", row: nil))
      }
      let inputs = try inputs(morph(keyframes))
      #expect(inputs.photos.count == 2)
      #expect(Set(inputs.photos.map(\.sha256)).count == 2)
      #expect(inputs.latent(file: "\(folder)/\(decomposed).npy", row: nil).values.first == 2)
      #expect(inputs.indices(of: morph(keyframes)) == [0, 2, 1, 3])
    }
  }

  @Test func `are both found by a pattern, and by a list of them`() async throws {
    try await withTemporaryFolder { folder in
      for name in [composed, decomposed] { try write(name, to: "\(folder)/\(name).jpg") }
      let found = try FilePattern("*.jpg").files(from: folder)
      #expect(found.map { Array($0.utf8).count } == [7, 6])
      let file = try JobFile(
        yaml: Array(
          """
          jobs:
            - for: {photo: ["*.jpg", "\(composed).jpg"]}
              model: tiny
              reconstruct: {photos: "{photo}"}
              output: "{name}.png"
          """.utf8), name: "j.yaml", folder: folder, installation: testInstallation)
      #expect(file.jobs.count == 2)
      try JobFile.refuseSharedOutputs(file.jobs)
    }
  }

  @Test func `are two folders on the way from one to the other`() {
    #expect(
      relativePath("/\(composed)/a.jpg", from: "/\(decomposed)").utf8.elementsEqual(
        "../\(composed)/a.jpg".utf8))
  }

  @Test func `do not end a loop, and another spelling of the first keyframe does`() async throws {
    try await withTemporaryFolder { folder in
      for name in [composed, decomposed] { try write(name, to: "\(folder)/\(name).jpg") }
      try write(npy(Array(repeating: 1, count: 192), shape: [192]), to: "\(folder)/z.npy")
      func photo(_ name: String) -> Keyframe { .photo(PhotoReference(path: "\(folder)/\(name).jpg")) }
      let row = Keyframe.latent(file: "\(folder)/z.npy", row: nil)
      let sum = Keyframe.sum([KeyframeTerm(1, photo(composed)), KeyframeTerm(2, row)])
      _ = try inputs(morph([photo(composed), .seed(1), photo(decomposed)], course: .loop))
      let repeats: [(Keyframe, Keyframe)] = [
        (photo(composed), photo("../\(fileName(folder))/\(composed)")), (.seed(3), .seed(3)),
        (row, .latent(file: "\(folder)/./z.npy", row: 0)),
        (sum, .sum([KeyframeTerm(1, photo("./\(composed)")), KeyframeTerm(2, row)])),
      ]
      for (first, last) in repeats {
        let error = #expect(throws: MorphError.self) {
          try inputs(morph([first, .seed(1), last], course: .loop))
        }
        #expect(error == MorphError("loop", SettingProblem.loopRepeatsFirst))
        _ = try inputs(morph([first, .seed(1), last]))
      }
    }
  }

  @Test func `the name of an array stands with files that have names`() {
    let error = #expect(throws: MorphError.self) {
      try job(
        "morph:\n  keyframes: [seed:1, {latents: z.npy, row: 0, name: nosuch}]\nmodel: tiny\noutput: x.mp4")
    }
    #expect(error?.subject == "job.yaml: line 2")
    #expect(
      error?.description
        == "job.yaml: line 2: 'name' must be left out for a .npy file, which holds one array without a name.")
  }

  @Test func `arrays that are too much together are refused`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["y", "z"] {
        try write(npy(Array(repeating: 1, count: 192), shape: [192]), to: "\(folder)/\(name).npy")
      }
      let job = morph(["y", "z"].map { .latent(file: "\(folder)/\($0).npy", row: nil) })
      _ = try JobInputs(reading: job, installation: testInstallation, latentByteLimit: 2 * 192 * 4)
      let error = #expect(throws: MorphError.self) {
        try JobInputs(reading: job, installation: testInstallation, latentByteLimit: 2 * 192 * 4 - 1)
      }
      #expect(error == MorphError("\(folder)/z.npy", LatentFileProblem.tooMuchTogether))
    }
  }
}

struct `What decides latents` {
  @Test(arguments: [
    ("range: [0, 1]", "range: [-1, 1]"), ("channels: rgb", "channels: bgr"), ("layout: nchw", "layout: nhwc"),
    ("width: 32", "width: 64"), ("scale: 1,", "scale: 2,"), ("as: log_variance", "as: sigma"),
    ("mean: mean", "mean: log_variance"), ("input: image\n  mean", "mean"),
    (
      "crop: none",
      "crop: {left_eye: [0.3, 0.4], right_eye: [0.7, 0.4], mouth: [0.5, 0.8]}"
    ),
  ])
  func `is all that an encoder is told of pictures`(text: String, other: String) async throws {
    try await withTemporaryFolder { folder in
      let copy = try copyOfFixture("tiny", in: folder)
      let usual = try ModelFolder(at: copy).latentIdentity
      #expect(try ModelFolder(at: fixture("tiny")).latentIdentity == usual)
      let yaml = String(decoding: try contents("\(copy)/model.yaml"), as: UTF8.self)
      try write(yaml.replacing("name: tiny", with: "name: other"), to: "\(copy)/model.yaml")
      #expect(try ModelFolder(at: copy).latentIdentity == usual)
      #expect(yaml.contains(text))
      try write(yaml.replacing(text, with: other), to: "\(copy)/model.yaml")
      #expect(try ModelFolder(at: copy).latentIdentity != usual)
    }
  }
}

struct `Comment of a file of a stranger's latents` {
  @Test func `tells no names of arrays`() async throws {
    try await withTemporaryFolder { folder in
      let file = fixture("latents/stored.npz")
      let named = Keyframe.latent(file: file, name: "a", row: 1)
      var job = seedMorph(to: "\(folder)/x.mp4")
      job.content = .morph(
        keyframes: [named, .sum([KeyframeTerm(1, named), KeyframeTerm(2, .seed(1))])],
        Timeline(transitionLengths: [1], frameRate: .thirty))
      job.random.prior = .init(file: file, name: "a")
      let prepared = try PreparedJob(job, options: TestRenders.options(), shared: SharedReads())
      #expect(prepared.facts.priorName == "a")
      #expect(try prepared.facts.json().contains(#""name":"a""#))
      let comment = try prepared.facts.comment(identity: prepared.identity)
      #expect(!comment.contains("\"a\""))
    }
  }
}
