internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Identity of a job` {
  private func identity(_ job: MorphJob) throws -> String {
    let inputs = try JobInputs(reading: job, installation: testInstallation)
    let shape = try ResultShape(of: job, model: inputs.model.description)
    return try JobFacts(job, inputs: inputs, shape: shape).identity()
  }

  private func morph(
    _ lengths: [Int], to output: String = "/missing/x.mp4", _ format: MorphJob.Format = .video(.init())
  ) -> MorphJob {
    seedMorph(to: output, frames: lengths, format: format)
  }

  @Test func `changes with everything that decides the pixels or the file`() async throws {
    try await withTemporaryFolder { folder in
      for (number, name) in ["a.png", "b.png"].enumerated() {
        try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/\(name)")
        let values = Latent(seed: UInt32(number), dimension: 192).values
        try write(npy(values + values, shape: [2, 192]), to: "\(folder)/\(name).npy")
      }
      let edited = try copyOfFixture("tiny", in: folder)
      try write(try contents("\(edited)/model.yaml") + Array("# x\n".utf8), to: "\(edited)/model.yaml")

      var jobs = [
        morph([4]), morph([5]), morph([4, 4]), morph([4], .video(.init(frameRate: FrameRate(24, over: 1)))),
        morph([4], .video(.init(crf: 19))), morph([4], .video(.init(preset: "fast"))),
        morph([4], .grid(.init())), morph([4], .grid(.init(columns: 2))), morph([4], .grid(.init(gap: 3))),
        morph([4], .grid(.init(background: Color(red: 1, green: 0, blue: 0)))), morph([4], .frames(.folder)),
      ]
      for pattern in ["f_##.png", "f_###.png", "g_##.png"] {
        jobs.append(
          morph([4], to: "/missing/\(pattern)", .frames(.pattern(try #require(try FramePattern(pattern))))))
      }
      var other = morph([4])
      other.size = .automatic
      jobs.append(other)
      other.size = .longerSide(64)
      jobs.append(other)
      other = morph([4])
      other.model = edited
      jobs.append(other)
      other.model = fixture("two-decoders")
      jobs.append(other)
      other.decoder = .fast
      jobs.append(other)
      let photo = PhotoReference(path: "\(folder)/a.png")
      let keyframes: [Keyframe] = [
        .photo(photo), .photo(.init(path: "\(folder)/b.png")), .seed(0), .seed(2),
        .latent(file: "\(folder)/a.png.npy", row: 0), .latent(file: "\(folder)/a.png.npy", row: 1),
        .latent(file: "\(folder)/b.png.npy", row: 0),
      ]
      for keyframe in keyframes {
        jobs.append(
          TestRenders.job(
            TestRenders.morph([.seed(9), keyframe], frames: 4), to: "/missing/x.mp4", .video(.init())))
        jobs.append(
          TestRenders.job(
            TestRenders.morph([keyframe, .seed(9)], frames: 4), to: "/missing/x.mp4", .video(.init())))
      }
      for content in [
        MorphJob.Content.sample(SeedList([0...4])), .sample(SeedList([0...3, 5...5])), .reconstruct([photo]),
        .reconstruct([photo, photo]), .align([photo]),
      ] {
        jobs.append(TestRenders.job(content, to: "/missing/x.png", .grid(.init())))
      }
      let identities = try jobs.map(identity)
      #expect(Set(identities).count == jobs.count)
      #expect(identities.allSatisfy { $0.count == 64 })
      #expect(try jobs.map(identity) == identities)
    }
  }

  @Test func `does not change with places and names, nor with what is the default anyway`() async throws {
    let plain = try identity(morph([4]))
    #expect(try identity(morph([4], to: "/elsewhere/y.mp4")) == plain)
    try await withTemporaryFolder { folder in
      var job = morph([4])
      job.model = try copyOfFixture("tiny", in: folder)
      #expect(try identity(job) == plain)
    }
    #expect(
      try identity(morph([4], .grid(.init(columns: 5)))) == identity(morph([4], .grid(.init()))))
    var automatic = morph([4])
    automatic.size = .automatic
    var stated = morph([4])
    stated.size = .longerSide(512)
    #expect(try identity(automatic) == identity(stated))
    var exact = morph([4])
    exact.decoder = .exact
    #expect(try identity(exact) == plain)
    // Without photos there is nothing to align.
    var unaligned = morph([4])
    unaligned.alignsFaces = false
    #expect(try identity(unaligned) == plain)
  }

  @Test(
    .enabled(
      if: FaceFinder.files.allSatisfy { isThere("\(testInstallation.facesFolder)/\($0)") },
      "the face finder's files are missing: run Scripts/setup"))
  func `changes with the face, and with whether one is looked for`() async throws {
    try await withTemporaryFolder { folder in
      try write("a", to: "\(folder)/a.jpg")
      var identities: Set<String> = []
      for (face, aligns) in [(nil, true), (1, true), (2, true), (nil, false)] {
        var job = TestRenders.job(
          .align([.init(path: "\(folder)/a.jpg", face: face)]), to: "/missing/x.png", .grid(.init()),
          model: "tiny-aligned")
        job.alignsFaces = aligns
        identities.insert(try identity(job))
      }
      #expect(identities.count == 4)
    }
  }
}
