internal import Synchronization

/// What the jobs of one run read: each file read and hashed once, each photo aligned and encoded once.
///
/// It is for one run, since a file that changes later is not read again. Safe to share between jobs. It keeps at most
/// 200 MB in memory, and the last file of several arrays of latents.
public final class SharedReads: Sendable {
  private let files = Mutex(Files())
  /// Photos as pictures of the model's size.
  let aligned = SharedValues<PhotoKey, AlignedPhoto>(costLimit: 32_000_000)
  /// Photos as points of the latent space.
  let encoded = SharedValues<PhotoKey, ReadPhoto>(costLimit: 64_000_000)

  private struct ModelKey: Hashable {
    var path: PathKey
    var decoder: DecoderKind?
  }

  private struct Files {
    var models: [ModelKey: ModelFolder] = [:]
    var faceFinders: [PathKey: String] = [:]
    var photos: [PathKey: PhotoFile] = [:]
    var photoBytes = 0
    var latentFiles = KeptLatents()
  }

  /// Photos are kept in memory up to this many bytes in all; those beyond are read again when they are aligned.
  private static let photoByteLimit = 64_000_000

  public init() {}

  func model(at path: String, decoder: DecoderKind?) throws(MorphError) -> ModelFolder {
    try files.withLock { files throws(MorphError) in
      let key = ModelKey(path: PathKey(path), decoder: decoder)
      if let model = files.models[key] { return model }
      let model = try ModelFolder(at: path, decoder: decoder)
      files.models[key] = model
      return model
    }
  }

  /// SHA-256 of the face finder's networks.
  func faceFinder(filesIn folder: String) throws(MorphError) -> String {
    try files.withLock { files throws(MorphError) in
      if let identity = files.faceFinders[PathKey(folder)] { return identity }
      let identity = try FaceFinder.identity(filesIn: folder)
      files.faceFinders[PathKey(folder)] = identity
      return identity
    }
  }

  func photo(at path: String) throws(MorphError) -> PhotoFile {
    try files.withLock { files throws(MorphError) in
      if let photo = files.photos[PathKey(path)] { return photo }
      var photo = try PhotoFile(at: path)
      if files.photoBytes + photo.bytesKept > SharedReads.photoByteLimit {
        photo.forgetContent()
      }
      files.photoBytes += photo.bytesKept
      files.photos[PathKey(path)] = photo
      return photo
    }
  }

  /// `name` says which array of the file is meant, where it has several.
  func latentFile(at path: String, name: String? = nil) throws(MorphError) -> LatentFile {
    try files.withLock { files throws(MorphError) in try files.latentFiles.file(at: path, name: name) }
  }
}

/// A face of a photo as one model sees it.
struct PhotoKey: Hashable, Sendable {
  private let path: PathKey
  private let sha256: String
  private let face: Int?
  private let model: String
  private let faceFinder: String?
  private let measuresShape: Bool

  init(_ reference: PhotoReference, inputs: JobInputs) {
    path = PathKey(reference.path)
    sha256 = inputs.photo(reference).sha256
    face = reference.face
    model = inputs.model.identity
    faceFinder = inputs.faceFinder
    measuresShape = inputs.detail != nil
  }
}
