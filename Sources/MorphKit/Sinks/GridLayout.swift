/// How pictures of one size stand in a sheet: in rows, with a gap between them and around them.
///
/// The same as torchvision's `make_grid`: a single picture stands alone, without a gap.
struct GridLayout: Equatable, Sendable {
  /// The longest side that a PNG may have.
  static let sideLimit = 1_000_000

  /// The most bytes that one row of pictures may take, since it is painted in memory.
  static let rowByteLimit = 512_000_000

  let cellCount: Int
  let columns: Int
  let cellWidth: Int
  let cellHeight: Int
  let gap: Int

  /// Throws when a side would be over the limit; columns without a picture are left out.
  init(
    cellCount: Int, columns: Int, cellWidth: Int, cellHeight: Int, gap: Int
  ) throws(OutputProblem) {
    precondition(cellCount > 0 && columns > 0, "a grid has a cell")
    self.cellCount = cellCount
    self.columns = min(columns, cellCount)
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.gap = cellCount == 1 ? 0 : gap
    guard width <= GridLayout.sideLimit, height <= GridLayout.sideLimit else {
      throw .gridTooLarge(width: width, height: height)
    }
    guard width * cellHeight * 3 <= GridLayout.rowByteLimit else {
      throw .gridRowTooLarge(megabytes: width * cellHeight * 3 / 1_000_000)
    }
  }

  var rows: Int { (cellCount + columns - 1) / columns }
  var width: Int { gap + columns * (cellWidth + gap) }
  var height: Int { gap + rows * (cellHeight + gap) }

  /// Columns that make a sheet about as wide as it is high.
  static func nearSquareColumns(cellCount: Int) -> Int {
    var columns = 1
    while columns * columns < cellCount {
      columns += 1
    }
    return columns
  }
}
