internal import PhotoFiles

/// Where eyes and mouth lie in a model's pictures.
struct FaceCrop: Equatable, Sendable {
  /// Positions as fractions of the region's width and height; left and right are as seen.
  var leftEye: Point
  var rightEye: Point
  var mouth: Point

  /// Width / height of the region, before it is scaled to the model's size.
  var aspect: Double = 1

  /// The crop of a region `margin` times as wide and high, about the same centre.
  func withMargin(_ margin: Double) -> FaceCrop {
    func moved(_ point: Point) -> Point {
      Point(x: 0.5 + (point.x - 0.5) / margin, y: 0.5 + (point.y - 0.5) / margin)
    }
    return FaceCrop(
      leftEye: moved(leftEye), rightEye: moved(rightEye), mouth: moved(mouth), aspect: aspect)
  }

  /// From a model's picture of `width` × `height` pixels to the photo with `landmarks`.
  ///
  /// The similarity that brings eyes and mouth nearest to the crop's gives the region in the photo; the region
  /// is then scaled to the picture, across and down by different factors when their proportions differ.
  func transform(from landmarks: FaceLandmarks, width: Int, height: Int) -> PixelTransform {
    // A region of height 1.
    let targets = [leftEye, rightEye, mouth].map { Point(x: $0.x * aspect, y: $0.y) }
    let toPhoto = Similarity(from: landmarks.points, to: targets).inverse
    let (across, down) = (aspect / Double(width), 1 / Double(height))
    return PixelTransform(
      a: toPhoto.a * across, b: -toPhoto.b * down, c: toPhoto.b * across, d: toPhoto.a * down,
      tx: toPhoto.shift.x, ty: toPhoto.shift.y)
  }
}

extension PixelTransform {
  init(_ similarity: Similarity) {
    self.init(
      a: similarity.a, b: -similarity.b, c: similarity.b, d: similarity.a, tx: similarity.shift.x,
      ty: similarity.shift.y)
  }
}
