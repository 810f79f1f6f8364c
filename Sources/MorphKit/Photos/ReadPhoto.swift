/// A photo that has become a point of the latent space.
struct ReadPhoto: Sendable {
  let reference: PhotoReference
  /// The aligned photo.
  let image: Image
  let posterior: Posterior
  /// What the model makes of it.
  let reconstruction: Image
  let match: PhotoMatch
  /// Where its face is in the photo, and the face's shape in the aligned one, as far as they were measured.
  let face: Face?
  let shape: FaceShape?
}

/// How well a photo comes back from the model.
public struct PhotoMatch: Equatable, Sendable {
  public enum Grade: String, Sendable {
    case good
    case fair
    case poor
  }

  public var photo: String
  public var face: Int?
  /// In dB, against the aligned photo.
  public var psnr: Double
  /// 1 for equal pictures.
  public var ssim: Double
  /// `nil` for a model that states no thresholds.
  public var grade: Grade?
  /// The width of the face in pixels of the photo, where it is so small that little can be seen of it.
  public var smallFaceWidth: Int?

  /// `good match, 24.1 dB`.
  public var text: String {
    guard let grade else { return "match \(decibels(psnr))" }
    guard grade == .poor else { return "\(grade.rawValue) match, \(decibels(psnr))" }
    let reason = smallFaceWidth.map { ", because the face is only \($0) pixels wide" } ?? ""
    return "poor match, \(decibels(psnr)): it will not look much like the photo\(reason)"
  }
}

/// Aligns the photos of a job's keyframes or pairs, in its order.
///
/// Throws `MorphError` for the first photo that can't be used.
func alignPhotos(
  of job: MorphJob, inputs: JobInputs, with aligner: PhotoAligner, sharing shared: SharedReads,
  reporting report: @Sendable (RenderEvent) -> Void
) async throws -> [AlignedPhoto] {
  // Those of an alignment, of a file of latents and of a measurement are made one by one when they are needed.
  switch job.content {
  case .align, .encode, .average, .direction: return []
  case .morph, .sample, .reconstruct, .decode, .traverse, .plane, .posterior, .between: break
  }
  let references = job.shownPhotos
  var photos: [AlignedPhoto] = []
  try await forEachInOrder(count: references.count, limit: 2) { index in
    let reference = references[index]
    return try await shared.aligned.value(
      for: PhotoKey(reference, inputs: inputs), cost: { $0.image.pixels.count }
    ) {
      try await aligner.align(inputs.photo(reference), reference)
    }
  } consume: { _, photo in
    if let choice = photo.choice {
      report(.chose(choice))
    }
    photos.append(photo)
  }
  return photos
}

/// Encodes aligned photos; how well one matches is told of the mean of its posterior.
func encode(
  _ photos: [AlignedPhoto], by model: FaceModel, inputs: JobInputs, sharing shared: SharedReads,
  reporting report: @Sendable (RenderEvent) -> Void
) async throws -> [ReadPhoto] {
  var read: [ReadPhoto] = []
  try await forEachInOrder(count: photos.count, limit: model.requestCount) { index in
    let photo = photos[index]
    return try await shared.encoded.value(
      for: PhotoKey(photo.reference, inputs: inputs), cost: \.byteCount
    ) {
      try await encode(photo, by: model)
    }
  } consume: { _, photo in
    report(.matched(photo.match))
    read.append(photo)
  }
  return read
}

/// Encodes an aligned photo, and decodes the mean of its posterior.
func encode(_ photo: AlignedPhoto, by model: FaceModel) async throws -> ReadPhoto {
  let posterior = try await model.encode(photo.image)
  let reconstruction = try await model.decode(posterior.mean)
  let match = PhotoMatch(
    of: photo.reference, photo.image, faceWidth: photo.face?.box.width, reconstruction: reconstruction,
    thresholds: model.folder.description.match)
  return ReadPhoto(
    reference: photo.reference, image: photo.image, posterior: posterior, reconstruction: reconstruction,
    match: match, face: photo.face, shape: photo.shape)
}

extension ReadPhoto {
  /// How much memory it takes beside its aligned picture.
  fileprivate var byteCount: Int {
    reconstruction.pixels.count + 2 * posterior.mean.values.count * MemoryLayout<Float>.stride
  }
}

extension PhotoMatch {
  fileprivate init(
    of reference: PhotoReference, _ image: Image, faceWidth: Double?, reconstruction: Image,
    thresholds: ModelDescription.MatchThresholds?
  ) {
    photo = reference.path
    face = reference.face
    psnr = reconstruction.psnr(to: image)
    ssim = reconstruction.ssim(to: image)
    grade = thresholds.map { [psnr] in Grade(psnr: psnr, thresholds: $0) }
    // Less than half a pixel of the photo for each of the model's.
    smallFaceWidth = faceWidth.flatMap { width in
      width < Double(image.width) / 2 ? Int(width.rounded()) : nil
    }
  }
}

extension PhotoMatch.Grade {
  init(psnr: Double, thresholds: ModelDescription.MatchThresholds) {
    self = psnr >= thresholds.good ? .good : psnr < thresholds.poor ? .poor : .fair
  }
}
