internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Priors of files` {
  /// Photos `0.png`, `1.png`, … of random blocks.
  private func writePhotos(_ count: Int, to folder: String) throws {
    for number in 0..<count {
      try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/\(number).png")
    }
  }

  private func render(_ yaml: String, in folder: String, model: String) async throws {
    _ = try await TestRenders.run(job("model: \(model)\n\(yaml)", in: folder))
  }

  private func picture(_ path: String) throws -> Image { Image(try PhotoFile(at: path).picture()) }

  @Test func `a model without a prior draws faces like those of a file`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(3, to: folder)
      try await render(
        "encode: {photos: [0.png, 1.png, 2.png]}\noutput: f.safetensors", in: folder, model: "prior-none")
      let random = "sample: {seeds: 1-2, prior: f.safetensors, temperature: 0.5, rng: torch}"
      try await render(random + "\noutput: s/", in: folder, model: "prior-none")
      let model = try await TestModels.load("prior-none")
      let prior = try FittedPrior(of: LatentFile(at: "\(folder)/f.safetensors"), shape: [192])
      let draw = prior.latent(
        weights: RandomSource.torch.normals(seed: 2, count: 3), temperature: 0.5)
      #expect(try await picture("\(folder)/s/seed0002.png") == model.decode(draw))
      let again = try MorphJob(recordOf: "\(folder)/s", options: TestRenders.options())
      #expect(
        again.random == .init(temperature: 0.5, source: .torch, prior: .init(file: "\(folder)/f.safetensors"))
      )
    }
  }

  @Test func `a model's own file is the prior that its faces are drawn like`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(3, to: folder)
      let model = try copyOfFixture("prior-none", in: folder)
      try await render(
        "encode: {photos: [0.png, 1.png, 2.png]}\noutput: f.safetensors", in: folder, model: model)
      let random = "sample: {seeds: 1-2"
      try await render(random + ", prior: f.safetensors}\noutput: stated.png", in: folder, model: model)
      let text = String(decoding: try contents("\(model)/model.yaml"), as: UTF8.self)
      try write(
        text.replacing("prior: none", with: "prior: faces.safetensors"), to: "\(model)/model.yaml")
      let missing = await #expect(throws: MorphError.self) {
        try await render(random + "}\noutput: own.png", in: folder, model: model)
      }
      #expect(missing?.problem == .model(.fileMissing("faces.safetensors")))
      try write(contents("\(folder)/f.safetensors"), to: "\(model)/faces.safetensors")
      try await render(random + "}\noutput: own.png", in: folder, model: model)
      #expect(try picture("\(folder)/own.png") == picture("\(folder)/stated.png"))
      let first = try ModelFolder(at: model).identity
      try write(
        npy(Latent(seed: 1, dimension: 384).values, shape: [2, 192]), to: "\(model)/faces.npy")
      try write(text.replacing("prior: none", with: "prior: faces.npy"), to: "\(model)/model.yaml")
      let second = try ModelFolder(at: model).identity
      try write(
        npy(Latent(seed: 2, dimension: 384).values, shape: [2, 192]), to: "\(model)/faces.npy")
      let third = try ModelFolder(at: model).identity
      #expect(Set([first, second, third]).count == 3)
    }
  }
}
