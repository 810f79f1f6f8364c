/// A file that a report is written into, whole or not at all.
public struct ReportFile: Equatable, Sendable {
  public let path: String
  private let overwrites: Bool

  /// Finds out at once whether the file can be written, and leaves nothing but the folder that it lies in.
  ///
  /// `option` is what named it, `ending` what it must end in. Throws `MorphError`.
  public init(
    at path: String, option: String, ending: String, overwrites: Bool
  ) throws(MorphError) {
    (self.path, self.overwrites) = (path, overwrites)
    guard !path.hasSuffix("/"), fileEnding(path) == ending else {
      throw MorphError(option, .value(path, allowed: "the name of a file that ends in \(ending)"))
    }
    try checkPlace()
    let trial = temporaryPath
    try naming { () throws(FileProblem) in
      try makeFolder(MorphKit.folder(of: path))
      try makeEmptyFile(trial)
    }
    removeAll(trial)
  }

  /// A file that was found to be replaceable.
  public init(replacing path: String) {
    (self.path, overwrites) = (path, true)
  }

  /// Puts a text into the file in one step.
  public func write(_ text: String) throws(MorphError) {
    try checkPlace()
    let temporary = temporaryPath
    defer { removeAll(temporary) }
    try naming { () throws(FileProblem) in
      try MorphKit.write(Array(text.utf8), toFile: temporary)
      try move(temporary, to: path)
      try synchronize(folder)
    }
  }

  /// Where it lies.
  public var folder: String { MorphKit.folder(of: path) }

  private func checkPlace() throws(MorphError) {
    guard isTakenByAnything(path) else { return }
    guard isReplaceable(path) else { throw MorphError(path, OutputProblem.notAFile) }
    guard overwrites else { throw MorphError(path, OutputProblem.reportExists) }
  }

  private var temporaryPath: String { "\(folder)/.\(UnfinishedName().fileName)" }

  private func naming(_ body: () throws(FileProblem) -> Void) throws(MorphError) {
    do throws(FileProblem) {
      try body()
    } catch {
      throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
    }
  }
}
