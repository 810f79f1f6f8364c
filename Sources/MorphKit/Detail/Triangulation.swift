/// Triangles between points of the plane, none of whose circles has another point in it (Delaunay).
struct Triangulation: Sendable {
  /// Numbers of points, three for each triangle.
  let triangles: [(Int, Int, Int)]

  /// Connects points, which may lie anywhere.
  ///
  /// They are added one after the other (Bowyer 1981, Watson 1981): the triangles in whose circles it lies make way for
  /// triangles between it and the border of the hole. A point where another one is already gets no triangle.
  init(of points: [Point]) {
    guard points.count >= 3 else {
      triangles = []
      return
    }
    let box = Rectangle.around(points)
    let reach = max(box.width, box.height, 1) * 1000
    // A triangle around all points, whose corners are left out again at the end.
    let corners = [
      Point(x: box.center.x - reach, y: box.center.y - reach),
      Point(x: box.center.x + reach, y: box.center.y - reach),
      Point(x: box.center.x, y: box.center.y + reach),
    ]
    let all = points + corners
    var found = [Circle(points.count, points.count + 1, points.count + 2, all)]
    for index in points.indices {
      let point = points[index]
      let broken = found.indices.filter { found[$0].holds(point) }
      let isTaken = broken.contains { number in
        found[number].corners.contains { all[$0].distance(to: point) < 1e-9 }
      }
      guard !isTaken else { continue }
      var border: [(Int, Int)] = []
      for number in broken.reversed() {
        let corners = found[number].corners
        for (start, end) in zip(corners, corners[1...] + corners[...0]) {
          // An edge of two triangles that make way is none of the border.
          if let other = border.firstIndex(where: { $0 == (end, start) }) {
            border.swapAt(other, border.count - 1)
            border.removeLast()
          } else {
            border.append((start, end))
          }
        }
        found.swapAt(number, found.count - 1)
        found.removeLast()
      }
      for edge in border {
        found.append(Circle(edge.0, edge.1, index, all))
      }
    }
    triangles = found.map { ($0.corners[0], $0.corners[1], $0.corners[2]) }
      .filter { max($0.0, $0.1, $0.2) < points.count }
  }

  /// A triangle, turning clockwise as seen, and the circle through its corners.
  private struct Circle {
    let corners: [Int]
    let x: Double
    let y: Double
    let squaredRadius: Double

    init(_ a: Int, _ b: Int, _ c: Int, _ points: [Point]) {
      let (p, q, r) = (points[a], points[b], points[c])
      let (ux, uy) = (q.x - p.x, q.y - p.y)
      let (vx, vy) = (r.x - p.x, r.y - p.y)
      let doubled = 2 * (ux * vy - uy * vx)
      corners = doubled >= 0 ? [a, b, c] : [a, c, b]
      guard doubled != 0 else {
        // Three points of one line: any other point makes it go.
        (x, y, squaredRadius) = (p.x, p.y, .infinity)
        return
      }
      let (u2, v2) = (ux * ux + uy * uy, vx * vx + vy * vy)
      let (dx, dy) = ((vy * u2 - uy * v2) / doubled, (ux * v2 - vx * u2) / doubled)
      (x, y) = (p.x + dx, p.y + dy)
      squaredRadius = dx * dx + dy * dy
    }

    func holds(_ point: Point) -> Bool {
      let (x, y) = (point.x - x, point.y - y)
      return x * x + y * y < squaredRadius
    }
  }
}
