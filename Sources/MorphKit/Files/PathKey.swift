/// A path or a name, equal to another only byte by byte, as the file system takes it.
///
/// Two strings are equal where people read the same in them: é in one letter, and e with an accent behind it. Files of
/// such names are two.
struct PathKey: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ path: String) {
    bytes = Array(path.utf8)
  }
}

extension String {
  /// Whether it is the same name to the file system.
  func isSameName(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
