/// One job of a job file, and where it was stated.
public struct BatchJob: Equatable, Sendable {
  public var job: MorphJob
  /// The job file, as it was named; `standard input` for that.
  public var file: String
  /// Where in the file, `line 7 (seed 42)`; `nil` for the only job of a file.
  public var position: String?
  /// The table of whose rows it is one.
  var table: String?

  /// What messages call it: `walks.yaml: line 7 (seed 42)`.
  public var label: String { position.map { "\(file): \($0)" } ?? file }

  public init(_ job: MorphJob, file: String, position: String? = nil) {
    self.job = job
    self.file = file
    self.position = position
  }
}
