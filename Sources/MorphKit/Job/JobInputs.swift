/// Everything that a job reads: read once, hashed, and held against what the job says of it.
struct JobInputs: Sendable {
  let model: ModelFolder
  /// Each photo once, however often it is used, in the order of first use.
  private(set) var photos: [PhotoFile] = []
  private(set) var latentFiles: [LatentFile] = []
  private var photoIndex: [String: Int] = [:]
  /// SHA-256 of the face finder's networks; `nil` when no face is looked for.
  let faceFinder: String?

  /// Reads model.yaml, hashes the networks, and reads photos and latent files.
  ///
  /// What `shared` has of them already is taken from there. Throws `MorphError` for the first file that can't be used.
  init(
    reading job: MorphJob, installation: Installation, shared: SharedReads = SharedReads()
  ) throws(MorphError) {
    model = try shared.model(at: job.model, decoder: job.decoder)
    let description = model.description
    let references = job.photos
    guard references.isEmpty || description.encoder != nil || job.isAlignment else {
      throw MorphError(model.path, ModelProblem.noEncoder)
    }
    guard !job.usesSeeds || description.prior == .standard else {
      throw MorphError(model.path, ModelProblem.noPrior)
    }
    let looksForFaces = job.alignsFaces && description.crop != nil && !references.isEmpty
    faceFinder = looksForFaces ? try shared.faceFinder(filesIn: installation.facesFolder) : nil

    for path in references.map(\.path) where photoIndex[path] == nil {
      photoIndex[path] = photos.count
      photos.append(try shared.photo(at: path))
    }
    for keyframe in job.keyframes {
      guard case .latent(let path, let row) = keyframe else { continue }
      if latentFile(at: path) == nil {
        latentFiles.append(try shared.latentFile(at: path))
      }
      _ = try latentFile(at: path)?.latent(atRow: row, shape: description.latent.shape)
    }
  }

  /// The number of a photo of the job among `photos`.
  func index(of reference: PhotoReference) -> Int {
    guard let index = photoIndex[reference.path] else {
      preconditionFailure("all photos of the job were read")
    }
    return index
  }

  /// For each keyframe or photo of the job, which of the photos and the latent files after them it is; `nil` when the
  /// job has only seeds.
  func indices(of job: MorphJob) -> [Int?]? {
    guard !photos.isEmpty || !latentFiles.isEmpty else { return nil }
    guard !job.keyframes.isEmpty else { return job.photos.map { index(of: $0) } }
    return job.keyframes.map { keyframe in
      switch keyframe {
      case .photo(let photo): index(of: photo)
      case .seed: nil
      case .latent(let file, _): latentFiles.firstIndex { $0.path == file }.map { photos.count + $0 }
      }
    }
  }

  func photo(_ reference: PhotoReference) -> PhotoFile { photos[index(of: reference)] }

  func latentFile(at path: String) -> LatentFile? {
    latentFiles.first { $0.path == path }
  }
}

extension JobInputs {
  /// A row of a file of the job, which was found to fit the model.
  func latent(file: String, row: Int?) -> Latent {
    do throws(MorphError) {
      guard let latent = try latentFile(at: file)?.latent(atRow: row, shape: model.description.latent.shape)
      else {
        preconditionFailure("all latent files of the job were read")
      }
      return latent
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

extension MorphJob {
  /// The networks that it needs.
  var modelParts: Set<FaceModel.Part> {
    guard needsDecoder else { return [] }
    return photos.isEmpty ? [.decoder] : [.encoder, .decoder]
  }

  /// Whether it shows what the model draws.
  var needsDecoder: Bool { !isAlignment }

  var keyframes: [Keyframe] {
    if case .morph(let keyframes, _) = content { keyframes } else { [] }
  }

  var photos: [PhotoReference] {
    switch content {
    case .morph(let keyframes, _):
      keyframes.compactMap { if case .photo(let photo) = $0 { photo } else { nil } }
    case .sample: []
    case .reconstruct(let photos), .align(let photos): photos
    }
  }

  fileprivate var usesSeeds: Bool {
    if case .sample = content { return true }
    return keyframes.contains { if case .seed = $0 { true } else { false } }
  }

  fileprivate var isAlignment: Bool {
    if case .align = content { true } else { false }
  }
}
