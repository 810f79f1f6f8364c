/// One face in a picture.
struct Face: Equatable, Sendable {
  /// The rectangle around forehead, ears' roots and chin, in pixels of the picture.
  var box: Rectangle

  var landmarks: FaceLandmarks

  /// FaceMesh's points, in pixels of the picture.
  var points: [Point]

  var pose: FacePose

  /// How sure the detector is, 0.5 to 1.
  var score: Double
}

/// The three points that a face is aligned by, in pixels; left and right are as seen in the picture.
struct FaceLandmarks: Equatable, Sendable {
  var leftEye: Point
  var rightEye: Point
  var mouth: Point

  var points: [Point] { [leftEye, rightEye, mouth] }
}
