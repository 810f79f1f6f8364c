internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Natural order` {
  @Test func `counts numbers, and keeps a folder together`() {
    let sorted = [
      "1.jpg", "2.jpg", "02.jpg", "10.jpg", "a/1.jpg", "a/b/3.jpg", "a-1.jpg", "a1.jpg", "a01b2.jpg",
      "a1b10.jpg",
      "ab.jpg", "b.jpg", "ä2.jpg", "ä10.jpg",
    ]
    var random = SeededRandom(seed: 1)
    for _ in 0..<20 {
      #expect(
        sorted.shuffled(using: &random).sorted(by: comesBefore) == ["1.jpg", "02.jpg", "2.jpg"] + sorted[3...]
      )
    }
  }

  @Test func `numbers of any length are compared`() {
    let long = String(repeating: "9", count: 400)
    #expect(comesBefore("x" + long, "x1" + long))
    #expect(!comesBefore("x1" + long, "x" + long))
  }

  @Test func `is an order: any three names agree`() {
    let pieces = ["0", "1", "9", "10", "007", "a", "b", "-", "/", ".", " ", "é"]
    var random = SeededRandom(seed: 2)
    func name() -> String {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
    }
    for _ in 0..<20_000 {
      let (a, b, c) = (name(), name(), name())
      #expect(!comesBefore(a, a))
      #expect(a == b || comesBefore(a, b) != comesBefore(b, a))
      if comesBefore(a, b), comesBefore(b, c) {
        #expect(comesBefore(a, c))
      }
    }
  }
}
