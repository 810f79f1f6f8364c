/// Seeds in the order in which they were asked for, with repeats: `1,2,5-10`.
public struct SeedList: RandomAccessCollection, Equatable, Sendable {
  /// Runs of seeds, each from its first to its last.
  public let ranges: [ClosedRange<UInt32>]
  private let starts: [Int]
  public let endIndex: Int

  public var startIndex: Int { 0 }

  /// Ranges that follow each other become one, so that equal seeds are equal however they were written.
  public init(_ stated: [ClosedRange<UInt32>]) {
    var ranges: [ClosedRange<UInt32>] = []
    for range in stated {
      if let last = ranges.last, last.upperBound < .max, last.upperBound + 1 == range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound...range.upperBound
      } else {
        ranges.append(range)
      }
    }
    self.ranges = ranges
    var starts = [Int]()
    var count = 0
    for range in ranges {
      starts.append(count)
      count += range.count
    }
    self.starts = starts
    endIndex = count
  }

  public subscript(position: Int) -> UInt32 {
    precondition(indices.contains(position), "no seed at this place")
    let run = starts.lastIndex(notAbove: position)
    return ranges[run].lowerBound + UInt32(position - starts[run])
  }

  /// As it may be written on the command line.
  public var text: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// Reads `1,2,5-10`.
  public init(parsing text: String) throws(SettingProblem) {
    var ranges: [ClosedRange<UInt32>] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = piece.split(separator: "-", omittingEmptySubsequences: false)
      let numbers = ends.map { UInt32(digits: $0) }
      switch (numbers.first, numbers.count) {
      case (let seed??, 1):
        ranges.append(seed...seed)
      case (let first??, 2):
        guard let last = numbers[1] else { throw .notASeed(String(piece)) }
        guard first <= last else { throw .backwardSeeds(String(piece), turned: "\(last)-\(first)") }
        ranges.append(first...last)
      default:
        throw .notASeed(String(piece))
      }
    }
    self.init(ranges)
  }
}

extension UInt32 {
  /// Reads decimal digits alone: no sign, no space, nothing over 4294967295.
  init?(digits: some StringProtocol) {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt32(digits)
    else { return nil }
    self = value
  }
}
