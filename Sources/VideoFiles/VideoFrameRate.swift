/// Frames a second, as a fraction in lowest terms: 30, or 30000/1001.
package struct VideoFrameRate: Equatable, Hashable, Sendable, CustomStringConvertible {
  package let numerator: Int32
  package let denominator: Int32

  /// A rate above zero.
  package init(_ numerator: Int32, _ denominator: Int32 = 1) {
    precondition(numerator > 0 && denominator > 0, "a frame rate is above zero")
    var (divisor, rest) = (numerator, denominator)
    while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  package var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }
}
