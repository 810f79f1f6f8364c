/// MT19937 (Matsumoto & Nishimura 1998), which NumPy and PyTorch both take their random bits from.
struct MersenneTwister {
  private var state: [UInt32]
  private var position: Int

  /// Starts as `init_genrand` of its authors does.
  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(624)
    for index in 1..<624 {
      let previous = state[index - 1]
      state.append(1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(index))
    }
    position = 624
  }

  mutating func next() -> UInt32 {
    if position == 624 {
      twist()
    }
    var word = state[position]
    position += 1
    word ^= word >> 11
    word ^= word << 7 & 0x9D2C_5680
    word ^= word << 15 & 0xEFC6_0000
    word ^= word >> 18
    return word
  }

  private mutating func twist() {
    for index in 0..<624 {
      let joined = state[index] & 0x8000_0000 | state[(index + 1) % 624] & 0x7FFF_FFFF
      let odd: UInt32 = joined & 1 == 0 ? 0 : 0x9908_B0DF
      state[index] = state[(index + 397) % 624] ^ joined >> 1 ^ odd
    }
    position = 0
  }
}
