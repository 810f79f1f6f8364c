internal import CPNG

/// Writes one PNG file, row by row: 8-bit RGB, tagged as sRGB.
///
/// Memory is that of one row, whatever the height, and equal rows give equal bytes. It cannot be copied, so a
/// file has one writer; `finish()` uses it up. An unfinished writer that goes away closes its file; removing
/// it is left to the caller.
///
/// The compression is meant for photos: see `RowCompressor`. Against zlib's usual level 6 with all filters it makes a face
/// of 128 × 128 in a tenth of the time, 4 % larger.
package struct PNGWriter: ~Copyable {
  private let file: PNGFile
  private let rowLength: Int
  private var compressor: RowCompressor
  private var rowsLeft: Int

  /// Makes the file, replacing what is at `path`, and writes all that stands before the rows.
  ///
  /// Keys are 1 to 79 characters of ASCII; PNG knows `Title`, `Comment`, `Software` and others. Values
  /// may be any text without a null.
  package init(
    creating path: String, width: Int, height: Int, text: [(key: String, value: String)] = []
  ) throws(PNGError) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    precondition(text.allSatisfy { isKey($0.key) && !$0.value.utf8.contains(0) }, "not a text that PNG takes")
    guard max(width, height) <= 1_000_000 else { throw .tooLarge(width: width, height: height) }
    let file = try PNGFile(creating: path)
    try file.start(width: width, height: height, text: text)
    self.file = file
    rowLength = width * 3
    compressor = RowCompressor(rowLength: width * 3)
    rowsLeft = height
  }

  /// The next row: width × 3 bytes, pixels from the left, R then G then B.
  package mutating func writeRow(_ row: Span<UInt8>) throws(PNGError) {
    precondition(row.count == rowLength, "a row has three bytes a pixel")
    precondition(rowsLeft > 0, "the picture has all its rows")
    let bytes = compressor.append(row)
    if !bytes.isEmpty { try file.writeChunk("IDAT", bytes) }
    rowsLeft -= 1
  }

  /// The next rows, one after the other: a whole number of rows of width × 3 bytes.
  package mutating func writeRows(_ rows: Span<UInt8>) throws(PNGError) {
    precondition(rows.count.isMultiple(of: rowLength), "a row has three bytes a pixel")
    for start in stride(from: 0, to: rows.count, by: rowLength) {
      try writeRow(rows.extracting(start..<start + rowLength))
    }
  }

  /// Writes the end and closes the file.
  ///
  /// All rows must have been written.
  package consuming func finish() throws(PNGError) {
    precondition(rowsLeft == 0, "\(rowsLeft) rows are missing")
    let file = file
    try file.writeChunk("IDAT", compressor.finish())
    try file.writeChunk("IEND", [])
    try file.close()
  }
}

extension PNGFile {
  fileprivate func start(
    width: Int, height: Int, text: [(key: String, value: String)]
  ) throws(PNGError) {
    // Keys and values one after the other, each ended by a null.
    var bytes: [CChar] = []
    var places: [Int] = []
    for string in text.flatMap({ [$0.key, $0.value] }) {
      places.append(bytes.count)
      bytes += string.utf8CString
    }
    try perform { file in
      bytes.withUnsafeBufferPointer { bytes in
        let strings = places.map { place in bytes.baseAddress.map { $0 + place } }
        return png_file_start(file, UInt32(width), UInt32(height), strings, Int32(text.count))
      }
    }
  }

  fileprivate func writeChunk(_ type: StaticString, _ bytes: [UInt8]) throws(PNGError) {
    try perform { file in
      type.withUTF8Buffer { type in
        type.withMemoryRebound(to: CChar.self) { type in
          bytes.withUnsafeBufferPointer { bytes in
            png_file_write_chunk(file, type.baseAddress, bytes.baseAddress, bytes.count)
          }
        }
      }
    }
  }
}

private func isKey(_ key: String) -> Bool {
  (1...79).contains(key.utf8.count) && key.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}
