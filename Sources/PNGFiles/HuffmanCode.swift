/// A Huffman code with codes of at most 15 bits, as Deflate has it (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// Of each symbol's code, in bits; 0 for one that doesn't occur.
  private(set) var lengths: [Int]
  /// The bits of each code, its first bit lowest.
  private(set) var codes: [UInt16]

  private static let lengthLimit = 15

  /// The code for symbols that occur so often; at least one does.
  init(counts: [Int]) {
    var counts = counts
    lengths = HuffmanCode.lengths(for: counts)
    while let longest = lengths.max(), longest > HuffmanCode.lengthLimit {
      // Counts that are more alike give codes that are.
      counts = counts.map { $0 == 0 ? 0 : $0 / 2 + 1 }
      lengths = HuffmanCode.lengths(for: counts)
    }
    codes = HuffmanCode.codes(for: lengths)
  }

  /// Joins the two rarest symbols or groups until one is left (Huffman 1952).
  ///
  /// Symbols stand sorted, and groups come about in the order of their counts, so the rarest is the first of one of two
  /// queues.
  private static func lengths(for counts: [Int]) -> [Int] {
    let symbols = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
    var lengths = [Int](repeating: 0, count: counts.count)
    guard symbols.count > 1 else {
      for symbol in symbols { lengths[symbol] = 1 }
      return lengths
    }
    // Nodes: the symbols in their order, then the groups. Each points to the group that it is in.
    var nodeCounts = symbols.map { counts[$0] }
    var groups = [Int](repeating: 0, count: 2 * symbols.count - 1)
    var (nextSymbol, nextGroup) = (0, symbols.count)
    func rarest() -> Int {
      let takesSymbol =
        nextSymbol < symbols.count
        && (nextGroup == nodeCounts.count || nodeCounts[nextSymbol] <= nodeCounts[nextGroup])
      defer { if takesSymbol { nextSymbol += 1 } else { nextGroup += 1 } }
      return takesSymbol ? nextSymbol : nextGroup
    }
    while nodeCounts.count < groups.count {
      let (first, second) = (rarest(), rarest())
      (groups[first], groups[second]) = (nodeCounts.count, nodeCounts.count)
      nodeCounts.append(nodeCounts[first] + nodeCounts[second])
    }
    var depths = [Int](repeating: 0, count: groups.count)
    for node in (0..<(groups.count - 1)).reversed() { depths[node] = depths[groups[node]] + 1 }
    for (node, symbol) in symbols.enumerated() { lengths[symbol] = depths[node] }
    return lengths
  }

  /// Codes of one length follow each other in the order of their symbols.
  private static func codes(for lengths: [Int]) -> [UInt16] {
    var starts = [Int](repeating: 0, count: lengthLimit + 1)
    var code = 0
    for length in 1...lengthLimit {
      code = (code + lengths.count { $0 == length - 1 && $0 > 0 }) << 1
      starts[length] = code
    }
    return lengths.map { length in
      guard length > 0 else { return 0 }
      defer { starts[length] += 1 }
      return reversed(UInt16(starts[length]), count: length)
    }
  }
}

/// The lowest `count` bits in reverse.
func reversed(_ bits: UInt16, count: Int) -> UInt16 {
  var (rest, result) = (bits, UInt16(0))
  for _ in 0..<count {
    result = result << 1 | rest & 1
    rest >>= 1
  }
  return result
}
