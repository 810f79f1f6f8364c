/// A photo that has become a point of the latent space.
struct ReadPhoto: Sendable {
  let reference: PhotoReference
  /// The aligned photo.
  let image: Image
  let latent: Latent
  /// What the model makes of it.
  let reconstruction: Image
  let match: PhotoMatch
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

/// Aligns and encodes the photos of a job, in its order.
///
/// A keyframe is the mean of the posterior. Throws `MorphError` for the first photo that can't be one.
func readPhotos(
  of job: MorphJob, inputs: JobInputs, with aligner: PhotoAligner, model: FaceModel,
  reporting report: @escaping @Sendable (RenderEvent) -> Void
) async throws -> [ReadPhoto] {
  // Those of an alignment are made one by one, when their frames are.
  if case .align = job.content { return [] }
  let references = job.photos
  var photos: [ReadPhoto] = []
  try await forEachInOrder(count: references.count, limit: model.requestCount) { index in
    let reference = references[index]
    let aligned = try await aligner.align(inputs.photo(reference), reference)
    let posterior = try await model.encode(aligned.image)
    let reconstruction = try await model.decode(posterior.mean)
    let match = PhotoMatch(
      of: aligned, reference: reference, reconstruction: reconstruction,
      thresholds: inputs.model.description.match)
    return (
      aligned.choice,
      ReadPhoto(
        reference: reference, image: aligned.image, latent: posterior.mean, reconstruction: reconstruction,
        match: match)
    )
  } consume: { _, result in
    if let choice = result.0 {
      report(.chose(choice))
    }
    report(.matched(result.1.match))
    photos.append(result.1)
  }
  return photos
}

extension PhotoMatch {
  fileprivate init(
    of photo: PhotoAligner.AlignedPhoto, reference: PhotoReference, reconstruction: Image,
    thresholds: ModelDescription.MatchThresholds?
  ) {
    self.photo = reference.path
    face = reference.face
    psnr = reconstruction.psnr(to: photo.image)
    ssim = reconstruction.ssim(to: photo.image)
    grade = thresholds.map { [psnr] in psnr >= $0.good ? .good : psnr < $0.poor ? .poor : .fair }
    // Less than half a pixel of the photo for each of the model's.
    smallFaceWidth = photo.faceWidth.flatMap { width in
      width < Double(photo.image.width) / 2 ? Int(width.rounded()) : nil
    }
  }
}
