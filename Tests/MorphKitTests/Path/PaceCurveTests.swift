internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Pace of a transition` {
  @Test func `is NumPy's interpolation of what was measured`() throws {
    let values = try TimingValues.read().pace
    let curve = PaceCurve(steps: values.steps)
    for (share, fraction) in zip(values.shares, values.fractions) {
      #expect(abs(curve.fraction(at: share) - fraction) < 1e-12)
    }
    #expect(abs(PaceCurve.unevenness(of: values.steps) - values.unevenness) < 1e-12)
  }

  @Test func `never goes back and meets both ends, whatever was measured`() {
    var random = SeededRandom(seed: 9)
    for _ in 0..<300 {
      let steps = (0..<16).map { _ in
        Bool.random(using: &random) ? 0 : Double.random(in: 0...1, using: &random)
      }
      let curve = PaceCurve(steps: steps)
      let fractions = (0...200).map { curve.fraction(at: Double($0) / 200) }
      #expect(fractions.first == 0 && fractions.last == 1)
      #expect(zip(fractions, fractions.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(PaceCurve(steps: [0, 0]).fraction(at: 0.3) == 0.3)
  }

  @Test func `frames are shared out in proportion, all of them, one at least`() {
    func shared(_ frames: Int, _ totals: [Double]) -> [Int] {
      PaceCurve.lengths(sharing: frames, over: totals.map { PaceCurve(steps: [$0]) })
    }
    #expect(shared(10, [1, 4]) == [2, 8])
    #expect(shared(3, [0, 1, 0]) == [1, 1, 1])
    #expect(shared(10, [0, 1, 0]) == [1, 8, 1])
    #expect(shared(7, [0, 0]) == [3, 4])
    var random = SeededRandom(seed: 10)
    for _ in 0..<300 {
      let totals = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        Double.random(in: 0...1, using: &random)
      }
      let frames = Int.random(in: totals.count...300, using: &random)
      let lengths = shared(frames, totals)
      #expect(lengths.reduce(0, +) == frames && lengths.allSatisfy { $0 >= 1 })
      for (length, total) in zip(lengths, totals) where length > 1 {
        #expect(abs(Double(length) - Double(frames) * total / totals.reduce(0, +)) < Double(totals.count))
      }
    }
  }
}
