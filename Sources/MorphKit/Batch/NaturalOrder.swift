/// Whether a path comes before another for people: `2.jpg` before `10.jpg`, and what a folder holds together.
///
/// Digits that follow each other are one number. Everything else is compared byte by byte, and names that are equal
/// so far by their zeros, so that no two different paths are equal.
func comesBefore(_ first: String, _ second: String) -> Bool {
  let first = Array(first.utf8)
  let second = Array(second.utf8)
  var (i, j) = (0, 0)
  while i < first.count, j < second.count {
    if isDigit(first[i]), isDigit(second[j]) {
      let left = number(in: first, from: &i)
      let right = number(in: second, from: &j)
      if left.count != right.count { return left.count < right.count }
      if left != right { return left.lexicographicallyPrecedes(right) }
    } else {
      let (left, right) = (rank(first[i]), rank(second[j]))
      if left != right { return left < right }
      (i, j) = (i + 1, j + 1)
    }
  }
  if i < first.count || j < second.count { return j < second.count }
  return first.lexicographicallyPrecedes(second)
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// A folder's name ends before every name that goes on.
private func rank(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "/") ? 0 : byte }

/// The digits at a place without zeros before them; moves the place behind them.
private func number(in bytes: [UInt8], from index: inout Int) -> ArraySlice<UInt8> {
  let start = index
  while index < bytes.count, isDigit(bytes[index]) {
    index += 1
  }
  return bytes[start..<index].drop { $0 == 0x30 }
}
