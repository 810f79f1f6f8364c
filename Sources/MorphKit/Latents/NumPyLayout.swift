/// What the start of a `.npy` file says of the numbers behind it.
struct NumPyLayout {
  let shape: [Int]
  let isFortranOrder: Bool
  /// Bytes of a number.
  let size: Int
  let isBigEndian: Bool
  /// Where the numbers begin.
  let start: Int
  let count: Int

  /// How many bytes the whole file has.
  var byteCount: Int { start + count * size }

  /// Reads the header in the first bytes of a file.
  init(npy bytes: ArraySlice<UInt8>) throws(LatentFileProblem) {
    let bytes = Array(bytes.prefix(70_000))
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else { throw .notNumPy }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    guard (1...3).contains(bytes[6]), bytes.count >= 8 + lengthBytes else { throw .notNumPy }
    let headerLength = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    start = 8 + lengthBytes + headerLength
    guard headerLength <= 65_536, start <= bytes.count else { throw .notNumPy }
    let header = try NumPyHeader(String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self))
    (size, isBigEndian) = try NumPyLayout.type(header.type)
    guard let count = product(header.shape), count <= LatentFile.byteLimit else { throw .tooManyNumbers }
    self.count = count
    shape = header.shape
    isFortranOrder = header.isFortranOrder
  }

  private static func type(_ text: String) throws(LatentFileProblem) -> (size: Int, isBigEndian: Bool) {
    switch text {
    case "<f4", "=f4", "f4": return (4, false)
    case ">f4": return (4, true)
    case "<f8", "=f8", "f8": return (8, false)
    case ">f8": return (8, true)
    default:
      guard !text.contains("O") else { throw .pickled }
      throw .wrongType(text)
    }
  }
}

/// The header of a `.npy` file: `{'descr': '<f4', 'fortran_order': False, 'shape': (5, 128), }`.
private struct NumPyHeader {
  var type = ""
  var isFortranOrder = false
  var shape: [Int] = []

  init(_ text: String) throws(LatentFileProblem) {
    guard let type = NumPyHeader.value(of: "descr", in: text),
      let order = NumPyHeader.value(of: "fortran_order", in: text),
      let shape = NumPyHeader.value(of: "shape", in: text)
    else { throw .notNumPy }
    guard let quote = type.first, quote == "'" || quote == "\"",
      let end = type.dropFirst().firstIndex(of: quote)
    else {
      // A list of fields: a structured array.
      throw .wrongType(String(type.prefix(40)))
    }
    self.type = String(type[type.index(after: type.startIndex)..<end])
    isFortranOrder = order.hasPrefix("True")
    guard shape.hasPrefix("("), let close = shape.firstIndex(of: ")") else { throw .notNumPy }
    for size in shape[shape.index(after: shape.startIndex)..<close].split(separator: ",") {
      let digits = trimmed(size)
      if digits.isEmpty { continue }
      guard let value = UInt32(digits: digits) else { throw .notNumPy }
      self.shape.append(Int(value))
    }
    guard self.shape.count <= 8 else { throw .notNumPy }
  }

  /// What stands behind `'key':`.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let range = text.firstRange(of: quote + key + quote) else { continue }
      guard let colon = text[range.upperBound...].firstIndex(of: ":") else { return nil }
      return text[text.index(after: colon)...].drop { $0 == " " }
    }
    return nil
  }
}
