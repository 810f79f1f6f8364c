internal import Glibc

/// The random numbers of PyTorch on a processor: `torch.manual_seed(seed); torch.randn(count)`.
///
/// Box & Muller's method (1958) in PyTorch's order of calls: of 16 numbers and more in blocks of 16 in single
/// precision, of fewer one pair after the other in double precision. Equal to PyTorch's within 1e-6, since its
/// logarithm and cosine are of another make.
enum TorchRandom {
  static func normals(seed: UInt32, count: Int) -> [Float] {
    var bits = MersenneTwister(seed: seed)
    return count < 16 ? pairs(count, &bits) : blocks(count, &bits)
  }

  private static func pairs(_ count: Int, _ bits: inout MersenneTwister) -> [Float] {
    /// 53 random bits as a fraction from 0 up to, and without, 1.
    func uniform() -> Double {
      let high = UInt64(bits.next())
      let low = UInt64(bits.next())
      return Double((high << 32 | low) & (1 << 53 - 1)) / 9_007_199_254_740_992
    }
    var normals: [Float] = []
    while normals.count < count {
      let angle = 2 * Double.pi * uniform()
      let radius = (-2 * log1p(-uniform())).squareRoot()
      normals += [Float(radius * cos(angle)), Float(radius * sin(angle))]
    }
    return Array(normals.prefix(count))
  }

  private static func blocks(_ count: Int, _ bits: inout MersenneTwister) -> [Float] {
    /// 24 random bits.
    func uniform() -> Float { Float(bits.next() & (1 << 24 - 1)) / 16_777_216 }
    var numbers = (0..<count).map { _ in uniform() }
    for start in stride(from: 0, through: count - 16, by: 16) {
      makeNormal(&numbers, from: start)
    }
    if count % 16 != 0 {
      // The last 16 are drawn anew, some of which were normal already.
      for index in (count - 16)..<count {
        numbers[index] = uniform()
      }
      makeNormal(&numbers, from: count - 16)
    }
    return numbers
  }

  /// Turns 16 even numbers into normal ones, each of the first eight with the one eight places on.
  private static func makeNormal(_ numbers: inout [Float], from start: Int) {
    for index in start..<(start + 8) {
      let radius = (-2 * logf(1 - numbers[index])).squareRoot()
      // Float.pi is rounded down.
      let angle = Float(2 * Double.pi) * numbers[index + 8]
      numbers[index] = radius * cosf(angle)
      numbers[index + 8] = radius * sinf(angle)
    }
  }
}
