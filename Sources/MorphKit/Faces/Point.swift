internal import Foundation

/// A place in a picture, in pixels from its top left corner; the first pixel's centre is (0.5, 0.5).
struct Point: Equatable, Sendable {
  var x: Double
  var y: Double

  func distance(to other: Point) -> Double {
    ((other.x - x) * (other.x - x) + (other.y - y) * (other.y - y)).squareRoot()
  }

  /// The direction from here to `other`: 0 is to the right, a quarter turn is down; −π to π.
  func angle(to other: Point) -> Double {
    atan2(other.y - y, other.x - x)
  }

  /// The mean of `points`, of which there must be one at least.
  static func mean(_ points: [Point]) -> Point {
    precondition(!points.isEmpty, "a mean needs points")
    let count = Double(points.count)
    return Point(
      x: points.reduce(0) { $0 + $1.x } / count,
      y: points.reduce(0) { $0 + $1.y } / count)
  }
}
