internal import Glibc

/// The random numbers of NumPy's `RandomState`, the convention of the StyleGAN tools.
///
/// MT19937 and the polar method (Marsaglia & Bray 1964), in NumPy's order of calls.
struct NumPyRandom {
  private var bits: MersenneTwister
  private var spareNormal: Double?

  /// Starts as `numpy.random.RandomState(seed)` does.
  init(seed: UInt32) {
    bits = MersenneTwister(seed: seed)
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
    let high = Double(bits.next() >> 5)
    let low = Double(bits.next() >> 6)
    return (high * 67_108_864 + low) / 9_007_199_254_740_992
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
