/// A file that states one job or many.
public struct JobFile: Sendable {
  /// As the file was named.
  public var name: String
  /// In the order in which they stand in the file; those of an expansion in its order.
  public var jobs: [BatchJob]

  /// Reads a job file; paths in it start from its own folder.
  ///
  /// `overrides` are `key=value` pairs that replace what the file states, in every job. Throws `MorphError` with file,
  /// line and key.
  public init(
    contentsOf path: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    name = path
    jobs = [
      BatchJob(
        try MorphJob(contentsOf: path, overrides: overrides, installation: installation), file: path)
    ]
  }

  /// Reads the text of a job file; `name` stands in errors, and paths start from `folder`.
  public init(
    yaml text: [UInt8], name: String, folder: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    self.name = name
    jobs = [
      BatchJob(
        try MorphJob(
          yaml: text, name: name, folder: folder, overrides: overrides, installation: installation),
        file: name)
    ]
  }
}
