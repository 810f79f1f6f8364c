internal import Glibc

/// The random numbers of NumPy's `RandomState`, the convention of the StyleGAN tools.
///
/// MT19937 (Matsumoto & Nishimura 1998) and the polar method (Marsaglia & Bray 1964), in NumPy's order of calls.
struct NumPyRandom {
  private var state: [UInt32]
  private var position: Int
  private var spareNormal: Double?

  /// Starts as `numpy.random.RandomState(seed)` does.
  init(seed: UInt32) {
    state = [seed]
    state.reserveCapacity(624)
    for index in 1..<624 {
      let previous = state[index - 1]
      state.append(1_812_433_253 &* (previous ^ previous >> 30) &+ UInt32(index))
    }
    position = 624
  }

  /// The next value of `standard_normal()`.
  mutating func standardNormal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    while true {
      let first = 2 * uniform() - 1
      let second = 2 * uniform() - 1
      let squaredRadius = first * first + second * second
      guard squaredRadius < 1, squaredRadius != 0 else { continue }
      let factor = (-2 * log(squaredRadius) / squaredRadius).squareRoot()
      spareNormal = factor * first
      return factor * second
    }
  }

  /// 53 random bits as a fraction from 0 up to, and without, 1.
  private mutating func uniform() -> Double {
    let high = Double(next() >> 5)
    let low = Double(next() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
  }

  private mutating func next() -> UInt32 {
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

extension Latent {
  /// The random face of a seed: `numpy.random.RandomState(seed).standard_normal(dimension)`, as float32.
  public init(seed: UInt32, dimension: Int) {
    var random = NumPyRandom(seed: seed)
    self.init((0..<dimension).map { _ in Float(random.standardNormal()) })
  }
}

/// eˣ, so that other files need no C library.
func exponential(_ exponent: Double) -> Double { exp(exponent) }
