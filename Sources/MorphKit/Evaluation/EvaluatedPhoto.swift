/// A photo that went through a model and back.
struct EvaluatedPhoto: Sendable {
  let figures: EvaluationReport.Photo
  let posterior: Posterior
  let choice: FaceChoice?
  /// The photo above what the model makes of it.
  let thumbnail: Thumbnail?

  /// Whether it could be done; an error waits for its turn, so that it ends no other photo.
  enum Outcome: Sendable {
    case done(EvaluatedPhoto)
    case failed(any Error)

    init(_ body: () async throws -> EvaluatedPhoto) async {
      do {
        self = .done(try await body())
      } catch {
        self = .failed(error)
      }
    }
  }

  init(
    _ reference: PhotoReference, aligner: PhotoAligner, model: FaceModel, keepsPictures: Bool
  ) async throws {
    let aligned = try await aligner.align(PhotoFile(at: reference.path), reference)
    let read = try await encode(aligned, by: model)
    figures = EvaluationReport.Photo(
      photo: reference.path, face: reference.face, psnr: read.match.psnr, ssim: read.match.ssim,
      reconstructionLoss: read.reconstruction.reconstructionLoss(to: read.image),
      latentLoss: read.posterior.latentLoss, grade: read.match.grade,
      faceSize: aligned.face.map { .init(width: $0.box.width, height: $0.box.height) },
      pose: aligned.face?.pose)
    posterior = read.posterior
    choice = aligned.choice
    thumbnail = keepsPictures ? Thumbnail(read.image, above: read.reconstruction) : nil
  }
}

/// The thumbnails of those photos that come back worst, so that memory does not grow with the photos.
struct PoorestThumbnails {
  private var kept: [(place: Int, psnr: Double, thumbnail: Thumbnail)] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func add(_ thumbnail: Thumbnail, at place: Int, psnr: Double) {
    kept.append((place, psnr, thumbnail))
    guard kept.count > limit, let best = kept.indices.max(by: { kept[$0].psnr < kept[$1].psnr }) else {
      return
    }
    kept.remove(at: best)
  }

  /// By the place of the photo among all that were evaluated.
  var byPlace: [Int: Thumbnail] {
    Dictionary(uniqueKeysWithValues: kept.map { ($0.place, $0.thumbnail) })
  }
}
