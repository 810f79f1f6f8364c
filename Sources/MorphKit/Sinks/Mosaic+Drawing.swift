extension Mosaic {
  /// Where the cells stand; throws when the frame would be too large.
  func layout(cellWidth: Int, cellHeight: Int) throws(OutputProblem) -> GridLayout {
    try GridLayout(
      cellCount: cellCount, columns: columns, cellWidth: cellWidth, cellHeight: cellHeight, gap: gap)
  }
}

extension GridLayout {
  /// The same, cells and gaps enlarged by the whole factor that gives this size; itself where there is none.
  ///
  /// Pictures that are enlarged one by one keep sharp edges towards the gap.
  func enlarged(toWidth newWidth: Int, height newHeight: Int) -> GridLayout {
    let factor = newWidth / width
    guard factor > 1, newWidth == factor * width, newHeight == factor * height else { return self }
    do throws(OutputProblem) {
      return try GridLayout(
        cellCount: cellCount, columns: columns, cellWidth: factor * cellWidth,
        cellHeight: factor * cellHeight, gap: factor * gap)
    } catch {
      return self
    }
  }
}

extension Image {
  /// Pictures side by side; places without a picture show the background.
  init(_ cells: [Image], in layout: GridLayout, background: Color) {
    precondition(cells.count == layout.cellCount, "a picture for each cell")
    let sheet = Image(width: layout.width, height: layout.height, filledWith: background)
    var pixels = sheet.pixels
    let rowBytes = layout.cellWidth * 3
    for (number, cell) in cells.enumerated() {
      precondition(
        cell.width == layout.cellWidth && cell.height == layout.cellHeight, "pictures of the layout's size")
      let top = layout.gap + number / layout.columns * (layout.cellHeight + layout.gap)
      let left = layout.gap + number % layout.columns * (layout.cellWidth + layout.gap)
      for y in 0..<layout.cellHeight {
        let target = ((top + y) * layout.width + left) * 3
        pixels.replaceSubrange(
          target..<(target + rowBytes), with: cell.pixels[(y * rowBytes)..<((y + 1) * rowBytes)])
      }
    }
    self.init(width: layout.width, height: layout.height, pixels: pixels)
  }
}
