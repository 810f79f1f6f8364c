internal import Inference

/// A trained variational autoencoder, ready to encode pictures to latents and decode latents to pictures.
///
/// Safe to use from several tasks at once. Facts about the networks (size, range, scale) come from the folder's
/// model.yaml and stay in here.
final class FaceModel: Sendable {
  let folder: ModelFolder
  private let encoder: Encoder?
  private let decoder: Decoder?

  /// Which networks a run needs; compiling one takes a tenth of a second.
  enum Part: Sendable {
    case encoder
    case decoder
  }

  private struct Encoder: Sendable {
    let network: Network
    let input: String
    let mean: String
    let spread: String?
    let pixels: PixelCodec
  }

  private struct Decoder: Sendable {
    let network: Network
    let input: String
    let output: String
    let pixels: PixelCodec
  }

  /// Reads and compiles `parts`; throws where a network contradicts model.yaml.
  init(in folder: ModelFolder, parts: Set<Part>, threads: Int?, runtime: Runtime) throws {
    self.folder = folder
    let description = folder.description
    let format = description.image
    if parts.contains(.encoder) {
      guard let encoder = description.encoder else { throw MorphError(folder.path, ModelProblem.noEncoder) }
      let graph = try NetworkFile(encoder.file, in: folder, runtime: runtime)
      let input = try graph.input(encoder.input, key: "encoder: input")
      try graph.fix(input, to: [1] + format.tensorShape, setting: "image")
      let tensors = try graph.tensors(of: encoder.output, latent: description.latent)
      self.encoder = Encoder(
        network: try graph.compiled(for: .throughput, threads: threads), input: input.name,
        mean: tensors.mean,
        spread: tensors.spread, pixels: PixelCodec(format: format, range: encoder.range))
    } else {
      encoder = nil
    }
    if parts.contains(.decoder) {
      let graph = try NetworkFile(description.decoder.file, in: folder, runtime: runtime)
      let input = try graph.input(description.decoder.input, key: "decoder: input")
      try graph.fix(input, to: [1] + description.latent.shape, setting: "latent")
      let output = try graph.output(description.decoder.output, key: "decoder: output")
      try graph.expect(output, toHold: format.tensorShape, setting: "image")
      decoder = Decoder(
        network: try graph.compiled(for: .throughput, threads: threads), input: input.name,
        output: output.name,
        pixels: PixelCodec(format: format, range: description.decoder.range))
    } else {
      decoder = nil
    }
  }

  /// The same networks, with pictures going in and out in another way.
  func described(as description: ModelDescription) -> FaceModel {
    FaceModel(self, describedAs: description)
  }

  private init(_ model: FaceModel, describedAs description: ModelDescription) {
    folder = ModelFolder(at: model.folder.path, describedBy: description)
    encoder = model.encoder.map { encoder in
      Encoder(
        network: encoder.network, input: encoder.input, mean: encoder.mean, spread: encoder.spread,
        pixels: PixelCodec(
          format: description.image, range: description.encoder?.range ?? encoder.pixels.range))
    }
    decoder = model.decoder.map { decoder in
      Decoder(
        network: decoder.network, input: decoder.input, output: decoder.output,
        pixels: PixelCodec(format: description.image, range: description.decoder.range))
    }
  }

  /// How many frames the decoder works on at once.
  var requestCount: Int { decoder?.network.requestCount ?? 1 }

  /// The posterior of a picture of the model's size, in model units.
  ///
  /// Throws `MorphError` when the network fails or answers with undefined numbers.
  func encode(_ image: Image) async throws -> Posterior {
    guard let encoder else { preconditionFailure("the encoder was not loaded") }
    let (mean, spread) = try await failingAs(folder.description.encoder?.file ?? "encoder") {
      try await encoder.network.infer([encoder.input: encoder.pixels.values(of: image)]) { outputs in
        (try outputs.values(of: encoder.mean), try encoder.spread.map { try outputs.values(of: $0) })
      }
    }
    let posterior = folder.description.posterior(mean: mean, spread: spread)
    guard posterior.mean.values.allSatisfy(\.isFinite) else {
      throw MorphError(
        folder.path, ModelProblem.notFinite(file: folder.description.encoder?.file ?? "encoder"))
    }
    return posterior
  }

  /// The picture of a latent in model units.
  func decode(_ latent: Latent) async throws -> Image {
    guard let decoder else { preconditionFailure("the decoder was not loaded") }
    let input = folder.description.latent.networkValues(of: latent)
    return try await failingAs(folder.description.decoder.file) {
      try await decoder.network.infer([decoder.input: input]) { outputs in
        try outputs.withValues(of: decoder.output) { decoder.pixels.image(from: $0) }
      }
    }
  }

  /// Runs `body`, and names the model's folder and `file` in what the runtime says of a failure.
  private func failingAs<Result>(_ file: String, _ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as InferenceError {
      throw MorphError(folder.path, ModelProblem.network(file: file, reason: error.description))
    }
  }
}

extension ModelDescription.ImageFormat {
  /// Without the batch.
  fileprivate var tensorShape: [Int] {
    switch layout {
    case .nchw: [channels.count, height, width]
    case .nhwc: [height, width, channels.count]
    }
  }
}
