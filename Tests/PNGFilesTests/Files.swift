import Foundation
import PNGFiles
import Testing

/// The bytes of a PNG file whose rows `rows` writes.
func written(
  width: Int, height: Int, text: [(key: String, value: String)] = [], xmp: String? = nil,
  _ rows: (inout PNGWriter) throws(PNGError) -> Void
) throws -> [UInt8] {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png").path
  defer { unlink(path) }
  var writer = try PNGWriter(creating: path, width: width, height: height, text: text, xmp: xmp)
  try rows(&writer)
  try writer.finish()
  return Array(try Data(contentsOf: URL(filePath: path)))
}

/// The chunks of a PNG file, in order.
func chunks(of bytes: [UInt8]) throws -> [(type: String, data: [UInt8])] {
  var chunks: [(type: String, data: [UInt8])] = []
  var rest = bytes.dropFirst(8)
  while !rest.isEmpty {
    let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    let chunk = rest.dropFirst(4).prefix(4 + length)
    chunks.append((String(decoding: chunk.prefix(4), as: UTF8.self), Array(chunk.dropFirst(4))))
    rest = rest.dropFirst(12 + length)
  }
  return chunks
}

/// The most memory that this process has used, in kilobytes.
func memoryInUse() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
  return try #require(line.split(separator: " ").compactMap { Int($0) }.first)
}
