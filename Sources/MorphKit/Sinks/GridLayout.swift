/// How pictures of one size stand in a sheet: in rows, with a gap between them and around them.
///
/// The same as torchvision's `make_grid`: a single picture stands alone, without a gap. Below each row of pictures, or
/// each second one, there may be a strip for labels.
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
  /// Of the strip below a row, in pixels; 0 without labels.
  let labelHeight: Int
  /// Each so many rows share the labels below the last of them.
  let rowsPerLabel: Int

  /// Throws when a side would be over the limit; columns without a picture are left out.
  init(
    cellCount: Int, columns: Int, cellWidth: Int, cellHeight: Int, gap: Int, labelHeight: Int = 0,
    rowsPerLabel: Int = 1
  ) throws(OutputProblem) {
    precondition(cellCount > 0 && columns > 0, "a grid has a cell")
    self.init(
      unchecked: cellCount, columns: min(columns, cellCount), cellWidth: cellWidth, cellHeight: cellHeight,
      gap: cellCount == 1 ? 0 : gap, labelHeight: labelHeight, rowsPerLabel: rowsPerLabel)
    try check()
  }

  /// A sheet of any size.
  init(
    unchecked cellCount: Int, columns: Int, cellWidth: Int, cellHeight: Int, gap: Int, labelHeight: Int,
    rowsPerLabel: Int
  ) {
    self.cellCount = cellCount
    self.columns = columns
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.gap = gap
    self.labelHeight = labelHeight
    self.rowsPerLabel = rowsPerLabel
  }

  /// The same for another number of pictures: the columns stay as wide, whether they have a picture or not.
  func holding(_ cellCount: Int) -> GridLayout {
    GridLayout(
      unchecked: cellCount, columns: columns, cellWidth: cellWidth, cellHeight: cellHeight, gap: gap,
      labelHeight: labelHeight, rowsPerLabel: rowsPerLabel)
  }

  /// Throws when it is more than a PNG file, or memory, takes.
  func check() throws(OutputProblem) {
    guard width <= GridLayout.sideLimit, height <= GridLayout.sideLimit else {
      throw .gridTooLarge(width: width, height: height)
    }
    let bytes = width * (cellHeight + labelHeight) * 3
    guard bytes <= GridLayout.rowByteLimit else {
      throw .gridRowTooLarge(megabytes: bytes / 1_000_000)
    }
  }

  var rows: Int { (cellCount + columns - 1) / columns }
  var width: Int { gap + columns * (cellWidth + gap) }
  var height: Int {
    gap + rows * (cellHeight + gap) + (rows + rowsPerLabel - 1) / rowsPerLabel * labelHeight
  }

  /// How many pictures of the next row may wait while one is written: all of them, if they take at most 32 MB.
  var readAhead: Int { min(columns, 32_000_000 / (cellWidth * cellHeight * 3)) }

  /// Whether labels stand below the pictures of a row.
  func hasLabels(belowRow row: Int) -> Bool {
    labelHeight > 0 && (row % rowsPerLabel == rowsPerLabel - 1 || row == rows - 1)
  }

  /// Columns that make a sheet about as wide as it is high.
  static func nearSquareColumns(cellCount: Int) -> Int {
    var columns = 1
    while columns * columns < cellCount {
      columns += 1
    }
    return columns
  }

  /// How high the strip of labels below pictures of a size is.
  ///
  /// An eighth of their shorter side, so that an enlarged grid looks the same, but never too low to be read.
  static func labelHeight(cellWidth: Int, cellHeight: Int) -> Int {
    max(12, (min(cellWidth, cellHeight) + 4) / 8)
  }
}
