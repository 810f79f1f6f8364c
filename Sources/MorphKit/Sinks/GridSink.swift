internal import PNGFiles

/// Frames into one PNG sheet, a row of pictures at a time: memory is that of one row.
struct GridSink: FrameSink, ~Copyable {
  private let layout: GridLayout
  private let name: String
  private let labels: LabelPainter?
  private let firstCell: Int
  private var writer: PNGWriter
  /// The row of pictures that is being painted, with the strip of labels below it: rows of `width × 3` bytes.
  private var row: [UInt8]
  /// A line of the background.
  private let blank: [UInt8]
  private var cellsWritten = 0

  /// `name` is the result's final name; `path` is where the file is made.
  ///
  /// `labels` may have those of other sheets too: here the number of the first cell is `firstCell`.
  init(
    creating path: String, name: String, layout: GridLayout, background: Color, labels: CellLabels? = nil,
    firstCell: Int = 0, comment: String, xmp: String? = nil
  ) throws(MorphError) {
    blank = Image(width: layout.width, height: 1, filledWith: background).pixels
    writer = try GridSink.writer(
      creating: path, name: name, layout: layout, blank: blank, comment: comment, xmp: xmp)
    self.layout = layout
    self.name = name
    self.labels = labels.map { LabelPainter($0, background: background) }
    self.firstCell = firstCell
    row = []
    row.reserveCapacity((layout.cellHeight + layout.labelHeight) * blank.count)
    for _ in 0..<(layout.cellHeight + layout.labelHeight) {
      row += blank
    }
  }

  /// A writer of the sheet, with the gap above the first row written.
  private static func writer(
    creating path: String, name: String, layout: GridLayout, blank: [UInt8], comment: String,
    xmp: String?
  ) throws(MorphError) -> PNGWriter {
    do throws(PNGError) {
      var writer = try PNGWriter(
        creating: path, width: layout.width, height: layout.height, text: [(key: "Comment", value: comment)],
        xmp: xmp)
      for _ in 0..<layout.gap {
        try writer.writeRow(blank.span)
      }
      return writer
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  mutating func write(_ frame: Image) throws {
    precondition(
      frame.width == layout.cellWidth && frame.height == layout.cellHeight, "pictures of the layout's size")
    let (number, column) = (cellsWritten / layout.columns, cellsWritten % layout.columns)
    let left = (layout.gap + column * (layout.cellWidth + layout.gap)) * 3
    paint(frame.pixels, height: layout.cellHeight, top: 0, left: left)
    if let labels, layout.hasLabels(belowRow: number),
      let strip = try labels.strip(
        ofCell: firstCell + cellsWritten, columns: layout.columns, width: layout.cellWidth,
        height: layout.labelHeight)
    {
      paint(strip, height: layout.labelHeight, top: layout.cellHeight, left: left)
    }
    cellsWritten += 1
    if cellsWritten % layout.columns == 0 || cellsWritten == layout.cellCount {
      try writeRow(number)
    }
  }

  /// Puts pixels as wide as a cell into the row that is being painted; `left` counts bytes.
  private mutating func paint(_ pixels: [UInt8], height: Int, top: Int, left: Int) {
    let (stride, length) = (blank.count, layout.cellWidth * 3)
    row.withUnsafeMutableBytes { row in
      pixels.withUnsafeBytes { pixels in
        for y in 0..<height {
          let target = UnsafeMutableRawBufferPointer(
            rebasing: row[((top + y) * stride + left)..<((top + y) * stride + left + length)])
          target.copyMemory(from: UnsafeRawBufferPointer(rebasing: pixels[(y * length)..<((y + 1) * length)]))
        }
      }
    }
  }

  consuming func finish() throws {
    precondition(cellsWritten == layout.cellCount, "a picture for each cell")
    let name = name
    do throws(PNGError) {
      try writer.finish()
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  /// Writes the painted row and the gap below it, and clears it.
  private mutating func writeRow(_ number: Int) throws(MorphError) {
    let height = layout.cellHeight + (layout.hasLabels(belowRow: number) ? layout.labelHeight : 0)
    let blank = blank
    var painted: [UInt8] = []
    swap(&painted, &row)
    do throws(PNGError) {
      try writer.writeRows(painted.span.extracting(0..<(height * blank.count)))
      for _ in 0..<layout.gap {
        try writer.writeRow(blank.span)
      }
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
    if cellsWritten < layout.cellCount {
      for y in 0..<(layout.cellHeight + layout.labelHeight) {
        painted.replaceSubrange((y * blank.count)..<((y + 1) * blank.count), with: blank)
      }
    }
    swap(&painted, &row)
  }
}

extension OutputProblem {
  init(_ error: PNGError) {
    switch error {
    case .cannotWrite(let reason): self = .cannotWrite(reason: reason)
    default: self = .cannotWrite(reason: error.description)
    }
  }
}
