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
    var pixels: PixelCodec

    init(in folder: ModelFolder, threads: Int?, runtime: Runtime) throws {
      guard let description = folder.description.encoder else {
        throw MorphError(folder.path, ModelProblem.noEncoder)
      }
      let format = folder.description.image
      let latent = folder.description.latent
      let file = try NetworkFile(description.file, in: folder, runtime: runtime)
      let port = try file.input(description.input, key: "encoder: input")
      try file.fix(port, to: [1] + format.tensorShape, setting: "image")
      input = port.name
      (mean, spread) = try file.tensors(of: description.output, latent: latent)
      network = try file.compiled(for: .throughput, threads: threads)
      pixels = PixelCodec(format: format, range: description.range)
    }

  }

  private struct Decoder: Sendable {
    let network: Network
    let input: String
    let output: String
    var pixels: PixelCodec

    init(in folder: ModelFolder, threads: Int?, runtime: Runtime) throws {
      let description = folder.description.decoder
      let format = folder.description.image
      let file = try NetworkFile(folder.decoderFile, in: folder, runtime: runtime)
      let port = try file.input(description.input, key: "decoder: input")
      try file.fix(port, to: [1] + folder.description.latent.shape, setting: "latent")
      let picture = try file.output(description.output, key: "decoder: output")
      try file.expect(picture, toHold: format.tensorShape, setting: "image")
      input = port.name
      output = picture.name
      network = try file.compiled(for: .throughput, threads: threads)
      pixels = PixelCodec(format: format, range: description.range)
    }
  }

  /// Reads and compiles `parts`, both at once; throws where a network contradicts model.yaml.
  init(in folder: ModelFolder, parts: Set<Part>, threads: Int?, runtime: Runtime) async throws {
    self.folder = folder
    async let encoder =
      parts.contains(.encoder) ? Encoder(in: folder, threads: threads, runtime: runtime) : nil
    async let decoder =
      parts.contains(.decoder) ? Decoder(in: folder, threads: threads, runtime: runtime) : nil
    (self.encoder, self.decoder) = try await (encoder, decoder)
  }

  /// The same networks, with pictures going in and out in another way.
  func described(as description: ModelDescription) -> FaceModel {
    FaceModel(self, describedAs: description)
  }

  private init(_ model: FaceModel, describedAs description: ModelDescription) {
    folder = ModelFolder(at: model.folder.path, describedBy: description)
    var encoder = model.encoder
    var decoder = model.decoder
    if let range = description.encoder?.range {
      encoder?.pixels = PixelCodec(format: description.image, range: range)
    }
    decoder?.pixels = PixelCodec(format: description.image, range: description.decoder.range)
    (self.encoder, self.decoder) = (encoder, decoder)
  }

  /// Whether both networks were loaded.
  var isWhole: Bool { encoder != nil && decoder != nil }

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
    return try await failingAs(folder.decoderFile) {
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
