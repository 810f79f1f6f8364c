internal import Planes

/// The photos whose detail a job shows, read at the result's size when frames need them.
///
/// Safe to use from several tasks at once. It keeps the few that were used last, so memory does not grow with the
/// photos of a job.
struct DetailReader: Sendable {
  let canvas: DetailCanvas
  /// How much of all detail is shown, from 0 to 1.
  let amount: Double
  /// Of a shape in the middle of all that the job shows.
  let triangulation: Triangulation
  private let photos: [ReadPhoto]
  private let inputs: JobInputs
  private let aligner: PhotoAligner
  private let sources = SharedValues<SourceKey, DetailSource>(costLimit: DetailReader.keptCount)

  /// A frame lies between two keyframes, which may be sums; frames that are made at once lie in two transitions.
  private static let keptCount = 4

  private struct SourceKey: Hashable {
    var photo: Int
    var layout: PlaneLayout
  }

  init(
    of photos: [ReadPhoto], shapes: [FaceShape], amount: Double, on canvas: DetailCanvas, reader: LatentReader
  ) {
    self.photos = photos
    self.canvas = canvas
    self.amount = amount
    inputs = reader.inputs
    aligner = reader.aligner
    let middle = FaceShape.sum(shapes.map { (1 / Double(shapes.count), $0) })
    triangulation = Triangulation(of: WarpField.points(of: middle, on: canvas))
  }

  /// The detail of one of the job's photos.
  func source(ofPhoto number: Int, as layout: PlaneLayout) async throws -> DetailSource {
    try await sources.value(for: SourceKey(photo: number, layout: layout)) {
      let photo = photos[number]
      guard let face = photo.face, let shape = photo.shape else { preconditionFailure("a photo with a face") }
      let views = try aligner.views(of: inputs.photo(photo.reference), face: face, on: canvas)
      return DetailSource(
        photo: views.photo, preview: views.preview, reconstruction: photo.reconstruction, shape: shape,
        on: canvas, as: layout)
    }
  }
}
