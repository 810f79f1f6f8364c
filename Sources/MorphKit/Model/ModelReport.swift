internal import Inference

/// What a model folder holds, for people.
public struct ModelReport: Sendable {
  public var name: String
  public var path: String
  /// SHA-256 of the files that decide the model's answers.
  public var identity: String
  /// Lines of a name and what is to be said of it.
  public var facts: [(name: String, text: String)]
  /// How well the check picture comes back, in dB; `nil` without one.
  public var checkPSNR: Double?
  /// The fast decoder beside the exact one; `nil` without one.
  public var fastDecoder: FastDecoderFigures?
}

/// Loads a model folder, holds its networks against its model.yaml, and runs its check.
///
/// Where it has two decoders, both are checked and compared. Throws `MorphError` for the first thing that does not
/// hold.
public func inspectModel(at path: String, options: RenderOptions) async throws -> ModelReport {
  let folder = try ModelFolder(at: path)
  let description = folder.description
  let runtime = try options.loaded.runtime()
  let parts: Set<FaceModel.Part> = description.encoder == nil ? [.decoder] : [.encoder, .decoder]
  let model = try await FaceModel(in: folder, parts: parts, threads: options.threads, runtime: runtime)
  let random = try await model.decode(Latent(seed: 0, dimension: description.latent.dimension))
  let check = try await model.check()
  var figures: FastDecoderFigures?
  if description.decoder.fast != nil {
    let other = try await FaceModel(
      in: ModelFolder(at: path, decoder: folder.decoder == .exact ? .fast : .exact), parts: parts,
      threads: options.threads, runtime: runtime)
    _ = try await other.check()
    let (exact, fast) = folder.decoder == .exact ? (model, other) : (other, model)
    figures = try await exact.compared(to: fast)
  }

  let image = description.image
  var facts: [(String, String)] = [
    ("pictures", "\(random.sizeText), \(image.channels == .gray ? "grey" : "colour")"),
    (
      "latents",
      "\(description.latent.shape.map(String.init).joined(separator: " × ")), prior \(description.prior.text)"
    ),
    (
      "encoder",
      description.encoder.map { "\($0.file), \($0.spreadText)" } ?? "none: photos can't be keyframes"
    ),
    ("decoder", description.decoder.file),
  ]
  if let figures, let file = description.decoder.fast {
    facts.append(("fast decoder", "\(file)\(folder.decoder == .fast ? ", the default" : "")"))
    facts.append(("fast frames", figures.nearness))
    facts.append(("fast speed", figures.speed(with: .here)))
  }
  if let crop = description.crop {
    facts.append(
      ("crop", "eyes at \(text(crop.leftEye)) and \(text(crop.rightEye)), mouth at \(text(crop.mouth))"))
  } else {
    facts.append(("crop", "none: pictures are scaled and centre-cropped"))
  }
  if let match = description.match {
    facts.append(("match", "good from \(decibels(match.good)), poor below \(decibels(match.poor))"))
  }
  if let expected = check.expected, let found = check.found {
    facts.append(("check", "passed: \(decibels(found)), \(decibels(expected)) stated"))
  } else {
    facts.append(("check", "no check picture is stated"))
  }
  facts.append(("identity", folder.identity))
  return ModelReport(
    name: description.name, path: path, identity: folder.identity, facts: facts, checkPSNR: check.found,
    fastDecoder: figures)
}

private func text(_ point: Point) -> String { "(\(decimal(point.x)), \(decimal(point.y)))" }

extension ModelDescription.Encoder {
  fileprivate var spreadText: String {
    switch output {
    case .mean: "mean alone (a plain autoencoder)"
    case .meanAndSpread(_, _, let kind): "mean and \(kind.rawValue.replacing("_", with: " "))"
    case .moments(_, let order, let kind):
      "mean and \(kind.rawValue.replacing("_", with: " ")) in \(order.rawValue)"
    }
  }
}
