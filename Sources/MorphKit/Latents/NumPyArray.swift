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
    let layout = try NumPyLayout(npy: bytes[...])
    guard layout.count <= bytes.count else { throw .tooManyNumbers }
    guard bytes.count >= layout.byteCount else {
      throw .truncated(expectedBytes: layout.count * layout.size, bytes: bytes.count - layout.start)
    }
    let stored = floats(
      in: bytes, at: layout.start, count: layout.count, size: layout.size, isBigEndian: layout.isBigEndian)
    shape = layout.shape
    values = layout.isFortranOrder ? NumPyArray.inCOrder(stored, shape: layout.shape) : stored
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
