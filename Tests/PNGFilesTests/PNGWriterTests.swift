import Foundation
import PNGFiles
import PhotoFiles
import Testing

struct `PNG writer` {
  @Test func `rows come back as they went in`() throws {
    let rows: [[UInt8]] = (0..<7).map { y in (0..<15).map { x in UInt8(y * 17 + x * 9) } }
    let bytes = try written(width: 5, height: 7) { writer throws(PNGError) in
      for row in rows { try writer.writeRow(row.span) }
    }
    #expect(try Picture(decoding: bytes) == Picture(width: 5, height: 7, pixels: Array(rows.joined())))
  }

  @Test func `rows may come in one piece, and equal rows give equal bytes`() throws {
    let pixels = (0..<5 * 7 * 3).map { UInt8($0) }
    let atOnce = try written(width: 5, height: 7) { writer throws(PNGError) in
      try writer.writeRows(pixels.span)
    }
    let singly = try written(width: 5, height: 7) { writer throws(PNGError) in
      for y in 0..<7 { try writer.writeRow(pixels.span.extracting(y * 15..<(y + 1) * 15)) }
    }
    #expect(atOnce == singly)
    #expect(try Picture(decoding: atOnce).pixels == pixels)
  }

  @Test func `a row may be overwritten as soon as it was written`() throws {
    let pixels = (0..<5 * 7 * 3).map { UInt8($0) }
    let bytes = try written(width: 5, height: 7) { writer throws(PNGError) in
      var row = [UInt8](repeating: 0, count: 15)
      for y in 0..<7 {
        for x in row.indices { row[x] = pixels[y * 15 + x] }
        try writer.writeRow(row.span)
        for x in row.indices { row[x] = 0xFF }
      }
    }
    #expect(try Picture(decoding: bytes).pixels == pixels)
  }

  @Test func `it is tagged as sRGB and carries its texts before the pixels`() throws {
    let text = [
      (key: "Comment", value: #"{"seed": 42}"#), (key: "Title", value: "Zoë – 顔"),
      (key: "Software", value: ""),
    ]
    let chunks = try chunks(
      of: written(width: 1, height: 1, text: text) { writer throws(PNGError) in
        try writer.writeRow([1, 2, 3].span)
      })
    #expect(chunks.map(\.type) == ["IHDR", "sRGB", "tEXt", "iTXt", "tEXt", "IDAT", "IEND"])
    #expect(chunks[0].data == [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])
    #expect(chunks[1].data == [0])
    #expect(chunks[2].data == Array("Comment\0{\"seed\": 42}".utf8))
    #expect(chunks[3].data == Array("Title\0\0\0\0\0Zoë – 顔".utf8))
    #expect(chunks[4].data == Array("Software\0".utf8))
  }

  @Test func `a hundred thousand rows take the memory of one`() async throws {
    await #expect(processExitsWith: .success) {
      let row = (0..<300 * 3).map { UInt8($0 % 251) }
      let before = try memoryInUse()
      let bytes = try written(width: 300, height: 100_000) { writer throws(PNGError) in
        for _ in 0..<100_000 { try writer.writeRow(row.span) }
      }
      let growth = try memoryInUse() - before
      exit(bytes.count > 1000 && growth < 20_000 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test(arguments: [1, 1000])
  func `a full disk is named, at the end or on the way`(_ side: Int) {
    #expect(throws: PNGError.cannotWrite(reason: "No space left on device")) {
      try writeNoise(to: "/dev/full", side: side)
    }
  }

  @Test func `a folder that is not there is named`() {
    #expect(throws: PNGError.cannotWrite(reason: "No such file or directory")) {
      _ = try PNGWriter(creating: "/proc/nowhere/at/all.png", width: 1, height: 1)
    }
  }

  @Test func `a side over a million is refused before the file is made`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png").path
    #expect(throws: PNGError.tooLarge(width: 1_300_000, height: 1)) {
      _ = try PNGWriter(creating: path, width: 1_300_000, height: 1)
    }
    #expect(throws: PNGError.tooLarge(width: 1, height: 1_000_001)) {
      _ = try PNGWriter(creating: path, width: 1, height: 1_000_001)
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `the longest side is a million`() throws {
    let row = [UInt8](repeating: 9, count: 3_000_000)
    let bytes = try written(width: 1_000_000, height: 1) { writer throws(PNGError) in
      try writer.writeRow(row.span)
    }
    #expect(try Picture(decoding: bytes).pixels == row)
  }

  @Test func `a writer that is dropped unfinished closes its file`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png").path
    defer { unlink(path) }
    for _ in 0..<2000 {
      var writer = try PNGWriter(creating: path, width: 2, height: 2)
      try writer.writeRow([1, 2, 3, 4, 5, 6].span)
    }
    #expect(FileManager.default.fileExists(atPath: path))
  }
}

private func writeNoise(to path: String, side: Int) throws(PNGError) {
  var writer = try PNGWriter(creating: path, width: side, height: side)
  for y in 0..<side {
    let row = (0..<side * 3).map { UInt8(truncatingIfNeeded: $0 &* $0 &* ($0 >> 3 &+ y)) }
    try writer.writeRow(row.span)
  }
  try writer.finish()
}
