internal import Foundation

/// A turn, one scale and a shift of the plane: (x, y) becomes (a x − b y + shift.x, b x + a y + shift.y).
struct Similarity: Equatable, Sendable {
  var a: Double
  var b: Double
  var shift: Point

  init(a: Double, b: Double, shift: Point) {
    self.a = a
    self.b = b
    self.shift = shift
  }

  /// A turn about the origin by `angle` radians, clockwise as seen, and a scaling.
  init(turning angle: Double, scale: Double = 1) {
    self.init(a: cos(angle) * scale, b: sin(angle) * scale, shift: Point(x: 0, y: 0))
  }

  func callAsFunction(_ point: Point) -> Point {
    Point(x: a * point.x - b * point.y + shift.x, y: b * point.x + a * point.y + shift.y)
  }

  var scale: Double { (a * a + b * b).squareRoot() }

  var inverse: Similarity {
    let square = a * a + b * b
    precondition(square > 0, "a similarity of scale 0 has no inverse")
    let turned = Similarity(a: a / square, b: -b / square, shift: Point(x: 0, y: 0))
    let shift = turned(self.shift)
    return Similarity(a: turned.a, b: turned.b, shift: Point(x: -shift.x, y: -shift.y))
  }
}

extension Similarity {
  /// The similarity that brings `source` nearest to `target`, in the mean of the squared distances.
  ///
  /// Without mirroring, the plane's case of S. Umeyama, "Least-squares estimation of transformation parameters
  /// between two point patterns", IEEE PAMI 13 (4), 1991, has a closed form: with both sets of points moved to
  /// their centres, a is the sum of their dot products and b the sum of their cross products, each over the
  /// sum of the squared lengths of `source`. At least two points of `source` must differ.
  init(from source: [Point], to target: [Point]) {
    precondition(source.count == target.count && source.count >= 2, "a similarity needs pairs of points")
    let (sourceCenter, targetCenter) = (Point.mean(source), Point.mean(target))
    var (dot, cross, square) = (0.0, 0.0, 0.0)
    for (from, to) in zip(source, target) {
      let (x, y) = (from.x - sourceCenter.x, from.y - sourceCenter.y)
      let (u, v) = (to.x - targetCenter.x, to.y - targetCenter.y)
      dot += x * u + y * v
      cross += x * v - y * u
      square += x * x + y * y
    }
    precondition(square > 0, "a similarity needs points that differ")
    let centered = Similarity(a: dot / square, b: cross / square, shift: Point(x: 0, y: 0))
    let center = centered(sourceCenter)
    self.init(
      a: centered.a, b: centered.b, shift: Point(x: targetCenter.x - center.x, y: targetCenter.y - center.y))
  }
}
