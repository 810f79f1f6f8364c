internal import Digests

/// A model folder on disk: its description, and the files that loading it reads.
///
/// Every file lies in the folder itself: a path, or a link that leads elsewhere, is refused. Nothing is unpickled and
/// no code runs.
struct ModelFolder: Sendable {
  let path: String
  let description: ModelDescription

  /// Which of its decoders is used.
  let decoder: DecoderKind

  /// SHA-256 of all files that decide the model's answers; the check picture and a decoder that is not used are none
  /// of them.
  let identity: String

  /// SHA-256 of what decides the latents of photos: the encoder, or the decoder of a model without one, how pictures go
  /// in, and how latents are scaled.
  let latentIdentity: String

  static let networkByteLimit = 2_147_483_647

  /// Reads model.yaml, and hashes the networks.
  ///
  /// `decoder` is the one to use; `nil` for the one that model.yaml prefers. Throws `MorphError` for the first thing
  /// that does not hold.
  init(at path: String, decoder: DecoderKind? = nil) throws(MorphError) {
    guard kind(ofPath: path) == .folder else { throw MorphError(path, ModelProblem.missingFolder) }
    self.path = path
    let descriptionPath = path + "/model.yaml"
    let text: [UInt8]
    do throws(FileProblem) {
      text = try bytes(ofFile: descriptionPath, limit: YAMLFile.byteLimit)
    } catch .missing {
      throw MorphError(path, ModelProblem.noDescription)
    } catch .tooLarge {
      throw MorphError(descriptionPath, ModelProblem.setting(.fileTooLarge))
    } catch {
      throw MorphError(path, ModelProblem.unreadable(file: "model.yaml", reason: error.reason))
    }
    guard ModelFolder.isWithin(folder: path, descriptionPath) != false else {
      throw MorphError(path, ModelProblem.linkOutOfFolder("model.yaml"))
    }
    description = try ModelDescription(yaml: text, name: descriptionPath)
    self.decoder = decoder ?? description.decoder.preferred
    guard let decoderFile = description.decoder.file(of: self.decoder) else {
      throw MorphError(path, ModelProblem.noFastDecoder)
    }

    var hasher = SHA256Hasher()
    hasher.update(text)
    let latentSource = description.encoder?.file ?? description.decoder.file
    var latentHasher = SHA256Hasher()
    latentHasher.update(description.latentFacts)
    for network in [description.encoder?.file, decoderFile].compactMap(\.self) {
      for file in try ModelFolder.files(of: network, in: path) {
        let digest = try ModelFolder.digest(of: file, in: path)
        hasher.update("\n\(file)\n\(digest)")
        if network == latentSource { latentHasher.update("\n\(digest)") }
      }
    }
    if case .fitted(let file) = description.prior {
      _ = try ModelFolder.file(file, in: path)
      hasher.update("\n\(file)\n\(try ModelFolder.digest(of: file, in: path))")
    }
    identity = hasher.finish().hex
    latentIdentity = latentHasher.finish().hex
  }

  /// A folder without a model.yaml, whose description is still being made.
  init(at path: String, describedBy description: ModelDescription) {
    self.path = path
    self.description = description
    decoder = .exact
    identity = ""
    latentIdentity = ""
  }

  /// The file of the decoder that is used.
  var decoderFile: String {
    guard let file = description.decoder.file(of: decoder) else { preconditionFailure("no such decoder") }
    return file
  }

  /// SHA-256 of one of its files.
  private static func digest(of file: String, in folder: String) throws(MorphError) -> String {
    do throws(DigestError) {
      return try SHA256Digest(ofFileAt: folder + "/" + file).hex
    } catch {
      throw MorphError(folder, ModelProblem.unreadable(file: file, reason: "\(error)"))
    }
  }

  /// The distribution that random faces are drawn from; `nil` for the standard normal one, or none.
  func fittedPrior() throws(MorphError) -> FittedPrior? {
    guard case .fitted(let file) = description.prior else { return nil }
    let latents = try LatentFile(at: ModelFolder.file(file, in: path))
    try latents.refuseOther(than: self)
    return try FittedPrior(of: latents, shape: description.latent.shape)
  }

  /// The path of a file that model.yaml names.
  static func file(_ name: String, in folder: String) throws(MorphError) -> String {
    let place = folder + "/model.yaml"
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
      throw MorphError(place, ModelProblem.notAFileName(name))
    }
    let path = folder + "/" + name
    guard let isWithin = isWithin(folder: folder, path) else {
      throw MorphError(place, ModelProblem.fileMissing(name))
    }
    guard isWithin else { throw MorphError(folder, ModelProblem.linkOutOfFolder(name)) }
    guard kind(ofPath: path) == .file else { throw MorphError(place, ModelProblem.fileMissing(name)) }
    return path
  }

  /// Whether a path stays in the folder when all links are followed; `nil` when nothing is there.
  private static func isWithin(folder: String, _ path: String) -> Bool? {
    guard let target = realPath(path), let home = realPath(folder) else { return nil }
    return target.utf8.starts(with: (home == "/" ? "/" : home + "/").utf8)
  }

  /// The names of the files that loading a network reads: itself, and where its weights lie.
  private static func files(of network: String, in folder: String) throws(MorphError) -> [String] {
    let path = try file(network, in: folder)
    switch fileEnding(network) {
    case ".xml":
      let weights = network.dropLast(4) + ".bin"
      guard kind(ofPath: folder + "/" + weights) != .nothing else { return [network] }
      _ = try file(String(weights), in: folder)
      return [network, String(weights)]
    case ".onnx":
      let names: [String]
      do throws(FileProblem) {
        names = try ONNXFile.externalDataNames(inFile: path, limit: networkByteLimit)
      } catch .tooLarge {
        throw MorphError(folder, ModelProblem.fileTooLarge(network))
      } catch {
        throw MorphError(folder, ModelProblem.unreadable(file: network, reason: error.reason))
      }
      for name in names {
        guard !name.contains("/"), name != ".." else {
          throw MorphError(folder, ModelProblem.externalDataOutside(name, file: network))
        }
        _ = try file(name, in: folder)
      }
      return [network] + names
    default:
      return [network]
    }
  }
}
