internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Eases` {
  @Test func `are NumPy's values of their formulas`() throws {
    let values = try TimingValues.read().eases
    #expect(values.keys.sorted() == Ease.allCases.map(\.rawValue).sorted())
    for ease in Ease.allCases {
      let expected = try #require(values[ease.rawValue])
      for (number, value) in expected.enumerated() {
        #expect(abs(ease.progress(at: Double(number) / 40) - value) < 1e-12, "\(ease) at \(number)")
      }
    }
  }

  @Test(arguments: Ease.allCases)
  func `begin and end exactly on the keyframes`(ease: Ease) {
    #expect(ease.progress(at: 0) == 0)
    #expect(ease.progress(at: 1) == 1)
  }

  @Test(arguments: ["quad", "cubic", "sine", "back", "bounce"])
  func `in and out are each other's mirror, and in-out is its own`(name: String) throws {
    let (first, second, both) = (
      try #require(Ease(rawValue: name + "-in")), try #require(Ease(rawValue: name + "-out")),
      try #require(Ease(rawValue: name + "-in-out"))
    )
    var random = SeededRandom(seed: 4)
    for _ in 0..<200 {
      let time = Double.random(in: 0...1, using: &random)
      #expect(abs(first.progress(at: time) + second.progress(at: 1 - time) - 1) < 1e-12)
      #expect(abs(both.progress(at: time) + both.progress(at: 1 - time) - 1) < 1e-12)
    }
  }

  @Test func `only back leaves the way between the keyframes, by a tenth`() {
    for ease in Ease.allCases {
      let values = (0...10_000).map { ease.progress(at: Double($0) / 10_000) }
      let (least, most) = (values.min() ?? 0, values.max() ?? 0)
      switch ease {
      case .backIn: #expect(abs(least + 0.1) < 1e-3 && most == 1)
      case .backOut: #expect(least == 0 && abs(most - 1.1) < 1e-3)
      case .backInOut: #expect(abs(least + 0.1) < 1e-3 && abs(most - 1.1) < 1e-3)
      default: #expect(least == 0 && most == 1)
      }
    }
  }
}
