/// The checksum that a ZIP archive states of each of its files, as ISO 3309 and RFC 1952 define it.
func crc32(of bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBytes { bytes in
    CRC32.table.withUnsafeBufferPointer { table in
      ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    }
  }
}

private enum CRC32 {
  /// What each byte does to the sum.
  static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(byte) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }
}
