/// Everything that a job reads: read once, hashed, and held against what the job says of it.
struct JobInputs: Sendable {
  let model: ModelFolder
  /// Each photo once, however often it is used, in the order of first use.
  private(set) var photos: [PhotoFile] = []
  private(set) var latentFiles: [LatentFile] = []
  private var photoIndex: [PathKey: Int] = [:]
  private var latentIndex: [LatentKey: Int] = [:]
  /// SHA-256 of the face finder's networks; `nil` when no face is looked for.
  let faceFinder: String?
  /// The lines of a file that stand below the pictures of a grid.
  let labelFile: LabelFile?
  /// How much of the photos' detail is shown, and how much of what lies around the model's crop; `nil` where none is.
  let detail: DetailSettings?
  /// How the job's random numbers become latents.
  let random: RandomLatents

  /// Reads model.yaml, hashes the networks, and reads photos and latent files.
  ///
  /// What `shared` has of them already is taken from there. Throws `MorphError` for the first file that can't be used.
  init(
    reading job: MorphJob, installation: Installation, shared: SharedReads = SharedReads(),
    latentByteLimit: Int = LatentFile.byteLimit
  ) throws(MorphError) {
    model = try shared.model(at: job.model, decoder: job.decoder)
    let description = model.description
    let references = job.photos
    guard references.isEmpty || description.encoder != nil || job.isAlignment else {
      throw MorphError(model.path, ModelProblem.noEncoder)
    }
    guard !job.usesPrior || description.prior != .none || job.random.prior != nil else {
      throw MorphError(model.path, job.usesSeeds ? ModelProblem.noPrior : .noPriorToTraverse)
    }
    if case .mean? = description.encoder?.output, let problem = job.problemWithoutSpread {
      throw MorphError(model.path, problem)
    }
    if case .traverse(let traversal) = job.content {
      do throws(SettingProblem) {
        try traversal.check(among: description.latent.dimension)
      } catch {
        throw MorphError("dims", error)
      }
    }
    detail = job.detail(with: description)
    let looksForFaces = job.alignsFaces && description.crop != nil && !references.isEmpty
    faceFinder = looksForFaces ? try shared.faceFinder(filesIn: installation.facesFolder) : nil

    for path in references.map(\.path) where photoIndex[PathKey(path)] == nil {
      photoIndex[PathKey(path)] = photos.count
      photos.append(try shared.photo(at: path))
    }
    var files: [LatentFile] = []
    var indices: [LatentKey: Int] = [:]
    var byteCount = 0
    let model = model
    func file(at path: String, name: String?) throws(MorphError) -> LatentFile {
      let key = LatentKey(path, name: name)
      if let index = indices[key] { return files[index] }
      let file = try shared.latentFile(at: path, name: name)
      try file.refuseOther(than: model)
      byteCount += file.byteCount
      guard byteCount <= latentByteLimit else { throw MorphError(path, LatentFileProblem.tooMuchTogether) }
      indices[key] = files.count
      files.append(file)
      return file
    }
    let shape = description.latent.shape
    for part in job.parts {
      guard case .latent(let path, let name, let row) = part else { continue }
      _ = try file(at: path, name: name).latent(atRow: row, shape: shape)
    }
    for rows in job.latentRows {
      try file(at: rows.file, name: rows.name).check(rows.rows, shape: shape)
    }
    let stated = try job.priorInUse.map { prior throws(MorphError) in
      try FittedPrior(of: try file(at: prior.file, name: prior.name), shape: shape)
    }
    let prior = job.usesPrior && stated == nil ? try model.fittedPrior() : stated
    (latentFiles, latentIndex) = (files, indices)
    if case .grid(let grid) = job.output.format, case .file(let path) = grid.labels {
      let file = try LabelFile(at: path)
      try file.expect(count: job.pictureCount)
      labelFile = file
    } else {
      labelFile = nil
    }
    random = RandomLatents(
      source: job.random.source, temperature: job.random.temperature, prior: prior,
      dimension: description.latent.dimension)
    try refuseRepeatedEnd(of: job)
  }

  /// The number of a photo of the job among `photos`.
  func index(of reference: PhotoReference) -> Int {
    guard let index = photoIndex[PathKey(reference.path)] else {
      preconditionFailure("all photos of the job were read")
    }
    return index
  }

  /// For each part of each keyframe, photo or file of rows of the job, which of the photos and the latent files after
  /// them it is; `nil` when the job has only seeds.
  func indices(of job: MorphJob) -> [Int?]? {
    guard !photos.isEmpty || !latentFiles.isEmpty else { return nil }
    let indices = job.stated.flatMap(\.parts).map { part -> Int? in
      switch part {
      case .photo(let photo): index(of: photo)
      case .latent(let file, let name, _):
        latentIndex[LatentKey(file, name: name)].map { photos.count + $0 }
      case .seed, .sum: nil
      }
    }
    return indices.isEmpty ? nil : indices
  }

  func photo(_ reference: PhotoReference) -> PhotoFile { photos[index(of: reference)] }

  func latentFile(at path: String, name: String? = nil) -> LatentFile? {
    latentIndex[LatentKey(path, name: name)].map { latentFiles[$0] }
  }
}

extension JobInputs {
  /// A row of a file of the job, which was found to fit the model.
  func latent(file: String, name: String? = nil, row: Int?) -> Latent {
    do throws(MorphError) {
      let shape = model.description.latent.shape
      guard let latent = try latentFile(at: file, name: name)?.latent(atRow: row, shape: shape) else {
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
    var parts: Set<FaceModel.Part> = needsDecoder ? [.decoder] : []
    if !photos.isEmpty, !isAlignment { parts.insert(.encoder) }
    return parts
  }

  /// Whether it shows what the model draws.
  var needsDecoder: Bool {
    switch content {
    case .align, .encode, .direction: return false
    case .morph, .sample, .reconstruct, .decode, .traverse, .plane, .posterior, .between: return true
    case .average:
      if case .latents = output.format { return false }
      return true
    }
  }

  /// The keyframes of a path, a mean, a direction or a sheet.
  var keyframes: [Keyframe] {
    switch content {
    case .morph(let keyframes, _), .average(let keyframes), .between(let keyframes): keyframes
    case .direction(let direction): direction.with + direction.without
    case .traverse(let traversal): [traversal.keyframe]
    case .plane(let plane): plane.corners
    case .sample, .reconstruct, .align, .encode, .decode, .posterior: []
    }
  }

  /// The rows that are decoded.
  var latentRows: [LatentRows] {
    if case .decode(let rows) = content { rows } else { [] }
  }

  /// What it is made of, in the order in which it was stated.
  var stated: [Keyframe] {
    switch content {
    case .morph, .average, .direction, .plane, .between: keyframes
    case .traverse(let traversal): keyframes + traversal.over.map(Keyframe.photo)
    case .sample: []
    case .reconstruct(let photos), .align(let photos), .encode(let photos): photos.map(Keyframe.photo)
    case .posterior(let draws): [.photo(draws.photo)]
    case .decode(let rows): rows.map { .latent(file: $0.file, name: $0.name, row: nil) }
    }
  }

  /// All files that it reads, the model's excepted.
  var inputPaths: [String] {
    var paths = photos.map(\.path) + latentRows.map(\.file)
    for case .latent(let file, _, _) in parts { paths.append(file) }
    if let prior = priorInUse { paths.append(prior.file) }
    if case .grid(let grid) = output.format, case .file(let path) = grid.labels { paths.append(path) }
    return paths
  }

  /// The single points of its keyframes, in their order.
  var parts: [Keyframe] { keyframes.flatMap(\.parts) }

  /// The photos of what is shown.
  var shownPhotos: [PhotoReference] {
    switch content {
    case .morph, .average, .direction, .traverse, .plane, .between:
      parts.compactMap { if case .photo(let photo) = $0 { photo } else { nil } }
    case .sample, .decode: []
    case .reconstruct(let photos), .align(let photos), .encode(let photos): photos
    case .posterior(let draws): [draws.photo]
    }
  }

  /// Those, and the ones over which something is measured.
  var photos: [PhotoReference] {
    if case .traverse(let traversal) = content { shownPhotos + traversal.over } else { shownPhotos }
  }

  var usesSeeds: Bool {
    if case .sample = content { return true }
    return parts.contains { if case .seed = $0 { true } else { false } }
  }

  /// Whether photos become samples of their posteriors.
  var samplesPosteriors: Bool { latent != .mean && !photos.isEmpty }

  /// Whether it depends on what random faces are drawn from.
  var usesPrior: Bool {
    if case .traverse = content { true } else { usesSeeds }
  }

  /// The file that random faces are drawn after, when it matters.
  var priorInUse: PriorFile? { usesPrior ? random.prior : nil }

  /// Why it can't be made with an encoder that gives no spread, if it can't.
  fileprivate var problemWithoutSpread: ModelProblem? {
    switch content {
    case .posterior: .noPosterior
    case .traverse(let traversal) where traversal.order == .latentLoss: .noLatentLoss
    default: samplesPosteriors ? .noSpread : nil
    }
  }

  fileprivate var isAlignment: Bool {
    if case .align = content { true } else { false }
  }
}
