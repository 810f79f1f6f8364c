/// An array of a file of latents.
struct LatentKey: Hashable, Sendable {
  private let path: PathKey
  private let name: PathKey?

  init(_ path: String, name: String?) {
    self.path = PathKey(path)
    self.name = name.map { PathKey($0) }
  }
}

/// The arrays of latents that were used last, and the digests of all files that were read.
struct KeptLatents {
  /// Those in use, and those that were in use before: when the first are too many they become the second.
  private var young: [LatentKey: LatentFile] = [:]
  private var old: [LatentKey: LatentFile] = [:]
  private var youngBytes = 0
  private var digests: [PathKey: (stamp: FileStamp, sha256: String)] = [:]
  /// The last file of several arrays, since the next one asked for may be in it too.
  private var open: LatentContent?

  /// Of each of the two; the array used last is kept whatever it takes.
  private static let byteLimit = 16_000_000

  /// Reads a file unless it is there; one that was not written since is not hashed again.
  mutating func file(at path: String, name: String?) throws(MorphError) -> LatentFile {
    let key = LatentKey(path, name: name)
    if let file = young[key] { return file }
    let file: LatentFile
    if let kept = old[key] {
      file = kept
    } else {
      file = try LatentFile(content(at: path), name: name)
    }
    if youngBytes + file.byteCount > KeptLatents.byteLimit {
      (old, young, youngBytes) = (young, [:], 0)
    }
    young[key] = file
    youngBytes += file.byteCount
    return file
  }

  private mutating func content(at path: String) throws(MorphError) -> LatentContent {
    if let open, open.path.isSameName(as: path) { return open }
    let content = try LatentContent(at: path, known: digests[PathKey(path)])
    if let stamp = content.stamp { digests[PathKey(path)] = (stamp, content.sha256) }
    if content.holdsSeveral { open = content }
    return content
  }
}
