internal import FoundationEssentials

/// What a model's encoder says of several faces, and how it is written to a file.
struct EncodedFaces: Sendable {
  /// What each face is called: its photo's name, and its number where one was picked.
  var names: [String]
  var posteriors: [Posterior]
  /// Of one latent.
  var shape: [Int]
  var origin: LatentFile.Origin

  /// The tensors' names: μ and σ, a row for each face.
  static let meanName = "mu"
  static let spreadName = "sigma"

  /// The means alone, as NumPy writes them.
  var npy: [UInt8] { means.npy }

  /// Means, spreads, names and the model's identity; a plain autoencoder's file has no spreads.
  func safetensors() throws -> [UInt8] {
    var tensors = [(EncodedFaces.meanName, means)]
    let spreads = posteriors.compactMap(\.deviations)
    if spreads.count == posteriors.count {
      tensors.append(
        (EncodedFaces.spreadName, NumPyArray(shape: means.shape, values: spreads.flatMap(\.self))))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    return try SafeTensors.bytes(
      tensors,
      metadata: [
        "facewalk": facewalkVersion, "model": origin.model, "model_identity": origin.identity,
        "names": String(decoding: try encoder.encode(names), as: UTF8.self),
      ])
  }

  private var means: NumPyArray {
    NumPyArray(shape: [posteriors.count] + shape, values: posteriors.flatMap(\.mean.values))
  }

  /// The model that the metadata of a file names.
  static func origin(in metadata: [String: String]) -> LatentFile.Origin? {
    guard let model = metadata["model"], let identity = metadata["model_identity"] else { return nil }
    return LatentFile.Origin(model: model, identity: identity)
  }
}
