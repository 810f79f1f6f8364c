/// Places on a path at which single pictures are made: 0 is its first keyframe, 1 its last.
///
/// Every transition has an equal share of the way. Below 0 and above 1, the first and the last transition lead on.
public struct StillPositions: Equatable, Sendable, CustomStringConvertible {
  /// In millionths, so that the third of 0:1:0.1 is 0.3 and nothing beside it.
  private let millionths: [Int]

  private static let unit = 1_000_000
  private static let limit = 10
  private static let countLimit = 100_000

  public var count: Int { millionths.count }

  /// The fraction of the whole path.
  public func fraction(_ number: Int) -> Double { Double(millionths[number]) / Double(StillPositions.unit) }

  /// `0,0.1,0.2`: what `init(parsing:)` reads as the same places.
  public var description: String { millionths.map { StillPositions.text($0) }.joined(separator: ",") }

  /// Reads numbers and ranges like `0,0.25,0.5:1:0.1`; a range has both its ends.
  public init(parsing text: String) throws(SettingProblem) {
    var millionths: [Int] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed) {
      let parts = piece.split(separator: ":", omittingEmptySubsequences: false)
      var numbers: [Int] = []
      for part in parts {
        guard let number = StillPositions.millionths(part), abs(number) <= StillPositions.limit * Self.unit
        else { throw .notAPosition(piece) }
        numbers.append(number)
      }
      switch numbers.count {
      case 1: millionths.append(numbers[0])
      case 3:
        let (start, end, step) = (numbers[0], numbers[1], numbers[2])
        guard step != 0, (end - start).signum() * step.signum() >= 0 else {
          throw .rangeWithoutEnd(piece)
        }
        guard (end - start) / step < StillPositions.countLimit else { throw .tooManyStills }
        guard (end - start) % step == 0 else {
          throw .stepMissesEnd(
            piece, fitting: StillPositions.text(Self.step(near: step, from: start, to: end)))
        }
        millionths += Array(stride(from: start, through: end, by: step))
      default: throw .notAPosition(piece)
      }
      guard millionths.count <= StillPositions.countLimit else { throw .tooManyStills }
    }
    var seen: Set<Int> = []
    if let second = millionths.first(where: { !seen.insert($0).inserted }) {
      throw .repeatedPosition(StillPositions.text(second))
    }
    self.millionths = millionths
  }

  /// A step near another one that comes to the end of its range exactly.
  private static func step(near step: Int, from start: Int, to end: Int) -> Int {
    let way = end - start
    var count = max(1, (2 * way + step) / (2 * step))
    // So many steps are longer than the way has millionths only where the step is a millionth itself, which fits.
    while way % count != 0 {
      count += 1
    }
    return way / count
  }

  /// Where still `number` lies on a path of so many transitions.
  func position(_ number: Int, transitionCount: Int) -> Timeline.Position {
    // In whole numbers, so that a keyframe is met exactly.
    let way = millionths[number] * transitionCount
    let transition = min(max(way / StillPositions.unit, 0), transitionCount - 1)
    return Timeline.Position(
      transition: transition,
      fraction: Double(way - transition * StillPositions.unit) / Double(StillPositions.unit))
  }

  /// The file name of a still: `percent_050.png`, `percent_-020.png`, `percent_012.5.png`.
  func fileName(_ number: Int) -> String {
    let percent = millionths[number] * 100
    let (whole, rest) = (abs(percent) / StillPositions.unit, abs(percent) % StillPositions.unit)
    return "percent_" + (percent < 0 ? "-" : "") + padded(whole, to: 3) + StillPositions.decimals(rest)
      + ".png"
  }

  /// The name of the table of all stills, which lies beside them.
  static let tableName = "positions.csv"

  /// A line for each still, with its file and its fraction.
  var table: String {
    var text = "file,fraction\n"
    for (number, millionths) in millionths.enumerated() {
      text += "\(fileName(number)),\(StillPositions.text(millionths))\n"
    }
    return text
  }

  /// A plain decimal number with at most six decimals, in millionths.
  private static func millionths(_ text: Substring) -> Int? {
    var digits = text
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits.removeFirst() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = UInt32(digits: parts[0].isEmpty ? "0" : parts[0]) else {
      return nil
    }
    var value = Int(whole) * unit
    if parts.count == 2 {
      guard (1...6).contains(parts[1].count), let decimals = UInt32(digits: parts[1]) else { return nil }
      value += (0..<(6 - parts[1].count)).reduce(Int(decimals)) { value, _ in value * 10 }
    } else if parts[0].isEmpty {
      return nil
    }
    return isNegative ? -value : value
  }

  private static func text(_ millionths: Int) -> String {
    (millionths < 0 ? "-" : "") + "\(abs(millionths) / unit)" + decimals(abs(millionths) % unit)
  }

  /// `.5` for half a million; nothing for 0.
  private static func decimals(_ millionths: Int) -> String {
    var text = padded(millionths, to: 6)
    while text.last == "0" {
      text.removeLast()
    }
    return text.isEmpty ? "" : "." + text
  }
}
