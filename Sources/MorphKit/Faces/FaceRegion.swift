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

  /// Where the face lies in an aligned picture.
  ///
  /// A face reaches about three times as far as its mouth lies below its eyes, and its middle is a third of the way
  /// down to the mouth.
  init(of crop: FaceCrop, width: Double, height: Double) {
    let eyes = Point.mean([crop.leftEye, crop.rightEye])
    let down = (crop.mouth.y - eyes.y) * height
    center = Point(x: (eyes.x + 0.3 * (crop.mouth.x - eyes.x)) * width, y: eyes.y * height + 0.3 * down)
    side = 3.5 * down
    angle = 0
  }

  /// From a square picture of `size` × `size` pixels to the photo.
  func toPhoto(fromSquareOf size: Int) -> Similarity {
    let turned = Similarity(turning: angle, scale: side / Double(size))
    let middle = turned(Point(x: Double(size) / 2, y: Double(size) / 2))
    return Similarity(
      a: turned.a, b: turned.b, shift: Point(x: center.x - middle.x, y: center.y - middle.y))
  }
}
