internal import TestSupport
internal import Testing

extension CommandFolder {
  /// A folder with the tiny model as `tiny` and a picture of its size as `face.png`.
  func addTinyModel(_ name: String = "tiny") throws {
    try copy(fixture(name), to: name)
    try copy(fixture("checked/check.png"), to: "face.png")
  }

  /// Runs the command and expects it to say just this, to end with this code, and to leave nothing behind.
  func expectError(
    _ message: String, code: Int32, _ arguments: [String], through wrapper: [String] = [],
    input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = names()
    let result = try facewalk(arguments, input: input, through: wrapper)
    #expect(result.errors == "facewalk: \(message)\n", sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    #expect(result.ending == .exited(code), sourceLocation: sourceLocation)
    #expect(names() == before, sourceLocation: sourceLocation)
  }

  /// The same, with the arguments as one text with spaces between them.
  func expectError(
    _ message: String, code: Int32, _ line: String, through wrapper: [String] = [], input: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectError(
      message, code: code, words(of: line), through: wrapper, input: input, sourceLocation: sourceLocation)
  }

  /// Runs the command and expects it to succeed, with this path on standard output.
  @discardableResult func expectResult(
    _ path: String, _ line: String, through wrapper: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CommandResult {
    let result = try facewalk(words(of: line), through: wrapper)
    #expect(result.output == path + "\n", "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.ending == .exited(0), sourceLocation: sourceLocation)
    return result
  }
}

/// The words of a command line; `''` is an empty one.
func words(of line: String) -> [String] {
  line.split(separator: " ").map { $0 == "''" ? "" : String($0) }
}
