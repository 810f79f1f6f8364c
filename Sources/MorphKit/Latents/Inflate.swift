/// Unpacks the packed files of a ZIP archive (RFC 1951).
///
/// Takes no more memory than `limit` says, whatever the bytes promise.
struct Inflate {
  private let input: ArraySlice<UInt8>
  private var position: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let limit: Int

  /// The unpacked bytes; throws `.damagedArchive` when they can't be unpacked, or are more than `limit`.
  static func bytes(of packed: ArraySlice<UInt8>, limit: Int) throws(LatentFileProblem) -> [UInt8] {
    var inflate = Inflate(packed, limit: limit)
    // What a byte can stand for at most.
    inflate.output.reserveCapacity(min(limit, packed.count * 1_032))
    try inflate.run()
    return inflate.output
  }

  /// The first `count` of the unpacked bytes, or as many as there are; what is damaged ends them.
  static func start(of packed: ArraySlice<UInt8>, count: Int) -> [UInt8] {
    var inflate = Inflate(packed, limit: count)
    do throws(LatentFileProblem) {
      try inflate.run()
    } catch {
      // There are more of them, or they can't be unpacked.
    }
    return inflate.output
  }

  private init(_ packed: ArraySlice<UInt8>, limit: Int) {
    input = packed
    position = packed.startIndex
    self.limit = limit
  }

  private mutating func run() throws(LatentFileProblem) {
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored()
      case 1: try copyPacked(Inflate.fixedLengths, Inflate.fixedDistances)
      case 2:
        let (lengths, distances) = try readCodes()
        try copyPacked(lengths, distances)
      default: throw .damagedArchive
      }
    }
  }

  /// The next bits, the first of them lowest.
  private mutating func take(_ count: Int) throws(LatentFileProblem) -> Int {
    while bitCount < count {
      guard position < input.endIndex else { throw .damagedArchive }
      bits |= UInt32(input[position]) << UInt32(bitCount)
      position += 1
      bitCount += 8
    }
    let value = bits & (1 << UInt32(count) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func put(_ byte: UInt8) throws(LatentFileProblem) {
    guard output.count < limit else { throw .damagedArchive }
    output.append(byte)
  }

  private mutating func copyStored() throws(LatentFileProblem) {
    (bits, bitCount) = (0, 0)
    let count = try take(16)
    guard try take(16) == ~count & 0xFFFF, input.endIndex - position >= count else { throw .damagedArchive }
    let room = min(count, limit - output.count)
    output += input[position..<(position + room)]
    guard room == count else { throw .damagedArchive }
    position += count
  }

  private mutating func copyPacked(_ lengths: HuffmanCode, _ distances: HuffmanCode) throws(LatentFileProblem)
  {
    while true {
      let symbol = try next(lengths)
      if symbol < 256 {
        try put(UInt8(symbol))
        continue
      }
      guard symbol > 256 else { return }
      guard symbol - 257 < Inflate.lengthBases.count else { throw .damagedArchive }
      let length = Inflate.lengthBases[symbol - 257] + (try take(Inflate.lengthBits[symbol - 257]))
      let far = try next(distances)
      guard far < Inflate.distanceBases.count else { throw .damagedArchive }
      let distance = Inflate.distanceBases[far] + (try take(far < 2 ? 0 : far / 2 - 1))
      guard distance <= output.count else { throw .damagedArchive }
      for _ in 0..<length {
        try put(output[output.count - distance])
      }
    }
  }

  private mutating func next(_ code: HuffmanCode) throws(LatentFileProblem) -> Int {
    var value = 0
    var first = 0
    var index = 0
    for count in code.counts.dropFirst() {
      value |= try take(1)
      if value - count < first { return code.symbols[index + value - first] }
      index += count
      first = (first + count) << 1
      value <<= 1
    }
    throw .damagedArchive
  }

  private mutating func readCodes() throws(LatentFileProblem) -> (HuffmanCode, HuffmanCode) {
    let lengthCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let orderCount = try take(4) + 4
    var orderLengths = Array(repeating: 0, count: 19)
    for place in Inflate.order.prefix(orderCount) {
      orderLengths[place] = try take(3)
    }
    let order = try HuffmanCode(orderLengths)
    var lengths: [Int] = []
    while lengths.count < lengthCount + distanceCount {
      let symbol = try next(order)
      switch symbol {
      case 16:
        guard let last = lengths.last else { throw .damagedArchive }
        lengths += Array(repeating: last, count: try take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try take(3) + 3)
      case 18: lengths += Array(repeating: 0, count: try take(7) + 11)
      default: lengths.append(symbol)
      }
    }
    guard lengths.count == lengthCount + distanceCount else { throw .damagedArchive }
    return (try HuffmanCode(Array(lengths[..<lengthCount])), try HuffmanCode(Array(lengths[lengthCount...])))
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  /// The least length of each symbol; the last stands for the greatest of all.
  private static let lengthBases: [Int] =
    lengthBits.dropLast().reduce(into: [3]) { bases, bits in bases.append(bases[bases.count - 1] + 1 << bits)
    }
    .dropLast() + [258]
  private static let distanceBases: [Int] = (0..<30).reduce(into: [1]) { bases, symbol in
    bases.append(bases[symbol] + 1 << (symbol < 2 ? 0 : symbol / 2 - 1))
  }.dropLast()
  private static let fixedLengths = HuffmanCode(
    knownLengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanCode(knownLengths: Array(repeating: 5, count: 30))
}

/// Codes of up to 15 bits, those of one length in a row.
private struct HuffmanCode {
  /// How many symbols have a code of each length.
  private(set) var counts = Array(repeating: 0, count: 16)
  /// Sorted by code.
  private(set) var symbols: [Int] = []

  /// Throws when there are more codes than fit.
  init(_ lengths: [Int]) throws(LatentFileProblem) {
    self.init(knownLengths: lengths)
    var left = 1
    for count in counts.dropFirst() {
      left = left << 1 - count
      guard left >= 0 else { throw .damagedArchive }
    }
  }

  init(knownLengths lengths: [Int]) {
    for length in lengths where length > 0 {
      counts[length] += 1
    }
    for length in 1...15 {
      symbols += lengths.indices.filter { lengths[$0] == length }
    }
  }
}
