/// Frames a second, as a fraction in lowest terms.
public struct FrameRate: Equatable, Sendable, CustomStringConvertible {
  public let numerator: Int
  public let denominator: Int

  public static let thirty = FrameRate(30, over: 1)

  /// `30`, `30000/1001`.
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  public var framesPerSecond: Double { Double(numerator) / Double(denominator) }

  init(_ numerator: Int, over denominator: Int) {
    precondition(numerator > 0 && denominator > 0, "a frame rate is positive")
    var (large, small) = (numerator, denominator)
    while small != 0 {
      (large, small) = (small, large % small)
    }
    self.numerator = numerator / large
    self.denominator = denominator / large
  }

  /// Reads `30`, `23.976` or `30000/1001`: over 0, at most 1000, whole numbers up to 1,000,000.
  public init(parsing text: String) throws(SettingProblem) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let problem = SettingProblem.value(
      text, allowed: "a number over 0 and up to 1000, or a fraction like 30000/1001")
    let fraction: (Int, Int)?
    switch parts.count {
    case 1: fraction = FrameRate.decimal(parts[0])
    case 2:
      fraction = FrameRate.whole(parts[0]).flatMap { top in FrameRate.whole(parts[1]).map { (top, $0) } }
    default: fraction = nil
    }
    guard let (top, bottom) = fraction, top > 0, bottom > 0, top <= 1000 * bottom else { throw problem }
    self.init(top, over: bottom)
  }

  private static func whole(_ text: Substring) -> Int? {
    UInt32(digits: text).flatMap { $0 <= 1_000_000 ? Int($0) : nil }
  }

  /// At most three decimals, so that the fraction stays small.
  private static func decimal(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap(whole) else { return nil }
    guard parts.count == 2 else { return parts.count == 1 ? (whole, 1) : nil }
    guard parts[1].count <= 3, let decimals = Self.whole(parts[1]) else { return nil }
    let scale = [10, 100, 1000][parts[1].count - 1]
    return (whole * scale + decimals, scale)
  }
}
