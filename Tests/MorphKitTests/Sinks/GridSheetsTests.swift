internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Sheets of a grid` {
  private func sheets(
    _ pictures: Int, columns: Int? = nil, limit: Int, columnHeight: Int = 1, width: Int = 10,
    height: Int = 20,
    gap: Int = 2, label: Int = 0
  ) throws(GridProblem) -> GridSheets {
    let cell = GridLayout(
      unchecked: pictures, columns: 1, cellWidth: width, cellHeight: height, gap: gap, labelHeight: label,
      rowsPerLabel: columnHeight)
    return try GridSheets(
      pictureCount: pictures, columns: columns, columnHeight: columnHeight, pixelLimit: limit, like: cell)
  }

  @Test func `hold all cells in order, each as many as fit`() throws {
    for limit in stride(from: 200, to: 40_000, by: 397) {
      for (count, columns, columnHeight) in [
        (1, nil, 1), (7, nil, 1), (100, nil, 1), (100, 4, 1), (13, nil, 2),
      ] {
        let sheets: GridSheets
        do throws(GridProblem) {
          sheets = try self.sheets(count, columns: columns, limit: limit, columnHeight: columnHeight)
        } catch {
          // Only ever because a row is too large.
          #expect((columns ?? 1) * 240 * columnHeight > limit / 2)
          continue
        }
        let cells = (0..<sheets.count).map { sheets.cells(ofSheet: $0) }
        #expect(Array(cells.joined()) == Array(0..<sheets.cellCount))
        #expect(sheets.cellCount >= count * columnHeight)
        for number in 0..<sheets.count {
          let layout = sheets.layout(ofSheet: number)
          #expect(layout.width * layout.height <= limit)
          #expect(layout.width == sheets.layout.width && layout.gap == sheets.layout.gap)
          #expect(layout.rows % columnHeight == 0)
          if let columns { #expect(layout.columns == min(columns, count)) }
        }
        // One row more would not have fitted into the first.
        if sheets.count > 1, sheets.layout.cellCount > 1 {
          let more = sheets.layout.holding(sheets.layout.cellCount + sheets.layout.columns * columnHeight)
          #expect(more.width * more.height > limit)
        }
      }
    }
  }

  @Test func `are near-square where no columns were asked for`() throws {
    let layout = try sheets(10_000, limit: 16_000_000, width: 128, height: 128).layout
    #expect((layout.columns, layout.rows) == (30, 31))
    let flat = try sheets(1000, limit: 1_000_000, width: 100, height: 20).layout
    #expect((flat.columns, flat.rows) == (21, 21))
  }

  @Test func `need room for one picture`() throws {
    // Alone on its sheet it has no gap.
    let least = try sheets(9, limit: 200)
    #expect((least.count, least.layout.columns, least.layout.width) == (9, 1, 10))
    let error = #expect(throws: GridProblem.self) { try sheets(9, limit: 199) }
    #expect(
      error?.named("x.png") == MorphError("x.png", SettingProblem.tileTooSmall(199, least: 200, columns: 1)))
  }

  @Test func `the least that is named is enough`() throws {
    for (columns, columnHeight, label) in [(nil, 1, 12), (3, 1, 0), (nil, 2, 12), (2, 2, 0)] {
      func make(_ limit: Int) throws(GridProblem) -> GridSheets {
        try sheets(9, columns: columns, limit: limit, columnHeight: columnHeight, label: label)
      }
      var least = 0
      do throws(GridProblem) {
        _ = try make(1)
      } catch {
        guard case .tile(.tileTooSmall(1, let named, _)) = error else { throw error }
        least = named
      }
      #expect(try make(least).count > 1)
      #expect(throws: GridProblem.self) { try make(least - 1) }
    }
  }

  @Test func `keep each photo with its reconstruction`() throws {
    let sheets = try sheets(5, columns: 2, limit: 26 * 46, columnHeight: 2)
    #expect((sheets.count, sheets.cellCount, sheets.layout.cellCount) == (3, 12, 4))
  }

  @Test func `are named with numbers of equal width`() {
    #expect(
      ResultPlace(path: "a/grid.png", sheetCount: 3, records: nil).sheetPaths
        == ["a/grid-1.png", "a/grid-2.png", "a/grid-3.png"])
    let many = ResultPlace(path: "grid.png", sheetCount: 12, records: nil).sheetPaths
    #expect(many.first == "grid-01.png" && many.last == "grid-12.png" && many.count == 12)
  }
}
