/// An array of floating-point numbers, as NumPy's `.npy` files hold one.
///
/// Their format is NumPy's NEP 1, versions 1 to 3: a magic string, the length of a header, the header as a Python
/// dictionary, the numbers.
struct NumPyArray: Equatable, Sendable {
  let shape: [Int]
  /// In C order: the last dimension runs fastest.
  let values: [Float]

  init(shape: [Int], values: [Float]) {
    self.shape = shape
    self.values = values
  }

  /// Reads float32 or float64 of either byte order, in C or Fortran order.
  init(npy bytes: [UInt8]) throws(LatentFileProblem) {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes.count >= 10 else { throw .notNumPy }
    let lengthBytes = bytes[6] == 1 ? 2 : 4
    guard (1...3).contains(bytes[6]), bytes.count >= 8 + lengthBytes else { throw .notNumPy }
    let headerLength = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    let start = 8 + lengthBytes + headerLength
    guard headerLength <= 65_536, start <= bytes.count else { throw .notNumPy }
    let header = try NumPyHeader(String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self))

    let type = try NumPyArray.type(header.type)
    var count = 1
    for size in header.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, product <= bytes.count else {
        throw .tooManyNumbers
      }
      count = product
    }
    guard bytes.count - start >= count * type.size else {
      throw .truncated(expectedBytes: count * type.size, bytes: bytes.count - start)
    }
    let stored = floats(
      in: bytes, at: start, count: count, size: type.size, isBigEndian: type.isBigEndian)
    shape = header.shape
    values = header.isFortranOrder ? NumPyArray.inCOrder(stored, shape: header.shape) : stored
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

  /// Puts numbers whose first dimension runs fastest into the other order.
  private static func inCOrder(_ stored: [Float], shape: [Int]) -> [Float] {
    guard shape.count > 1 else { return stored }
    var strides = [1]
    for size in shape.dropLast() {
      strides.append((strides.last ?? 1) * size)
    }
    return stored.indices.map { index in
      var rest = index
      var source = 0
      for (size, stride) in zip(shape, strides).reversed() {
        source += rest % size * stride
        rest /= size
      }
      return stored[source]
    }
  }
}

extension NumPyArray {
  /// The bytes of a `.npy` file of float32, version 1.0, as `numpy.save` writes them.
  var npy: [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = header.utf8.count
    var bytes =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(header.utf8)
    append(values, to: &bytes)
    return bytes
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
