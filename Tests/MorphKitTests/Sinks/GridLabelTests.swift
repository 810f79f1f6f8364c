internal import PhotoFiles
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Labels of a grid` {
  private static let gray = Color(red: 90, green: 90, blue: 90)

  private func layout(
    _ count: Int, columns: Int, width: Int = 48, height: Int = 32, label: Int = 0, rowsPerLabel: Int = 1
  ) throws -> GridLayout {
    try GridLayout(
      cellCount: count, columns: columns, cellWidth: width, cellHeight: height, gap: 2, labelHeight: label,
      rowsPerLabel: rowsPerLabel)
  }

  private func sheet(
    _ layout: GridLayout, _ labels: CellLabels? = nil, background: Color = gray
  ) async throws -> Image {
    try await withTemporaryFolder { folder in
      var sink = try GridSink(
        creating: "\(folder)/x", name: "x.png", layout: layout, background: background, labels: labels,
        comment: "{}")
      for number in 0..<layout.cellCount {
        try sink.write(
          gradient(width: layout.cellWidth, height: layout.cellHeight, blue: UInt8(number * 20)))
      }
      try sink.finish()
      return try readPicture("\(folder)/x")
    }
  }

  private func rows(_ range: Range<Int>, of sheet: Image) -> [UInt8] {
    Array(sheet.pixels[(range.lowerBound * sheet.width * 3)..<(range.upperBound * sheet.width * 3)])
  }

  @Test(arguments: [(1, 1), (5, 3), (6, 3), (7, 7), (3, 1)])
  func `stand below pictures that are as they would be without`(_ count: Int, _ columns: Int) async throws {
    let plain = try await sheet(layout(count, columns: columns))
    let labelled = try await sheet(
      layout(count, columns: columns, label: 12), CellLabels(count: count) { "\($0)" })
    let gap = count == 1 ? 0 : 2
    let rowCount = (count + columns - 1) / columns
    #expect(labelled.width == plain.width && labelled.height == plain.height + rowCount * 12)
    #expect(rows(0..<gap, of: labelled) == rows(0..<gap, of: plain))
    for row in 0..<rowCount {
      let (top, plainTop) = (gap + row * (32 + 12 + gap), gap + row * (32 + gap))
      #expect(rows(top..<(top + 32), of: labelled) == rows(plainTop..<(plainTop + 32), of: plain))
      #expect(
        rows((top + 44)..<(top + 44 + gap), of: labelled)
          == rows((plainTop + 32)..<(plainTop + 32 + gap), of: plain))
      for column in 0..<columns {
        let strip = cell(labelled, left: gap + column * (48 + gap), top: top + 32, width: 48, height: 12)
        // Where there is no picture there is no label.
        let isBlank = strip == Image(width: 48, height: 12, filledWith: Self.gray)
        #expect(isBlank == (row * columns + column >= count))
      }
    }
  }

  @Test func `are drawn as their text says, one for each cell`() async throws {
    let texts = ["ada", "<b>", "", "3"]
    let sheet = try await sheet(layout(4, columns: 2, label: 12), CellLabels(count: 4) { texts[$0] })
    for (number, text) in texts.enumerated() {
      let found = cell(
        sheet, left: 2 + number % 2 * 50, top: 34 + number / 2 * 46, width: 48, height: 12)
      let strip = try TextStrip(text, width: 48, height: 12)
      let expected = strip.coverage.flatMap { share -> [UInt8] in
        let ink = Int(share)
        let level = UInt8((90 * (255 - ink) + 255 * ink + 127) / 255)
        return [level, level, level]
      }
      #expect(found.pixels == expected)
    }
  }

  @Test func `of pairs stand below the lower one`() async throws {
    let layout = try layout(8, columns: 2, label: 12, rowsPerLabel: 2)
    #expect(layout.height == 2 + 4 * 34 + 2 * 12)
    let sheet = try await sheet(layout, CellLabels(count: 3, isPairs: true) { "\($0)" })
    let places: [(left: Int, top: Int)] = [(2, 68), (52, 68), (2, 148), (52, 148)]
    let strips = places.map { cell(sheet, left: $0.left, top: $0.top, width: 48, height: 12) }
    let blank = Image(width: 48, height: 12, filledWith: Self.gray)
    #expect(strips.map { strip in strip == blank } == [false, false, false, true])
    #expect(Set(strips.map(\.pixels)).count == 4)
    // Between a photo and its reconstruction there is only the gap.
    #expect(
      cell(sheet, left: 2, top: 34, width: 48, height: 2)
        == Image(width: 48, height: 2, filledWith: Self.gray))
  }

  @Test(arguments: [
    ("black", 255), ("white", 0), ("gray", 0), ("#FF0000", 0), ("#0000FF", 255), ("#00FF00", 0),
    ("#606060", 255), ("#B0B0B0", 0),
  ])
  func `are black or white, whichever can be read better`(_ name: String, _ level: UInt8) async throws {
    let background = try #require(Color(name))
    #expect(background.contrasting == Color(red: level, green: level, blue: level))
    let sheet = try await sheet(
      layout(1, columns: 1, label: 16), CellLabels(count: 1) { _ in "██" }, background: background)
    let strip = cell(sheet, left: 0, top: 32, width: 48, height: 16).pixels
    let pixels = Set(stride(from: 0, to: strip.count, by: 3).map { Array(strip[$0..<($0 + 3)]) })
    #expect(
      pixels.isSuperset(of: [[level, level, level], [background.red, background.green, background.blue]]))
  }

  @Test(arguments: [
    (128, 128, 16), (512, 512, 64), (32, 32, 12), (178, 218, 22), (256, 64, 12), (16, 16, 12),
  ])
  func `grow with the picture, and stay readable`(width: Int, height: Int, expected: Int) {
    #expect(GridLayout.labelHeight(cellWidth: width, cellHeight: height) == expected)
  }

  private func cell(_ sheet: Image, left: Int, top: Int, width: Int, height: Int) -> Image {
    var pixels: [UInt8] = []
    for y in top..<(top + height) {
      let start = (y * sheet.width + left) * 3
      pixels += sheet.pixels[start..<(start + width * 3)]
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
