/// Files that hold next to nothing, made by hand.
enum PictureBytes {
  /// A black PNG of one bit a pixel: a megabyte of it unpacks to a hundred.
  static func blackPNG(width: UInt32, height: UInt32) -> [UInt8] {
    let pixelBytes = (1 + (Int(width) + 7) / 8) * Int(height)
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", bigEndian(width) + bigEndian(height) + [1, 0, 0, 0, 0])
      + chunk("IDAT", packedZeros(count: pixelBytes)) + chunk("IEND", [])
  }

  /// A NumPy file of float32 zeros.
  static func zeros(shape: String, count: Int) -> [UInt8] {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + Array(repeating: 0, count: count * 4)
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let content = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + content + bigEndian(crc(content))
  }

  /// `count` zeros in zlib's format: a literal zero, then repeats of 258 bytes in Deflate's fixed codes.
  private static func packedZeros(count: Int) -> [UInt8] {
    var bytes: [UInt8] = [0x78, 0x9C]
    var waiting: UInt32 = 0
    var waitingBits: UInt32 = 0
    func put(_ bits: UInt32, count: UInt32) {
      waiting |= bits << waitingBits
      waitingBits += count
      while waitingBits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: waiting))
        waiting >>= 8
        waitingBits -= 8
      }
    }
    put(0b011, count: 3)
    for _ in 0...((count - 1) % 258) { put(0b0000_1100, count: 8) }
    for _ in 0..<((count - 1) / 258) { put(0b0_0000_1010_0011, count: 13) }
    put(0, count: 7)
    put(0, count: 7)
    return bytes + bigEndian(UInt32(count % 65_521) << 16 | 1)
  }

  private static let crcTable: [UInt32] = (0..<256).map { number in
    (0..<8).reduce(number) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { $0 >> 8 ^ crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }
}
