/// Which numbers a job may state: on the command line, in a job file, and in the record that it is made again from.
enum JobLimits {
  static let crf = 0...51
  static let columns = 1...1_000_000
  static let gap = 0...10_000
  /// Of a row, or of a side of a plane.
  static let steps = 2...1_000
  /// From a posterior.
  static let draws = 1...1_000_000
  static let margin = 0.5...5.0
  /// Of photos.
  static let detail = 0.0...1.0
  /// Times the side of the model's crop.
  static let view = 1.0...2.5
  static let temperature = 0.0...10.0
  /// Frames of a swing.
  static let swing = 4...MorphJob.frameLimit
  /// Pictures in a frame.
  static let cells = 1...MorphJob.keyframeLimit
  /// Faces that each meet each other.
  static let pairs = 2...9_999
  /// Sheets that a grid is split into.
  static let sheets = 2...1_000_000
  /// Any length that is no slip of the pen.
  static let seconds = 0.0...10_000_000
  /// Columns or rows of a mosaic of walks.
  static let cellSides = 1...64
  /// Of a picture that is enlarged, in pixels.
  static let longerSides = 16...16_384
}
