internal import Digests
internal import Glibc

/// Where a finished result lies, and what lies beside it.
struct ResultPlace: Equatable, Sendable {
  enum Shape: Equatable, Sendable {
    case file
    case folder
    /// Files beside others, named by a pattern.
    case pattern(FramePattern)
    /// A grid in several files, numbered from 1, which stand in for the one that was named.
    case sheets(FramePattern, count: Int)
  }

  /// As the user wrote it, without a `/` at its end.
  let path: String
  let shape: Shape
  /// The folder that collects records; `nil` when they lie beside their results.
  var records: String?

  /// The record of how it was made.
  var recordPath: String { notePath(".json") }

  /// The note of why it could not be made.
  var failurePath: String { notePath(".failed.json") }

  /// Results of one name in several folders keep their notes apart by where they lie, as seen from the folder of records.
  private func notePath(_ ending: String) -> String {
    guard let records else { return path + ending }
    let digits = SHA256Digest(of: relativePath(path, from: records)).hex.prefix(8)
    return "\(records)/\(fileName(path))-\(digits)\(ending)"
  }

  /// Where everything is made before it is complete.
  var partsPath: String { path + ".parts" }

  /// The file names of a grid's sheets; none for other results.
  var sheetNames: [String] {
    guard case .sheets(let pattern, let count) = shape else { return [] }
    return (1...count).map(pattern.fileName)
  }

  /// The paths of a grid's sheets; none for other results.
  var sheetPaths: [String] {
    let holder = folder(of: path)
    return sheetNames.map { (holder == "." && !path.hasPrefix("./") ? "" : holder + "/") + $0 }
  }

  /// What it is called: the paths of a grid's sheets, otherwise its path alone.
  var files: [String] { sheetPaths.isEmpty ? [path] : sheetPaths }

  /// Whether something has the result's name; an empty folder has not, since frames may go into it.
  var isTaken: Bool {
    switch shape {
    case .file:
      return isTakenByAnything(path)
    case .folder:
      guard kind(ofPath: path) == .folder else { return isTakenByAnything(path) }
      return !names(in: path).isEmpty
    case .pattern(let pattern):
      return names(in: folder(of: path)).contains { pattern.number(inFileName: $0) != nil }
    case .sheets:
      return isTakenByAnything(path) || sheetPaths.contains { isTakenByAnything($0) }
    }
  }

  /// Whether frames of the pattern are there with this number or a higher one.
  func hasFrames(from number: Int) -> Bool {
    guard case .pattern(let pattern) = shape else { return false }
    return names(in: folder(of: path)).contains {
      pattern.number(inFileName: $0).map { $0 >= number } ?? false
    }
  }

  /// A digest of all that the result is; `nil` when nothing or something of another kind is there.
  ///
  /// That of a file is its SHA-256. That of several files is the SHA-256 of a line for each, sorted by name: SHA-256,
  /// two spaces, name.
  func digest(at path: String? = nil) throws(FileProblem) -> String? {
    switch shape {
    case .file:
      let path = path ?? self.path
      guard kind(ofPath: path) == .file else { return nil }
      return try sha256(ofFile: path)
    case .folder:
      let path = path ?? self.path
      guard kind(ofPath: path) == .folder else { return nil }
      return try digest(of: names(in: path), in: path)
    case .pattern(let pattern):
      let holder = path ?? folder(of: self.path)
      let frames = names(in: holder).filter { pattern.number(inFileName: $0) != nil }
      return frames.isEmpty ? nil : try digest(of: frames, in: holder)
    case .sheets:
      return try digest(of: sheetNames, in: path ?? folder(of: self.path))
    }
  }

  /// The digest of the result when what is left in `piece` has been moved to its place.
  ///
  /// Single frames are moved one by one, so a run may have been killed in between. A frame that is still to be moved
  /// counts, not one of its name that it will replace: `old` has the SHA-256 of those. `nil` when there is a frame that
  /// is neither.
  func digest(completedBy piece: String, replacing old: [String: String]) throws(FileProblem) -> String? {
    if case .sheets = shape {
      let home = folder(of: path)
      for name in sheetNames
      where isTakenByAnything(home + "/" + name) && kind(ofPath: "\(piece)/\(name)") == .file {
        if let digest = old[name], try sha256(ofFile: home + "/" + name) == digest { continue }
        guard try isSameFile(home + "/" + name, piece + "/" + name) else { return nil }
      }
      return try digest(of: sheetNames.map { (kind(ofPath: "\(piece)/\($0)") == .file ? piece : home, $0) })
    }
    guard case .pattern(let pattern) = shape else { return isTaken ? nil : try digest(at: piece) }
    let home = folder(of: path)
    let waiting = Set(names(in: piece))
    var moved: [String] = []
    for name in names(in: home) where pattern.number(inFileName: name) != nil {
      if let digest = old[name], try sha256(ofFile: home + "/" + name) == digest { continue }
      if !waiting.contains(name) {
        moved.append(name)
      } else if try !isSameFile(home + "/" + name, piece + "/" + name) {
        return nil
      }
    }
    return try digest(of: moved.map { (home, $0) } + waiting.map { (piece, $0) })
  }

  /// What the result says of itself, as pictures and videos do; of several pictures the first.
  var embeddedFacts: EmbeddedFacts? {
    let home = folder(of: path)
    let first: String? =
      switch shape {
      case .file: path
      case .folder: names(in: path).filter { fileEnding($0) == ".png" }.min().map { path + "/" + $0 }
      case .pattern(let pattern):
        names(in: home).filter { pattern.number(inFileName: $0) != nil }.min().map { home + "/" + $0 }
      case .sheets: sheetPaths.first
      }
    return first.flatMap { EmbeddedFacts(atPath: $0) }
  }

  /// Throws when the result would take the place of a file that its job reads.
  func refuseInputs(_ paths: [String]) throws(MorphError) {
    let home = folder(of: path)
    guard let realHome = realPath(home) else { return }
    let target = realHome + "/" + fileName(path)
    for input in paths {
      guard let real = realPath(input) else { continue }
      let isOwn =
        switch shape {
        case .file: real == target
        case .folder: real.hasPrefix(target + "/")
        case .pattern(let pattern):
          folder(of: real) == realHome && pattern.number(inFileName: fileName(real)) != nil
        case .sheets:
          real == target || (folder(of: real) == realHome && sheetNames.contains(fileName(real)))
        }
      if isOwn { throw MorphError(input, OutputProblem.isInput) }
    }
  }

  private func digest(of names: [String], in folder: String) throws(FileProblem) -> String? {
    try digest(of: names.map { (folder, $0) })
  }

  private func digest(of files: [(folder: String, name: String)]) throws(FileProblem) -> String? {
    var hasher = SHA256Hasher()
    for file in files.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
      let path = file.folder + "/" + file.name
      guard kind(ofPath: path) == .file else { return nil }
      hasher.update("\(try sha256(ofFile: path))  \(file.name)\n")
    }
    return hasher.finish().hex
  }

  private func names(in folder: String) -> [String] {
    do throws(FileProblem) {
      return try namesInFolder(folder)
    } catch {
      return []
    }
  }
}

extension ResultPlace {
  /// The place of a result that is one file, or so many sheets.
  init(path: String, sheetCount: Int?, records: String?) {
    let shape = sheetCount.map { Shape.sheets(FramePattern(sheetsOf: path, count: $0), count: $0) }
    self.init(path: path, shape: shape ?? .file, records: records)
  }
}

/// The SHA-256 of a file's content, as hexadecimal digits.
func sha256(ofFile path: String) throws(FileProblem) -> String {
  do throws(DigestError) {
    return try SHA256Digest(ofFileAt: path).hex
  } catch {
    throw .failed(reason: error.description)
  }
}

extension FramePattern {
  /// The number of the frame that a file of this name is; `nil` for other files.
  func number(inFileName name: String) -> Int? {
    let (start, end) = (self.prefix[fileNameStart(self.prefix)...].utf8, suffix.utf8)
    guard name.utf8.starts(with: start), name.utf8.reversed().starts(with: end.reversed()),
      name.utf8.count > start.count + end.count
    else { return nil }
    let digits = Substring(name.utf8.dropFirst(start.count).dropLast(end.count))
    guard let number = UInt32(digits: digits), padded(Int(number), to: width) == digits else { return nil }
    return Int(number)
  }
}
