internal import Digests

/// A text file whose lines stand below the pictures of a grid.
struct LabelFile: Equatable, Sendable {
  let path: String
  let sha256: String
  let lines: [String]

  static let byteLimit = 16_000_000

  /// Reads a regular file; throws `MorphError` for one that is too large, or no text in UTF-8.
  init(at path: String) throws(MorphError) {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try MorphKit.bytes(ofFile: path, limit: LabelFile.byteLimit)
    } catch {
      throw MorphError(path, SettingProblem.labelFile(error.reason))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MorphError(path, SettingProblem.labelFile("it is not a text in UTF-8"))
    }
    self.path = path
    sha256 = SHA256Digest(of: bytes).hex
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if text.hasPrefix("\u{FEFF}") {
      // Some editors begin a text with a mark of its encoding.
      lines[0].unicodeScalars.removeFirst()
    }
    if lines.last == "" {
      lines.removeLast()
    }
    self.lines = lines
  }

  /// Throws when there isn't one line for each picture.
  func expect(count: Int) throws(MorphError) {
    guard lines.count == count else {
      throw MorphError(path, SettingProblem.labelCount(lines.count, expected: count))
    }
  }
}
