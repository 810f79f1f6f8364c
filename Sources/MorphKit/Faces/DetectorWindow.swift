/// A detector's square input, laid over a scaled picture.
struct DetectorWindow: Equatable, Sendable {
  /// The square's top left corner in the scaled picture; negative where the square is larger and centred.
  let x: Int
  let y: Int

  /// Picture pixels in one pixel of the scaled picture, across and down.
  let horizontalScale: Double
  let verticalScale: Double

  /// Where a place in the square is in the picture.
  func inPicture(_ point: Point) -> Point {
    Point(x: (point.x + Double(x)) * horizontalScale, y: (point.y + Double(y)) * verticalScale)
  }

  /// Where a place in the picture is in the square.
  func inWindow(_ point: Point) -> Point {
    Point(x: point.x / horizontalScale - Double(x), y: point.y / verticalScale - Double(y))
  }
}

/// A picture's size for a detector, and the squares that cover it.
struct DetectorWindows: Equatable, Sendable {
  /// Size to which the picture must be scaled.
  let width: Int
  let height: Int

  /// Row by row; each overlaps its neighbours by half at least, so that a small face is whole in one of them.
  let windows: [DetectorWindow]

  /// Squares of `side` pixels over a picture whose longer side is scaled to `magnification` × `side`.
  ///
  /// With a magnification of 1 or less one square holds the whole picture.
  init(pictureWidth: Int, pictureHeight: Int, side: Int, magnification: Double) {
    let scale = Double(side) * magnification / Double(max(pictureWidth, pictureHeight))
    let width = max(1, Int((Double(pictureWidth) * scale).rounded()))
    let height = max(1, Int((Double(pictureHeight) * scale).rounded()))
    self.width = width
    self.height = height
    windows = Self.starts(along: height, side: side).flatMap { y in
      Self.starts(along: width, side: side).map { x in
        DetectorWindow(
          x: x, y: y, horizontalScale: Double(pictureWidth) / Double(width),
          verticalScale: Double(pictureHeight) / Double(height))
      }
    }
  }

  private static func starts(along length: Int, side: Int) -> [Int] {
    guard length > side else { return [-((side - length) / 2)] }
    let steps = (length - side + side / 2 - 1) / (side / 2)
    return (0...steps).map { (length - side) * $0 / steps }
  }
}
