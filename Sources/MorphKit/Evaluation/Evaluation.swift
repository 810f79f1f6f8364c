/// What is evaluated: photos by one model, and the morphs of job files by their own.
public struct Evaluation: Sendable {
  /// Each once, in the order in which it was named first.
  public var photos: [PhotoReference]
  public var morphs: [BatchJob]
  /// How many jobs of the files are no morphs, or stills alone, in which no frame follows another.
  public var passedOver: Int
  /// The folder of the photos' model.
  public var model: String
  /// Which of its decoders draws; `nil` for the one that its model.yaml prefers.
  public var decoder: DecoderKind?
  /// Whether faces are found in photos and aligned to the model's crop.
  public var alignsFaces: Bool
  /// Whether small pictures are kept for a page: a bounded number of them.
  public var keepsPictures = false

  public init(
    photos: [PhotoReference], morphs: [BatchJob] = [], passedOver: Int = 0, model: String,
    decoder: DecoderKind? = nil, alignsFaces: Bool = true
  ) {
    self.photos = photos
    self.morphs = morphs
    self.passedOver = passedOver
    self.model = model
    self.decoder = decoder
    self.alignsFaces = alignsFaces
  }
}

/// What `evaluate` tells while it works.
public enum EvaluationEvent: Sendable {
  case started
  /// Several faces are in a photo, and the largest is taken.
  case chose(FaceChoice)
  case failed(EvaluationReport.Failure)
  /// Photos that were looked at.
  case photosDone(RenderProgress)
  /// Frames of one morph that were looked at.
  case framesDone(RenderProgress)
}

/// Measures how photos come back from a model, what its latent dimensions do, and how smoothly morphs change.
///
/// A photo or morph that can't be used is listed with its reason and left out of all means. Memory grows by some
/// kilobytes with each photo. Throws `MorphError` when the photos' model can't be used, and `CancellationError`.
public func evaluate(
  _ evaluation: Evaluation, options: RenderOptions,
  reporting report: @escaping @Sendable (EvaluationEvent) -> Void = { _ in }
) async throws -> EvaluationReport {
  report(.started)
  var result = EvaluationReport(passedOver: evaluation.passedOver)
  if !evaluation.photos.isEmpty {
    try await evaluatePhotos(of: evaluation, into: &result, options: options, reporting: report)
  }
  var options = options
  options.shared = options.shared ?? SharedReads()
  for batchJob in evaluation.morphs {
    do {
      let keeps = evaluation.keepsPictures && result.morphs.count < EvaluationReport.pictureLimit
      result.morphs.append(
        try await smoothness(of: batchJob, keepsPictures: keeps, options: options, reporting: report))
    } catch let error as MorphError {
      let failure = EvaluationReport.Failure(morph: batchJob.label, error)
      result.failures.append(failure)
      report(.failed(failure))
    }
  }
  return result
}

/// Encodes and decodes each photo, a few at once.
private func evaluatePhotos(
  of evaluation: Evaluation, into result: inout EvaluationReport, options: RenderOptions,
  reporting report: @escaping @Sendable (EvaluationEvent) -> Void
) async throws {
  let folder = try ModelFolder(at: evaluation.model, decoder: evaluation.decoder)
  let looksForFaces = evaluation.alignsFaces && folder.description.crop != nil
  if looksForFaces {
    _ = try FaceFinder.identity(filesIn: options.installation.facesFolder)
  }
  let model = try await options.loaded.model(
    in: folder, parts: [.encoder, .decoder], threads: options.threads)
  try await model.checkOnce(options)
  let aligner = try PhotoAligner(for: folder, looksForFaces: looksForFaces, options: options)

  let (photos, keepsPictures) = (evaluation.photos, evaluation.keepsPictures)
  var dimensions = DimensionFigures(dimension: folder.description.latent.dimension)
  var thumbnails = PoorestThumbnails(limit: EvaluationReport.pictureLimit)
  try await forEachInOrder(count: photos.count, limit: 4) { index in
    await EvaluatedPhoto.Outcome {
      try await EvaluatedPhoto(
        photos[index], aligner: aligner, model: model, keepsPictures: keepsPictures)
    }
  } consume: { index, outcome in
    switch outcome {
    case .done(let photo):
      if let choice = photo.choice { report(.chose(choice)) }
      dimensions.add(photo.posterior)
      if let thumbnail = photo.thumbnail {
        thumbnails.add(thumbnail, at: result.photos.count, psnr: photo.figures.psnr)
      }
      result.photos.append(photo.figures)
    case .failed(let error):
      guard let failure = EvaluationReport.Failure(photo: photos[index], error) else { throw error }
      result.failures.append(failure)
      report(.failed(failure))
    }
    report(.photosDone(.init(framesWritten: index + 1, frameCount: photos.count)))
  }
  result.model = EvaluationReport.Model(folder)
  result.dimensions = dimensions.report
  result.thumbnails = thumbnails.byPlace
}
