/// How the cells of a grid are shared out among sheets of one size, the last of which may be lower.
struct GridSheets: Equatable, Sendable {
  /// Of all cells.
  let cellCount: Int
  /// Of the first sheet.
  let layout: GridLayout

  /// A grid in one sheet.
  init(of layout: GridLayout) {
    cellCount = layout.cellCount
    self.layout = layout
  }

  /// A grid in sheets of as many whole rows as fit into `pixelLimit` pixels.
  ///
  /// `columns` is `nil` where none were asked for; sheets are near-square then. `columnHeight` cells stand or fall
  /// together: two where each photo stands above its reconstruction. `cellCount` is what `pictureCount` pictures make
  /// in so many columns. Throws `tileTooSmall` when not even one row fits, and what `GridLayout` throws.
  init(
    pictureCount: Int, columns: Int?, columnHeight: Int, pixelLimit: Int, like cell: GridLayout
  ) throws(GridProblem) {
    func sheet(_ columns: Int, rows: Int) -> GridLayout {
      let count = columns * rows * columnHeight
      return cell.replacing(columns: columns, cellCount: count)
    }
    func fits(_ sheet: GridLayout) -> Bool {
      sheet.width * sheet.height <= pixelLimit && max(sheet.width, sheet.height) <= GridLayout.sideLimit
    }
    let limit = min(columns ?? pictureCount, pictureCount)
    var chosen = columns.map { min($0, pictureCount) } ?? 1
    while columns == nil, chosen < limit, fits(sheet(chosen + 1, rows: max(1, (chosen + 1) / columnHeight))) {
      chosen += 1
    }
    let least = sheet(chosen, rows: 1)
    guard fits(least) else {
      throw least.width * least.height > pixelLimit
        ? .tile(.tileTooSmall(pixelLimit, least: least.width * least.height, columns: chosen))
        : .output(.gridTooLarge(width: least.width, height: least.height))
    }
    let rowCount = (pictureCount + chosen - 1) / chosen
    var (low, high) = (1, rowCount)
    while low < high {
      let middle = (low + high + 1) / 2
      if fits(sheet(chosen, rows: middle)) { low = middle } else { high = middle - 1 }
    }
    layout = sheet(chosen, rows: low)
    cellCount = columnHeight == 1 ? pictureCount : rowCount * chosen * columnHeight
    do throws(OutputProblem) {
      try layout.check()
    } catch {
      throw .output(error)
    }
  }

  var count: Int { (cellCount + layout.cellCount - 1) / layout.cellCount }

  /// The numbers of the cells of a sheet, itself counted from 0.
  func cells(ofSheet number: Int) -> Range<Int> {
    precondition((0..<count).contains(number), "no sheet of this number")
    let first = number * layout.cellCount
    return first..<min(first + layout.cellCount, cellCount)
  }

  func layout(ofSheet number: Int) -> GridLayout { layout.holding(cells(ofSheet: number).count) }
}

/// Why cells can't be shared out among sheets.
enum GridProblem: Error {
  case output(OutputProblem)
  case tile(SettingProblem)

  /// As an error of the result of this name.
  func named(_ result: String) -> MorphError {
    switch self {
    case .output(let problem): MorphError(result, problem)
    case .tile(let problem): MorphError(result, problem)
    }
  }
}

extension GridLayout {
  /// A sheet of the same pictures in other columns; one of a single picture has no gap.
  fileprivate func replacing(columns: Int, cellCount: Int) -> GridLayout {
    GridLayout(
      unchecked: cellCount, columns: columns, cellWidth: cellWidth, cellHeight: cellHeight,
      gap: cellCount == 1 ? 0 : gap, labelHeight: labelHeight, rowsPerLabel: rowsPerLabel)
  }
}
