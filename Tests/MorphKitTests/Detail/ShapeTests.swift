internal import Planes
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A triangulation` {
  private func points(_ count: Int, seed: UInt64) -> [Point] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in
      Point(x: .random(in: 0...100, using: &random), y: .random(in: 0...100, using: &random))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `has no point inside the circle of a triangle`(seed: UInt64) {
    let points = points(120, seed: seed)
    let triangles = Triangulation(of: points).triangles
    #expect(triangles.count > 120)
    for (a, b, c) in triangles {
      let inside = points.indices.contains { index in
        index != a && index != b && index != c && isInCircle(points[index], points[a], points[b], points[c])
      }
      #expect(!inside)
    }
  }

  @Test func `covers what lies between its points once`() {
    let frame = [(0, 0), (100, 0), (0, 100), (100, 100)].map { Point(x: $0.0, y: $0.1) }
    let points = points(80, seed: 9) + frame
    let area = Triangulation(of: points).triangles.reduce(0) { sum, triangle in
      let (p, q, r) = (points[triangle.0], points[triangle.1], points[triangle.2])
      let doubled = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
      #expect(doubled >= 0)
      return sum + doubled / 2
    }
    #expect(abs(area - 10_000) < 1)
  }

  @Test func `of a point twice, or of points on a line, does not fail`() {
    let twice = points(10, seed: 4) + points(10, seed: 4)
    #expect(Triangulation(of: twice).triangles.allSatisfy { max($0.0, $0.1, $0.2) < 10 })
    #expect(Triangulation(of: (0..<5).map { Point(x: Double($0), y: 0) }).triangles.isEmpty)
    #expect(Triangulation(of: []).triangles.isEmpty)
  }

  /// By the determinant of Guibas and Stolfi (1985), with some room for rounding.
  private func isInCircle(_ point: Point, _ a: Point, _ b: Point, _ c: Point) -> Bool {
    let rows = [a, b, c].map { (x: $0.x - point.x, y: $0.y - point.y) }
    let squares = rows.map { $0.x * $0.x + $0.y * $0.y }
    let determinant =
      rows[0].x * (rows[1].y * squares[2] - rows[2].y * squares[1])
      - rows[0].y * (rows[1].x * squares[2] - rows[2].x * squares[1])
      + squares[0] * (rows[1].x * rows[2].y - rows[2].x * rows[1].y)
    return determinant > 1e-3
  }
}

/// A face whose points lie on rings, so that every point has a place of its own.
func ringFace(centerX: Double = 64, centerY: Double = 64, scale: Double = 1) -> FaceShape {
  FaceShape(
    points: (0..<FaceShape.pointCount).map { number in
      let radius = (4 + 36 * Double(number) / 468) * scale
      let turn = Similarity(turning: Double(number) * 2.399963)
      let spoke = turn(Point(x: radius, y: 0))
      return Point(x: centerX + spoke.x, y: centerY + spoke.y)
    })
}

struct `A warp field` {
  private let canvas = DetailCanvas(crop: (128, 128), margins: (0, 0), width: 256, height: 256)

  @Test func `of a shape to itself is none`() {
    let shape = ringFace()
    let field = WarpField(
      from: [shape], to: shape, triangulation: Triangulation(of: WarpField.points(of: shape, on: canvas)),
      on: canvas)
    #expect(field.across[0].values.allSatisfy { abs($0) < 1e-4 })
    #expect(field.down[0].values.allSatisfy { abs($0) < 1e-4 })
  }

  @Test func `leads from the target's points to the source's, less with distance, and is smooth`() {
    let (source, target) = (ringFace(centerX: 60), ringFace(centerX: 66, centerY: 62))
    let field = WarpField(
      from: [source], to: target,
      triangulation: Triangulation(of: WarpField.points(of: target, on: canvas)), on: canvas)
    // Six pixels to the left and two down in the model's picture are twelve and four in the result.
    let middle = canvas.inResult(Point(x: 66, y: 62))
    #expect(abs(field.across[0].value(x: Float(middle.x), y: Float(middle.y)) + 12) < 0.2)
    #expect(abs(field.down[0].value(x: Float(middle.x), y: Float(middle.y)) - 4) < 0.2)
    let corner = abs(field.across[0].value(x: 2, y: 2))
    #expect(corner > 0 && corner < 8)
    // No fold: no step from node to node turns the order of places round.
    for row in 0..<field.across[0].rows {
      for column in 1..<field.across[0].columns {
        let index = row * field.across[0].columns + column
        #expect(field.across[0].values[index] - field.across[0].values[index - 1] > -4)
      }
    }
  }
}

struct `Detail between keyframes` {
  private let first = DetailMix(shape: ringFace(), parts: [.init(photo: 0, weight: 1)])
  private let second = DetailMix(shape: ringFace(centerX: 70), parts: [.init(photo: 1, weight: 1)])

  @Test(arguments: [0, 0.25, 1, -0.5, 1.5])
  func `has the fraction's weights from 0 to 1, and shapes beyond`(fraction: Double) throws {
    let mix = try #require(DetailMix.between(first, second, fraction: fraction))
    let share = min(max(fraction, 0), 1)
    #expect(mix.parts.reduce(0) { $0 + $1.weight } == 1)
    #expect((mix.parts.first { $0.photo == 1 }?.weight ?? 0) == share)
    #expect(abs(mix.shape.points[0].x - (first.shape.points[0].x + 6 * fraction)) < 1e-9)
  }

  @Test func `of one photo twice is that photo's`() throws {
    let mix = try #require(DetailMix.between(first, first, fraction: 0.3))
    #expect(mix.parts == [.init(photo: 0, weight: 1)])
  }

  @Test func `fades towards a keyframe without a photo or without a face`() throws {
    let seed = DetailMix(shape: ringFace(centerX: 70), parts: [])
    #expect(DetailMix.between(first, seed, fraction: 0.25)?.parts == [.init(photo: 0, weight: 0.75)])
    #expect(DetailMix.between(first, nil, fraction: 0.25)?.parts == [.init(photo: 0, weight: 0.75)])
    #expect(DetailMix.between(nil, nil, fraction: 0.25)?.parts == nil)
  }
}
