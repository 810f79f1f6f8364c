internal import Testing

@testable import MorphKit

struct `Face detector's arithmetic` {
  @Test func `the short-range file has 896 anchors`() {
    let anchors = DetectorFormat.shortRange.anchors
    #expect(anchors.count == 896)
    #expect(anchors[0] == Point(x: 4, y: 4))
    #expect(anchors[1] == Point(x: 4, y: 4))
    #expect(anchors[2] == Point(x: 12, y: 4))
    #expect(anchors[511] == Point(x: 124, y: 124))
    #expect(anchors[512] == Point(x: 8, y: 8))
    #expect(anchors[895] == Point(x: 120, y: 120))
  }

  @Test func `the full-range file has 2304 anchors`() {
    let anchors = DetectorFormat.fullRange.anchors
    #expect(anchors.count == 2304)
    #expect(anchors[0] == Point(x: 2, y: 2))
    #expect(anchors[1] == Point(x: 6, y: 2))
    #expect(anchors[2303] == Point(x: 190, y: 190))
  }

  @Test func `numbers count from their anchor, and low scores are left out`() {
    let box: [Float] = [3, -1, 20, 30]
    let points: [Float] = [-4, -5, 6, -5, 0, 0, 0, 0, 0, 0, 0, 0]
    let found = Detection.decoded(
      logits: [-200, 2], numbers: box + points + box + points,
      anchors: [Point(x: 0, y: 0), Point(x: 50, y: 60)], threshold: 0.5)
    #expect(found.count == 1)
    #expect(found[0].box == Rectangle(x: 43, y: 44, width: 20, height: 30))
    #expect(found[0].leftEye == Point(x: 46, y: 55))
    #expect(found[0].rightEye == Point(x: 56, y: 55))
    #expect(abs(found[0].score - 0.880797) < 1e-6)
  }

  @Test func `boxes that overlap become their weighted mean with the best score`() {
    let merged = Detection.merged([
      detection(score: 0.6, x: 110), detection(score: 0.9, x: 100), detection(score: 0.7, x: 400),
    ])
    #expect(merged.map(\.score) == [0.9, 0.7])
    #expect(abs(merged[0].box.x - 104) < 1e-9)
    #expect(abs(merged[0].leftEye.x - 114) < 1e-9)
    #expect(abs(merged[1].box.x - 400) < 1e-9)
  }

  @Test func `overlap is the share of what either covers`() {
    let box = Rectangle(x: 0, y: 0, width: 10, height: 10)
    #expect(box.overlap(with: box) == 1)
    #expect(box.overlap(with: Rectangle(x: 5, y: 0, width: 10, height: 10)) == 1.0 / 3)
    #expect(box.overlap(with: Rectangle(x: 10, y: 0, width: 10, height: 10)) == 0)
  }

  private func detection(score: Double, x: Double) -> Detection {
    Detection(
      score: score, box: Rectangle(x: x, y: 50, width: 100, height: 100), leftEye: Point(x: x + 10, y: 70),
      rightEye: Point(x: x + 60, y: 70))
  }
}
