/// Frames into a grid of one sheet or several, and each into a file of its own as well where that was asked for.
struct SheetSink: FrameSink, ~Copyable {
  private let sheets: GridSheets
  private let open: (_ sheet: Int) throws(MorphError) -> GridSink
  private var sheet: GridSink?
  private var singles: SinglesSink?
  private var cellsWritten = 0

  /// `open` makes the sink of a sheet, by its number from 0.
  init(
    _ sheets: GridSheets, singles: consuming SinglesSink?,
    open: @escaping (_ sheet: Int) throws(MorphError) -> GridSink
  ) {
    self.sheets = sheets
    self.open = open
    self.singles = singles
  }

  mutating func write(_ frame: Image) throws {
    let number = cellsWritten / sheets.layout.cellCount
    let cells = sheets.cells(ofSheet: number)
    if cellsWritten == cells.lowerBound {
      sheet = try open(number)
    }
    try sheet?.write(frame)
    try singles?.write(frame)
    cellsWritten += 1
    if cellsWritten == cells.upperBound {
      try sheet.take()?.finish()
    }
  }

  consuming func finish() throws {
    precondition(cellsWritten == sheets.cellCount, "a picture for each cell")
    try singles.take()?.finish()
  }
}

/// The pictures of a grid's cells into a folder, which is kept in its work folder when it is complete.
struct SinglesSink: FrameSink, ~Copyable {
  private let work: WorkFolder
  private let names: SingleNames
  private let xmp: (_ cell: Int) -> String?
  private let path: String
  private var frames: FrameFolderSink
  private var cellsWritten = 0

  init(
    in work: WorkFolder, names: SingleNames, comment: String, xmp: @escaping (_ cell: Int) -> String?
  ) throws(MorphError) {
    self.work = work
    self.names = names
    self.xmp = xmp
    path = work.temporaryPath()
    frames = try FrameFolderSink(
      creating: path, name: work.place.path, comment: comment, fileName: names.fileName)
  }

  mutating func write(_ frame: Image) throws {
    if let number = names.number(cellsWritten) {
      try frames.write(frame, number: number, xmp: xmp(cellsWritten))
    }
    cellsWritten += 1
  }

  consuming func finish() throws {
    try frames.finish()
    _ = try work.keep(path)
  }
}

extension SheetSink {
  /// The sink of a whole grid; several sheets are made in a folder.
  init(
    for prepared: PreparedJob, _ settings: MorphJob.GridSettings, creating path: String, name: String,
    comment: String
  ) throws(MorphError) {
    guard let sheets = prepared.shape.sheets else { preconditionFailure("the result is no grid") }
    let place = prepared.work.place
    let labels = CellLabels(of: prepared.job, inputs: prepared.inputs)
    let (job, columns) = (prepared.job, prepared.shape.columns)
    let xmp = prepared.digitalSource?.xmp
    let withDetail = prepared.inputs.detail != nil
    if sheets.count > 1 {
      try prepared.work.naming { () throws(FileProblem) in try makeFolder(path) }
    }
    var singles: SinglesSink?
    if let folder = prepared.work.singles, let names = prepared.job.singleNames(in: prepared.shape) {
      singles = try SinglesSink(in: folder.work, names: names, comment: comment) {
        job.digitalSource(ofCell: $0, columns: columns, withDetail: withDetail)?.xmp
      }
    }
    let files = place.sheetNames
    self.init(sheets, singles: singles) { number throws(MorphError) in
      try GridSink(
        creating: sheets.count > 1 ? "\(path)/\(files[number])" : path, name: name,
        layout: sheets.layout(ofSheet: number), background: settings.background, labels: labels,
        firstCell: sheets.cells(ofSheet: number).lowerBound, comment: comment, xmp: xmp)
    }
  }
}
