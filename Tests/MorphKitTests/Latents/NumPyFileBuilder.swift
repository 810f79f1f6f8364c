/// The bytes of a `.npy` file, whatever its header says.
func npy(_ header: String, version: UInt8 = 1, _ content: [UInt8]) -> [UInt8] {
  let text = Array(header.utf8) + [0x0A]
  let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(text.count >> (8 * $0) & 0xFF) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + content
}

/// A `.npy` file of float32 numbers in C order.
func npy(_ values: [Float], shape: [Int]) -> [UInt8] {
  let sizes = shape.map { "\($0)," }.joined(separator: " ")
  return npy(
    "{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }", values.flatMap(littleEndian))
}

func littleEndian(_ value: Float) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
}

func littleEndian(_ value: Double) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
}
