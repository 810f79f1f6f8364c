/// A square in a picture, turned so that the eyes of a face lie level in it.
struct FaceRegion: Equatable, Sendable {
  let center: Point

  /// In pixels of the picture.
  let side: Double

  /// The direction from the left eye to the right one, in radians; clockwise as seen.
  let angle: Double

  /// By how much the square is larger than the face.
  private static let growth = 1.5

  init(around detection: Detection) {
    center = detection.box.center
    side = max(detection.box.width, detection.box.height) * Self.growth
    angle = detection.leftEye.angle(to: detection.rightEye)
  }

  init(around points: [Point], landmarks: FaceLandmarks) {
    angle = landmarks.leftEye.angle(to: landmarks.rightEye)
    let turn = Similarity(turning: angle)
    let box = Rectangle.around(points.map(turn.inverse.callAsFunction))
    center = turn(box.center)
    side = max(box.width, box.height) * Self.growth
  }

  /// From a square picture of `size` × `size` pixels to the photo.
  func toPhoto(fromSquareOf size: Int) -> Similarity {
    let turned = Similarity(turning: angle, scale: side / Double(size))
    let middle = turned(Point(x: Double(size) / 2, y: Double(size) / 2))
    return Similarity(
      a: turned.a, b: turned.b, shift: Point(x: center.x - middle.x, y: center.y - middle.y))
  }
}
