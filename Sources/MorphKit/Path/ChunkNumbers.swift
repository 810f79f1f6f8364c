/// Numbers of chunks in rising order, kept as runs: a job may have many that are not there.
public struct ChunkNumbers: RandomAccessCollection, Equatable, Sendable, ExpressibleByArrayLiteral {
  /// Runs that don't touch each other.
  public private(set) var ranges: [Range<Int>] = []
  private var starts: [Int] = []
  public private(set) var endIndex = 0

  public var startIndex: Int { 0 }

  /// All of a range.
  public init(_ range: Range<Int>) {
    append(range)
  }

  /// Those of `range` that are not among `others`.
  init(_ range: Range<Int>, without others: some Sequence<Int>) {
    var next = range.lowerBound
    for other in others.sorted() where range.contains(other) {
      append(next..<Swift.max(next, other))
      next = other + 1
    }
    append(next..<Swift.max(next, range.upperBound))
  }

  public init(arrayLiteral numbers: Int...) {
    for number in numbers { append(number..<(number + 1)) }
  }

  private mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    precondition(ranges.last.map { $0.upperBound <= range.lowerBound } ?? true, "numbers that rise")
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
      starts.append(endIndex)
    }
    endIndex += range.count
  }

  public subscript(position: Int) -> Int {
    precondition(indices.contains(position), "no number at this place")
    let run = starts.lastIndex(notAbove: position)
    return ranges[run].lowerBound + position - starts[run]
  }

  /// As people and schedulers write them: `3,17-20`.
  public var text: String { rangesText(ranges) }
}

extension ChunkNumbers: Encodable {
  /// As its text, since a job may have many.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
