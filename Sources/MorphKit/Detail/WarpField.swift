internal import Planes

/// How faces of several shapes are brought to one shape: a displacement for each of them, all over a canvas.
///
/// Inside the triangles between the points of a face the displacement is straight; a circle far around the face stands
/// still, so the ring between moves less with distance.
struct WarpField: Sendable {
  /// From a place of the result to the same place of each source, in pixels of the result.
  var across: [Lattice]
  var down: [Lattice]

  /// How many points of the circle stand still, and its radius in sides of the crop.
  private static let circleCount = 28
  private static let circleRadius = 1.0

  /// The points that are triangulated: those of a shape, and the circle's.
  static func points(of shape: FaceShape, on canvas: DetailCanvas) -> [Point] {
    let center = Point(x: Double(canvas.cropWidth) / 2, y: Double(canvas.cropHeight) / 2)
    let circle = (0..<circleCount).map { number in
      let turn = Similarity(turning: Double(number) / Double(circleCount) * 2 * .pi)
      let spoke = turn(Point(x: circleRadius, y: 0))
      return Point(
        x: center.x + spoke.x * Double(canvas.cropWidth), y: center.y + spoke.y * Double(canvas.cropHeight))
    }
    return (shape.points + circle).map(canvas.inResult)
  }

  /// `triangulation` is of `points(of:on:)` of the target or of a shape near it.
  init(
    from sources: [FaceShape], to target: FaceShape, triangulation: Triangulation, on canvas: DetailCanvas
  ) {
    let targetPoints = WarpField.points(of: target, on: canvas)
    let shifts = sources.map { source in
      zip(WarpField.points(of: source, on: canvas), targetPoints).map {
        SIMD2(Float($0.x - $1.x), Float($0.y - $1.y))
      }
    }
    let places = targetPoints.map { SIMD2(Float($0.x), Float($0.y)) }
    let spacing = Lattice.spacing(over: canvas.width, canvas.height)
    let empty = Lattice(over: canvas.width, canvas.height, spacing: spacing)
    across = sources.map { _ in empty }
    down = sources.map { _ in empty }
    let step = Float(spacing)
    for (a, b, c) in triangulation.triangles {
      let (p, q, r) = (places[a], places[b], places[c])
      let (u, v) = (q - p, r - p)
      let doubled = u.x * v.y - u.y * v.x
      // A triangle that has turned over in the target lies behind others.
      guard doubled > 1e-6 else { continue }
      let low = pointwiseMin(pointwiseMin(p, q), r) / step
      let high = pointwiseMax(pointwiseMax(p, q), r) / step
      let (left, right) = (
        max(Int(low.x.rounded(.up)), 0), min(Int(high.x.rounded(.down)), empty.columns - 1)
      )
      let (top, bottom) = (max(Int(low.y.rounded(.up)), 0), min(Int(high.y.rounded(.down)), empty.rows - 1))
      for row in stride(from: top, through: bottom, by: 1) {
        for column in stride(from: left, through: right, by: 1) {
          let place = SIMD2(Float(column) * step, Float(row) * step) - p
          let beta = (place.x * v.y - place.y * v.x) / doubled
          let gamma = (u.x * place.y - u.y * place.x) / doubled
          guard beta >= -1e-4, gamma >= -1e-4, beta + gamma <= 1.0001 else { continue }
          let index = row * empty.columns + column
          for (number, shift) in shifts.enumerated() {
            let sum = shift[a] * (1 - beta - gamma) + shift[b] * beta + shift[c] * gamma
            across[number].values[index] = sum.x
            down[number].values[index] = sum.y
          }
        }
      }
    }
    for number in sources.indices {
      across[number].soften()
      down[number].soften()
    }
  }
}
