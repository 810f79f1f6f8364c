/// Where the 468 points of FaceMesh lie on a face, in pixels of the model's picture.
///
/// A shape is a point of a linear space, as a latent is: shapes are mixed and added point by point.
struct FaceShape: Equatable, Sendable {
  var points: [Point]

  static let pointCount = 468

  /// The face's outline, around the forehead and the chin.
  static let oval = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150,
    136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ]

  /// What shows only when it is open: the inner edge of the lips, and the lids of the left and the right eye.
  static let openings = [
    [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95],
    [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7],
    [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382],
  ]

  func outline(_ indices: [Int]) -> [Point] { indices.map { points[$0] } }

  /// Σ factor × shape.
  static func sum(_ terms: [(factor: Double, shape: FaceShape)]) -> FaceShape {
    var points = Array(repeating: Point(x: 0, y: 0), count: pointCount)
    for (factor, shape) in terms {
      for index in points.indices {
        points[index].x += factor * shape.points[index].x
        points[index].y += factor * shape.points[index].y
      }
    }
    return FaceShape(points: points)
  }

  /// The shape `fraction` of the way from `start` to `end`; both ends are exact.
  static func between(_ start: FaceShape, _ end: FaceShape, fraction: Double) -> FaceShape {
    if fraction == 0 { return start }
    return fraction == 1 ? end : .sum([(1 - fraction, start), (fraction, end)])
  }

  /// How far each of `openings` is open: its area over the square of its width.
  var degreesOfOpening: [Double] {
    FaceShape.openings.map { opening in
      let outline = outline(opening)
      let box = Rectangle.around(outline)
      let width = max(box.width, box.height)
      return width > 0 ? abs(area(of: outline)) / (width * width) : 0
    }
  }
}

/// The area inside a closed line; negative where it turns the other way round.
private func area(of outline: [Point]) -> Double {
  var sum = 0.0
  for (index, point) in outline.enumerated() {
    let next = outline[(index + 1) % outline.count]
    sum += point.x * next.y - next.x * point.y
  }
  return sum / 2
}
