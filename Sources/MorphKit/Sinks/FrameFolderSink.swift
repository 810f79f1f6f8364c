internal import PNGFiles

/// Frames into a folder, each as a PNG of its own.
struct FrameFolderSink: FrameSink, ~Copyable {
  private let path: String
  private let resultName: String
  private let comment: String
  private let xmp: String?
  /// The file name of each frame.
  private let fileName: @Sendable (Int) -> String
  private var framesWritten = 0

  /// `name` is the result's final name; the folder is made at `path`, with `table` in it.
  init(
    creating path: String, name: String, comment: String, xmp: String? = nil,
    table: (name: String, text: String)? = nil, fileName: @escaping @Sendable (Int) -> String
  ) throws(MorphError) {
    self.path = path
    resultName = name
    self.comment = comment
    self.xmp = xmp
    self.fileName = fileName
    do throws(FileProblem) {
      try makeFolder(path)
      if let table {
        try MorphKit.write(Array(table.text.utf8), toFile: path + "/" + table.name)
      }
    } catch {
      throw MorphError(name, OutputProblem.cannotWrite(reason: error.reason))
    }
  }

  mutating func write(_ frame: Image) throws {
    try write(frame, number: framesWritten, xmp: xmp)
    framesWritten += 1
  }

  /// Writes the picture of a number, in any order.
  func write(_ frame: Image, number: Int, xmp: String?) throws(MorphError) {
    let file = path + "/" + fileName(number)
    do throws(PNGError) {
      var writer = try PNGWriter(
        creating: file, width: frame.width, height: frame.height, text: [(key: "Comment", value: comment)],
        xmp: xmp)
      let rowBytes = frame.width * 3
      for y in 0..<frame.height {
        try writer.writeRow(frame.pixels.span.extracting((y * rowBytes)..<((y + 1) * rowBytes)))
      }
      try writer.finish()
    } catch {
      throw MorphError(resultName, OutputProblem(error))
    }
  }

  consuming func finish() throws {}
}
