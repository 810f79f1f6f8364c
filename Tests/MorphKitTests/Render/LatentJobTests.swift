internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Jobs of latents` {
  /// Photos `0.png`, `1.png`, … of random blocks.
  private func writePhotos(_ count: Int, to folder: String, from first: Int = 0) throws {
    try makeFolder(folder)
    for number in first..<(first + count) {
      try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/\(number).png")
    }
  }

  @discardableResult
  private func render(_ yaml: String, in folder: String, model: String = "tiny") async throws -> RenderResult
  {
    try await TestRenders.run(job("model: \(model)\n\(yaml)", in: folder))
  }

  private func picture(_ path: String) throws -> Image { Image(try PhotoFile(at: path).picture()) }

  @Test func `encoded faces are the means and spreads of the photos, and decode to their reconstructions`()
    async throws
  {
    try await withTemporaryFolder { folder in
      try writePhotos(2, to: folder)
      try await render("encode: {photos: [0.png, 1.png]}\noutput: f.safetensors", in: folder)
      let model = try await TestModels.load("tiny")
      let means = try LatentFile(at: "\(folder)/f.safetensors")
      let spreads = try LatentFile(at: "\(folder)/f.safetensors", name: "sigma")
      #expect(means.origin == .init(model: "tiny", identity: model.folder.latentIdentity))
      for row in 0...1 {
        let posterior = try await model.encode(TestModels.blocks(seed: UInt64(row)))
        #expect(try means.latent(atRow: row, shape: [192]) == posterior.mean)
        #expect(try spreads.latent(atRow: row, shape: [192]).values == posterior.deviations)
      }
      try await render("decode: {latents: f.safetensors}\noutput: frames/", in: folder)
      try await render(
        "morph: {keyframes: [0.png, 1.png], frames: 1}\noutput: morph/", in: folder)
      for name in ["frame_000000.png", "frame_000001.png"] {
        #expect(try picture("\(folder)/frames/\(name)") == picture("\(folder)/morph/\(name)"))
      }
    }
  }

  @Test func `a path of rows is decoded row by row, some of them too`() async throws {
    try await withTemporaryFolder { folder in
      let rows = (0..<5).flatMap { Latent(seed: $0, dimension: 192).values }
      try write(npy(rows, shape: [5, 192]), to: "\(folder)/z.npy")
      let video = try await render("decode: {latents: z.npy, fps: 5}\noutput: z.mp4", in: folder)
      #expect(video.frameCount == 5)
      #expect(TestRenders.record(of: "\(folder)/z.mp4")?.result.seconds == 1)
      try await render("decode: {latents: [\"z.npy:1-3\", \"z.npy:0\"]}\noutput: some/", in: folder)
      try await render("sample: {seeds: \"1-3,0\"}\noutput: f_##.png", in: folder)
      for number in 0...3 {
        #expect(
          try picture("\(folder)/some/frame_00000\(number).png") == picture("\(folder)/f_0\(number).png"))
      }
    }
  }

  @Test func `an average is the picture or the latent of the mean`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(3, to: "\(folder)/all")
      try await render("average: {photos: all/}\noutput: m.npy", in: folder)
      try await render("average: {photos: [all/0.png, all/1.png, all/2.png]}\noutput: m.png", in: folder)
      let model = try await TestModels.load("tiny")
      var latents: [Latent] = []
      for seed in 0..<3 { latents.append(try await model.encode(TestModels.blocks(seed: UInt64(seed))).mean) }
      let mean = try LatentFile(at: "\(folder)/m.npy").latent(atRow: nil, shape: [192])
      #expect(mean.values == LatentDirection.mean(latents).map(Float.init))
      #expect(try await picture("\(folder)/m.png") == model.decode(mean))
    }
  }

  @Test(arguments: ["mean", "linear"])
  func `a direction leads from some faces to others`(method: String) async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(5, to: "\(folder)/with")
      try writePhotos(5, to: "\(folder)/without", from: 10)
      let yaml = "direction: {with: with/, without: without, method: \(method)}\noutput: d.safetensors"
      let result = try await render(yaml, in: folder)
      #expect(result.isNew)
      #expect(try await !render(yaml, in: folder).isNew)
      #expect(
        TestRenders.record(of: "\(folder)/d.safetensors")?.heldOut?.count == (method == "linear" ? 2 : nil))
      #expect(try verify("\(folder)/d.safetensors").isEmpty)
      let first = try await render(
        "morph: {keyframes: [\"with/0.png\", \"with/0.png - d.safetensors\"], frames: 1}\noutput: m.png",
        in: folder)
      #expect(first.frameCount == 2)
    }
  }

  @Test func `a file of another model's latents is refused by name`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(1, to: folder)
      try await render("encode: {photos: 0.png}\noutput: f.safetensors", in: folder)
      for yaml in [
        "decode: {latents: f.safetensors}\noutput: x.png",
        "morph: {keyframes: [f.safetensors, seed:1]}\noutput: x.mp4",
        "sample: {prior: f.safetensors}\noutput: x.png",
      ] {
        let error = await #expect(throws: MorphError.self) {
          try await render(yaml, in: folder, model: "autoencoder")
        }
        #expect(
          error
            == MorphError(
              "\(folder)/f.safetensors", LatentFileProblem.otherModel("tiny", needed: "autoencoder")))
      }
      // What decides no latent may change, and what does may not.
      let edited = try copyOfFixture("tiny", in: folder)
      let text = String(decoding: try contents("\(edited)/model.yaml"), as: UTF8.self)
      try write(text + "# x\n", to: "\(edited)/model.yaml")
      try await render("decode: {latents: f.safetensors}\noutput: x.png", in: folder, model: edited)
      try write(text.replacing("scale: 1", with: "scale: 2"), to: "\(edited)/model.yaml")
      let error = await #expect(throws: MorphError.self) {
        try await render("decode: {latents: f.safetensors}\noutput: y.png", in: folder, model: edited)
      }
      #expect(error?.problem == .latents(.otherVersion("tiny")))
    }
  }

  @Test func `samples are μ + σ ε, each with noise of its own`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(1, to: folder)
      try await render(
        "morph: {keyframes: [0.png, 0.png], frames: 1, latent: sample, noise_seed: 7}\noutput: m/", in: folder
      )
      try await render(
        "reconstruct: {photos: [0.png, 0.png], latent: sample, noise_seed: 7}\noutput: r.png", in: folder)
      let model = try await TestModels.load("tiny")
      let posterior = try await model.encode(TestModels.blocks(seed: 0))
      let sheet = try picture("\(folder)/r.png")
      for (number, seed) in [UInt32(7), 8].enumerated() {
        let expected = try await model.decode(posterior.sample(Latent(seed: seed, dimension: 192)))
        #expect(try picture("\(folder)/m/frame_00000\(number).png") == expected)
        #expect(TestRenders.cell(number, 1, of: sheet) == expected)
      }
      let error = await #expect(throws: MorphError.self) {
        try await render(
          "reconstruct: {photos: 0.png, latent: sample}\noutput: x.png", in: folder, model: "autoencoder")
      }
      #expect(error?.problem == .model(.noSpread))
    }
  }

  @Test func `everything that decides them is in the identity, and what decides nothing is not`() async throws
  {
    try await withTemporaryFolder { folder in
      try writePhotos(2, to: folder)
      for name in ["z.npy", "w.npy"] {
        try write(
          npy(
            Latent(seed: UInt32(name.count + (name == "z.npy" ? 1 : 0)), dimension: 384).values,
            shape: [2, 192]),
          to: "\(folder)/\(name)")
      }
      func identity(_ yaml: String) throws -> String {
        let stated = try job(
          "model: tiny\n\(yaml)\noutput: x\(yaml.contains("direction") || yaml.contains("encode") ? ".npy" : ".png")",
          in: folder)
        return try PreparedJob(stated, options: TestRenders.options(), shared: SharedReads()).identity
      }
      let morph = { (rest: String) in "morph: {keyframes: [0.png, seed:1]\(rest)}" }
      let different = [
        morph(""), morph(", latent: sample"), morph(", latent: sample, noise_seed: 1"),
        morph(", latent: sample, rng: torch"), morph(", temperature: 0.5"), morph(", rng: torch"),
        morph(", prior: z.npy"), morph(", prior: w.npy"), "morph: {keyframes: [\"0.png + z.npy:0\", seed:1]}",
        "morph: {keyframes: [\"0.png + 2 * z.npy:0\", seed:1]}",
        "morph: {keyframes: [\"0.png + z.npy:1\", seed:1]}", "decode: {latents: z.npy}",
        "decode: {latents: \"z.npy:0\"}", "decode: {latents: w.npy}", "encode: {photos: 0.png}",
        "encode: {photos: 1.png}", "average: {photos: [0.png, 1.png]}", "average: {photos: 0.png}",
        "direction: {with: 0.png, without: 1.png}", "direction: {with: [0.png, 1.png], without: 1.png}",
        "direction: {with: 0.png, without: [1.png, 1.png]}",
        "direction: {with: z.npy, without: w.npy, method: linear}",
        "direction: {with: z.npy, without: w.npy}",
      ]
      #expect(try Set(different.map(identity)).count == different.count)
      let plain = try identity(morph(""))
      for rest in [", latent: mean", ", temperature: 1", ", rng: numpy"] {
        #expect(try identity(morph(rest)) == plain)
      }
      for setting in ["temperature: 2", "rng: torch", "prior: z.npy"] {
        let error = #expect(throws: MorphError.self) {
          try identity("morph: {keyframes: [0.png, 1.png], \(setting)}")
        }
        let other = "a random face like seed:42" + (setting == "rng: torch" ? " or a sample of a photo" : "")
        #expect(error?.problem == .setting(.needsOther(other)))
      }
      let error = #expect(throws: MorphError.self) {
        try identity("morph: {keyframes: [seed:1, seed:2], latent: sample}")
      }
      #expect(error?.problem == .setting(.needsOther("a photo")))
      // Without seeds or samples no number is random, and today's facts stay what they were.
      let stated = try job("model: tiny\n\(morph(""))\noutput: x.png", in: folder)
      let facts = try PreparedJob(stated, options: TestRenders.options(), shared: SharedReads()).facts.json()
      for word in ["rng", "latent\"", "temperature", "prior", "terms", "name\"", "rowCount", "with"] {
        #expect(!facts.contains(word), "\(word)")
      }
    }
  }

  @Test func `too few faces to hold one out are refused`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(4, to: folder)
      let error = await #expect(throws: MorphError.self) {
        try await render(
          "direction: {with: [0.png, 1.png], without: [2.png, 3.png], method: linear}\noutput: d.npy",
          in: folder)
      }
      #expect(error?.problem == .photo(.tooFewFaces(2, needed: 5)))
      #expect(try names(in: folder) == ["0.png", "1.png", "2.png", "3.png"])
    }
  }
}
