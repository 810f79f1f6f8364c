internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Grid sink` {
  /// What torchvision made of some pictures.
  struct Example: Codable, CustomTestStringConvertible {
    var width: Int
    var height: Int
    var columns: Int
    var gap: Int
    var background: Double
    var pictures: [[UInt8]]
    var gridWidth: Int
    var gridHeight: Int
    var grid: [UInt8]

    var testDescription: String {
      "\(pictures.count) in \(columns) columns, gap \(gap), background \(background)"
    }
  }

  private static func examples() throws -> [Example] {
    try JSONDecoder().decode([Example].self, from: Data(contents(fixture("grids.json"))))
  }

  /// Writes pictures through a sink, and reads the sheet back.
  private func sheet(
    _ pictures: [Image], columns: Int, gap: Int, background: Color, comment: String = "{}"
  ) async throws -> Image {
    try await withTemporaryFolder { folder in
      let layout = try GridLayout(
        cellCount: pictures.count, columns: columns, cellWidth: pictures[0].width,
        cellHeight: pictures[0].height,
        gap: gap)
      var sink = try GridSink(
        creating: "\(folder)/x", name: "x.png", layout: layout, background: background, comment: comment)
      for picture in pictures {
        try sink.write(picture)
      }
      try sink.finish()
      return try readPicture("\(folder)/x")
    }
  }

  @Test func `makes torchvision's make_grid, cell for cell`() async throws {
    let examples = try Self.examples()
    #expect(examples.count == 9)
    for example in examples {
      let level = UInt8((example.background * 255).rounded())
      let grid = try await sheet(
        example.pictures.map { Image(width: example.width, height: example.height, pixels: $0) },
        columns: example.columns, gap: example.gap, background: Color(red: level, green: level, blue: level))
      #expect(grid.width == example.gridWidth && grid.height == example.gridHeight)
      #expect(grid.pixels == example.grid)
    }
  }

  @Test func `matches its golden picture`() async throws {
    let pictures = (0..<5).map { gradient(width: 12, height: 8, blue: UInt8($0 * 60)) }
    let grid = try await sheet(
      pictures, columns: 3, gap: 2, background: Color(red: 255, green: 128, blue: 0))
    try expect(grid, matchesGolden: "grid-3-columns")
  }

  @Test func `needs the memory of one row of pictures`() async throws {
    try await withTemporaryFolder { folder in
      // 6,000 pictures of 32 × 32 in 4 columns are 18 MB of pixels.
      let layout = try GridLayout(cellCount: 6_000, columns: 4, cellWidth: 32, cellHeight: 32, gap: 2)
      let picture = gradient(width: 32, height: 32)
      var sink = try GridSink(
        creating: "\(folder)/x", name: "x.png", layout: layout, background: .black, comment: "")
      for _ in 0..<100 { try sink.write(picture) }
      let before = try contents("\(folder)/x").count
      for _ in 100..<5_900 { try sink.write(picture) }
      // Rows have left for the file before the last picture came: they are not collected.
      #expect(try contents("\(folder)/x").count > before + 5_000)
      for _ in 5_900..<6_000 { try sink.write(picture) }
      try sink.finish()
      let sheet = try readPicture("\(folder)/x")
      #expect(sheet.width == 138 && sheet.height == 51_002)
    }
  }

  @Test func `a file that can't be made is named as the result`() async throws {
    try await withTemporaryFolder { folder in
      let layout = try GridLayout(cellCount: 1, columns: 1, cellWidth: 8, cellHeight: 8, gap: 2)
      let error = #expect(throws: MorphError.self) {
        _ = try GridSink(
          creating: "\(folder)/missing/x", name: "x.png", layout: layout, background: .black, comment: "")
      }
      #expect(error?.subject == "x.png")
      #expect(error?.problem == .output(.cannotWrite(reason: "No such file or directory")))
    }
  }
}

struct `Grid layout` {
  @Test(arguments: [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (9, 3), (10, 4), (64, 8), (65, 9), (10_000, 100)])
  func `near-square grids are as wide as they are high, or a column wider`(count: Int, columns: Int) {
    #expect(GridLayout.nearSquareColumns(cellCount: count) == columns)
  }

  @Test func `counts gaps between pictures and around them`() throws {
    let layout = try GridLayout(cellCount: 5, columns: 3, cellWidth: 10, cellHeight: 20, gap: 2)
    #expect((layout.rows, layout.width, layout.height) == (2, 38, 46))
  }

  @Test func `leaves out columns without a picture, and the gap of a single picture`() throws {
    let row = try GridLayout(cellCount: 3, columns: 8, cellWidth: 10, cellHeight: 20, gap: 2)
    #expect((row.rows, row.width, row.height) == (1, 38, 24))
    let single = try GridLayout(cellCount: 1, columns: 8, cellWidth: 10, cellHeight: 20, gap: 2)
    #expect((single.rows, single.width, single.height) == (1, 10, 20))
  }

  @Test func `refuses a side of over a million pixels`() throws {
    _ = try GridLayout(cellCount: 7_812, columns: 1, cellWidth: 128, cellHeight: 128, gap: 0)
    let problem = #expect(throws: OutputProblem.self) {
      try GridLayout(cellCount: 7_813, columns: 1, cellWidth: 128, cellHeight: 128, gap: 0)
    }
    #expect(problem == .gridTooLarge(width: 128, height: 1_000_064))
  }
}
