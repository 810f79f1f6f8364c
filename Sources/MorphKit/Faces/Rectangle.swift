/// An upright rectangle in a picture, in pixels; it may stand out over the picture's edges.
struct Rectangle: Equatable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var center: Point { Point(x: x + width / 2, y: y + height / 2) }
  var area: Double { width * height }

  /// What both cover, as a share of what either covers: 0 apart, 1 equal.
  func overlap(with other: Rectangle) -> Double {
    let sharedWidth = min(x + width, other.x + other.width) - max(x, other.x)
    let sharedHeight = min(y + height, other.y + other.height) - max(y, other.y)
    guard sharedWidth > 0, sharedHeight > 0 else { return 0 }
    let shared = sharedWidth * sharedHeight
    return shared / (area + other.area - shared)
  }

  /// The smallest rectangle around `points`, of which there must be one at least.
  static func around(_ points: [Point]) -> Rectangle {
    guard var left = points.first?.x, var top = points.first?.y else {
      preconditionFailure("a rectangle needs points")
    }
    var (right, bottom) = (left, top)
    for point in points {
      (left, right) = (min(left, point.x), max(right, point.x))
      (top, bottom) = (min(top, point.y), max(bottom, point.y))
    }
    return Rectangle(x: left, y: top, width: right - left, height: bottom - top)
  }
}
