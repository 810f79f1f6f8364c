import PhotoFiles
import Testing

struct `Strip of text` {
  private func strip(_ text: String, width: Int = 128, height: Int = 16) throws -> TextStrip {
    try TextStrip(text, width: width, height: height)
  }

  /// The columns and rows that have ink; `nil` for a blank strip.
  private func extent(_ strip: TextStrip) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>)? {
    let inked = strip.coverage.indices.filter { strip.coverage[$0] > 0 }
    let (columns, rows) = (inked.map { $0 % strip.width }, inked.map { $0 / strip.width })
    guard let left = columns.min(), let right = columns.max(), let top = rows.min(), let bottom = rows.max()
    else { return nil }
    return (left...right, top...bottom)
  }

  @Test func `holds the text in its middle, in dark letters with soft edges`() throws {
    let strip = try strip("seed0042")
    #expect((strip.width, strip.height, strip.coverage.count) == (128, 16, 128 * 16))
    #expect(strip.coverage.max() == 255)
    #expect(Set(strip.coverage).count > 10)
    let ink = try #require(extent(strip))
    #expect(abs(ink.columns.lowerBound - (127 - ink.columns.upperBound)) <= 1)
    #expect((50...70).contains(ink.columns.count))
  }

  @Test func `is the same each time`() throws {
    #expect(try strip("Ada & Grace") == strip("Ada & Grace"))
  }

  @Test func `puts all letters on one level`() throws {
    let bottoms = try ["0", "x", "H", "seed", "i"].map { try #require(extent(strip($0))).rows.upperBound }
    #expect(Set(bottoms).count == 1)
    // What hangs below is not cut off.
    let hanging = try #require(extent(strip("gjpq")))
    #expect(hanging.rows.upperBound > bottoms[0])
    #expect(hanging.rows.upperBound < 16)
  }

  @Test(arguments: ["<b>x</b>", "Tom & Ada", "a < b > c", "&amp;", "<", "<i", "\"'"])
  func `shows signs of markup as they are`(_ text: String) throws {
    // As wide as its letters one by one, so none of them was taken for markup.
    let whole = try #require(extent(strip(text))).columns.count
    let plain = text.map { ["<", ">", "&"].contains($0) ? "m" : $0 }
    let similar = try #require(extent(strip(String(plain)))).columns.count
    #expect(whole > similar / 2)
  }

  @Test func `takes what is no sign for a space`() throws {
    #expect(try strip("A\tB\u{1}C\nD\u{2028}E\u{0}F") == strip("A B C D E F"))
    #expect(try strip("A\r") == strip("A"))
  }

  @Test(arguments: ["", "   ", "\n\n", "\u{200B}", "\u{0}"]) func `may be blank`(_ text: String) throws {
    #expect(try extent(strip(text)) == nil)
  }

  @Test(arguments: [
    "The quick brown fox jumps over the lazy dog",
    "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiWWWWWWWWWWWWWWWWWWWWW",
    "WWWWWWWWWWWWWWWWWiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii",
    String(repeating: "IMG_20240101_", count: 5000),
  ])
  func `shortens what is too wide by as little as it must`(_ text: String) throws {
    let short = try strip(text)
    let columns = try #require(extent(short)).columns
    #expect(columns.lowerBound >= 3 && columns.upperBound <= 124)
    let fitting = try (1...60).filter { try strip(text.prefix($0) + "…") == short }
    let count = try #require(fitting.first)
    // One more letter would be cut again, so another strip would come out.
    #expect(
      try extent(strip(text.prefix(count + 1) + "…", width: 400)).map { $0.columns.count > 120 } == true)
  }

  @Test func `survives what no label should hold`() throws {
    var marks = "Z"
    for number in 0..<3000 { marks.unicodeScalars.append(Unicode.Scalar(UInt8(0x41 + number % 26))) }
    let stacked = "a" + String(repeating: "\u{0301}", count: 100_000)
    for text in [marks, stacked, "\u{202E}abc", "👩‍👩‍👧‍👦", "\u{FFFE}", "日本語", "שלום"] {
      for (width, height) in [(1, 1), (3, 12), (128, 16), (512, 64)] {
        let strip = try strip(text, width: width, height: height)
        #expect(strip.coverage.count == width * height)
      }
    }
  }
}
