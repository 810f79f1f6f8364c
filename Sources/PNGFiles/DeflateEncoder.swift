/// Writes a stream of zlib's format (RFC 1950 and 1951), a block at a time, each with Huffman codes of its own.
///
/// Of repetitions it knows only runs of one byte.
struct DeflateEncoder: ~Copyable {
  private var bytes: [UInt8] = [0x78, 0x01]
  /// Bits that don't fill a byte yet, the first one lowest.
  private var waiting: UInt64 = 0
  private var waitingCount = 0
  /// What the block says: bytes, and from 256 on lengths of runs.
  private var symbols: [UInt16] = []

  private static let endOfBlock = 256
  private static let lengthCodes = LengthCodes()

  /// Adds a block; the last one may be empty.
  mutating func encode(_ block: [UInt8], isLast: Bool) {
    findRuns(in: block)
    let counts = countedSymbols()
    let code = HuffmanCode(counts: counts)
    put(isLast ? 1 : 0, count: 1)
    put(2, count: 2)
    putLengths(of: code)
    putSymbols(by: code)
  }

  /// Fills the last byte, and adds the checksum.
  mutating func end(with checksum: UInt32) {
    put(0, count: (8 - waitingCount % 8) % 8)
    flush()
    for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: checksum >> UInt32(shift))) }
  }

  /// All whole bytes since the last call.
  mutating func takeBytes() -> [UInt8] {
    flush()
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  /// How often each symbol of the code occurs.
  private func countedSymbols() -> [Int] {
    // Equal bytes often follow each other, and would wait for each other's count in one table.
    var (even, odd) = ([Int](repeating: 0, count: 515), [Int](repeating: 0, count: 515))
    symbols.withUnsafeBufferPointer { symbols in
      even.withUnsafeMutableBufferPointer { even in
        odd.withUnsafeMutableBufferPointer { odd in
          var index = 0
          while index + 1 < symbols.count {
            even[Int(symbols[index])] &+= 1
            odd[Int(symbols[index + 1])] &+= 1
            index += 2
          }
          if index < symbols.count { even[Int(symbols[index])] &+= 1 }
        }
      }
    }
    var counts = [Int](repeating: 0, count: 286)
    for symbol in 0..<256 { counts[symbol] = even[symbol] + odd[symbol] }
    for length in 3...258 {
      counts[DeflateEncoder.lengthCodes.codes[length]] += even[256 + length] + odd[256 + length]
    }
    counts[DeflateEncoder.endOfBlock] = 1
    return counts
  }

  /// Looks at eight bytes at a time, whether all are equal to the one before them.
  private mutating func findRuns(in block: [UInt8]) {
    symbols = [UInt16](unsafeUninitializedCapacity: block.count) { symbols, count in
      block.withUnsafeBytes { block in
        var index = 0
        while index + 8 <= block.count {
          let word = block.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          if index > 0, word == block.loadUnaligned(fromByteOffset: index - 1, as: UInt64.self) {
            var length = 8
            while length < 258, index + length < block.count, block[index + length] == block[index - 1] {
              length += 1
            }
            symbols[count] = UInt16(256 + length)
            count += 1
            index += length
          } else {
            for place in 0..<8 { symbols[count + place] = UInt16(block[index + place]) }
            count += 8
            index += 8
          }
        }
        while index < block.count {
          symbols[count] = UInt16(block[index])
          count += 1
          index += 1
        }
      }
    }
  }

  /// The lengths of the codes of all symbols and of the one distance, 1; each as a number of four bits.
  private mutating func putLengths(of code: borrowing HuffmanCode) {
    put(UInt64(286 - 257), count: 5)
    put(0, count: 5)
    put(19 - 4, count: 4)
    // Codes of four bits for the lengths 0 to 15; none for repetitions of lengths, which come first.
    for place in 0..<19 { put(place < 3 ? 0 : 4, count: 3) }
    for length in code.lengths + [1] { put(UInt64(reversed(UInt16(length), count: 4)), count: 4) }
  }

  private mutating func putSymbols(by code: borrowing HuffmanCode) {
    flush()
    let lengthCodes = DeflateEncoder.lengthCodes
    // For each byte its code's bits above its length; for each run the length's extra bits and the distance too.
    var table = [UInt64](repeating: 0, count: 256 + 259)
    for symbol in 0..<256 { table[symbol] = UInt64(code.codes[symbol]) << 8 | UInt64(code.lengths[symbol]) }
    for length in 3...258 {
      let symbol = lengthCodes.codes[length]
      let count = code.lengths[symbol]
      let bits = UInt64(code.codes[symbol]) | UInt64(lengthCodes.extraBits[length]) << UInt64(count)
      // The distance, always 1, is a single bit that is 0.
      table[256 + length] = bits << 8 | UInt64(count + lengthCodes.extraCounts[length] + 1)
    }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: symbols.count * 3 + 16))
    var (waiting, count, place) = (waiting, waitingCount, start)
    bytes.withUnsafeMutableBytes { bytes in
      symbols.withUnsafeBufferPointer { symbols in
        table.withUnsafeBufferPointer { table in
          for symbol in symbols {
            let entry = table[Int(symbol)]
            waiting |= (entry >> 8) << UInt64(count)
            count += Int(entry & 0xFF)
            if count >= 32 {
              bytes.storeBytes(of: UInt32(truncatingIfNeeded: waiting), toByteOffset: place, as: UInt32.self)
              place += 4
              waiting >>= 32
              count -= 32
            }
          }
        }
      }
    }
    (self.waiting, waitingCount) = (waiting, count)
    bytes.removeSubrange(place...)
    put(UInt64(code.codes[DeflateEncoder.endOfBlock]), count: code.lengths[DeflateEncoder.endOfBlock])
  }

  /// At most 32 bits, the lowest first.
  private mutating func put(_ bits: UInt64, count: Int) {
    waiting |= bits << UInt64(waitingCount)
    waitingCount += count
    if waitingCount >= 32 { flush() }
  }

  private mutating func flush() {
    while waitingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: waiting))
      waiting >>= 8
      waitingCount -= 8
    }
  }
}

/// For each length of a run its symbol, and the bits that follow the symbol's code (RFC 1951, 3.2.5).
private struct LengthCodes: Sendable {
  private(set) var codes = [Int](repeating: 0, count: 259)
  private(set) var extraBits = [Int](repeating: 0, count: 259)
  private(set) var extraCounts = [Int](repeating: 0, count: 259)

  init() {
    var (length, symbol) = (3, 257)
    while symbol < 285 {
      let extra = symbol < 265 ? 0 : (symbol - 261) / 4
      for bits in 0..<(1 << extra) where length + bits < 258 {
        (codes[length + bits], extraBits[length + bits], extraCounts[length + bits]) = (symbol, bits, extra)
      }
      length += 1 << extra
      symbol += 1
    }
    codes[258] = 285
  }
}
