internal import PNGFiles

/// Frames into one PNG sheet, a row of pictures at a time: memory is that of one row.
struct GridSink: FrameSink, ~Copyable {
  private let layout: GridLayout
  private let background: Color
  private let name: String
  private var writer: PNGWriter
  /// The row of pictures that is being painted, `cellHeight × width × 3` bytes.
  private var row: [UInt8]
  private var cellsWritten = 0

  /// `name` is the result's final name; `path` is where the file is made.
  init(
    creating path: String, name: String, layout: GridLayout, background: Color, comment: String
  ) throws(MorphError) {
    writer = try GridSink.writer(
      creating: path, name: name, layout: layout, background: background, comment: comment)
    self.layout = layout
    self.background = background
    self.name = name
    row = Image(width: layout.width, height: layout.cellHeight, filledWith: background).pixels
  }

  /// A writer of the sheet, with the gap above the first row written.
  private static func writer(
    creating path: String, name: String, layout: GridLayout, background: Color, comment: String
  ) throws(MorphError) -> PNGWriter {
    do throws(PNGError) {
      var writer = try PNGWriter(
        creating: path, width: layout.width, height: layout.height, text: [(key: "Comment", value: comment)])
      try writer.writeGap(of: layout, background)
      return writer
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  mutating func write(_ frame: Image) throws {
    precondition(
      frame.width == layout.cellWidth && frame.height == layout.cellHeight, "pictures of the layout's size")
    let column = cellsWritten % layout.columns
    let left = (layout.gap + column * (layout.cellWidth + layout.gap)) * 3
    for y in 0..<layout.cellHeight {
      let target = y * layout.width * 3 + left
      let source = y * layout.cellWidth * 3
      row.replaceSubrange(
        target..<(target + layout.cellWidth * 3), with: frame.pixels[source..<(source + layout.cellWidth * 3)]
      )
    }
    cellsWritten += 1
    if cellsWritten % layout.columns == 0 {
      try writeRow()
    }
  }

  consuming func finish() throws {
    precondition(cellsWritten == layout.cellCount, "a picture for each cell")
    if cellsWritten % layout.columns != 0 {
      try writeRow()
    }
    let name = name
    do throws(PNGError) {
      try writer.finish()
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  /// Writes the painted row and the gap below it, and clears it.
  private mutating func writeRow() throws(MorphError) {
    // There is only one, since it may be large.
    var painted: [UInt8] = []
    swap(&painted, &row)
    do throws(PNGError) {
      try writer.writeRows(painted.span)
      try writer.writeGap(of: layout, background)
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
    let channels = [background.red, background.green, background.blue]
    painted.withUnsafeMutableBufferPointer { painted in
      for index in painted.indices { painted[index] = channels[index % 3] }
    }
    row = painted
  }
}

extension PNGWriter {
  fileprivate mutating func writeGap(of layout: GridLayout, _ background: Color) throws(PNGError) {
    guard layout.gap > 0 else { return }
    let line = Image(width: layout.width, height: 1, filledWith: background).pixels
    for _ in 0..<layout.gap {
      try writeRow(line.span)
    }
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
