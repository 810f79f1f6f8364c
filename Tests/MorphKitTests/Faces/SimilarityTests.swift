internal import Foundation
internal import Testing

@testable import MorphKit

struct `Best similarity` {
  @Test(arguments: [(0.0, 1.0), (0.7, 0.31), (-2.9, 12), (.pi, 0.002)])
  func `a known turn, scale and shift is recovered`(angle: Double, scale: Double) {
    let turned = Similarity(turning: angle, scale: scale)
    let known = Similarity(a: turned.a, b: turned.b, shift: Point(x: 812.25, y: -77.5))
    let source = [Point(x: 30, y: 41), Point(x: 71, y: 40), Point(x: 52, y: 93)]
    let found = Similarity(from: source, to: source.map { known($0) })
    #expect(abs(found.a - known.a) < 1e-9)
    #expect(abs(found.b - known.b) < 1e-9)
    #expect(found.shift.distance(to: known.shift) < 1e-9)
    for point in source {
      #expect(found.inverse(found(point)).distance(to: point) < 1e-9)
    }
  }

  @Test func `no small change of the best similarity brings the points nearer`() {
    let source = [Point(x: 0, y: 0), Point(x: 10, y: 1), Point(x: 4, y: 12)]
    let target = [Point(x: 5, y: 5), Point(x: 24, y: 9), Point(x: 10, y: 31)]
    func squares(_ similarity: Similarity) -> Double {
      zip(source, target).reduce(0) { sum, pair in
        let distance = similarity(pair.0).distance(to: pair.1)
        return sum + distance * distance
      }
    }
    let best = Similarity(from: source, to: target)
    for step in [-1e-3, 1e-3] {
      for change in [\Similarity.a, \.b, \.shift.x, \.shift.y] {
        var other = best
        other[keyPath: change] += step
        #expect(squares(other) > squares(best))
      }
    }
  }

  @Test func `it never mirrors`() {
    let source = [Point(x: 0, y: 0), Point(x: 10, y: 0), Point(x: 5, y: 8)]
    let mirrored = source.map { Point(x: -$0.x, y: $0.y) }
    let best = Similarity(from: source, to: mirrored)
    #expect(best.a * best.a + best.b * best.b > 0)
    #expect(best(source[0]).distance(to: mirrored[0]) > 1)
  }
}
