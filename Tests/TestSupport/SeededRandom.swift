/// The same random numbers in every run of a test.
///
/// SplitMix64 (Steele, Lea & Flood 2014).
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  /// `bytes` with one to four changes: a byte flipped, replaced, removed, doubled, or the end cut off.
  package mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
      let index = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<10, using: &self) {
      case 0...3: bytes[index] ^= 1 << UInt8.random(in: 0...7, using: &self)
      case 4...6: bytes[index] = .random(in: 0...255, using: &self)
      case 7: bytes.remove(at: index)
      case 8: bytes.insert(bytes[index], at: index)
      default: bytes.removeSubrange(index...)
      }
    }
    return bytes
  }
}
