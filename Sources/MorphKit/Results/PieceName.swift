/// The name of a finished piece in a work folder, which says what its content must be:
/// `000003-<first 16 digits of its digest>.mp4`.
struct PieceName: Equatable {
  enum Part: Equatable {
    case chunk(Int)
    /// All chunks together.
    case result
  }

  let part: Part
  let digits: String
  /// `.mp4` for a chunk of a video; empty for others.
  let ending: String

  init(_ part: Part, digest: String, ending: String) {
    self.part = part
    digits = String(digest.prefix(16))
    self.ending = ending
  }

  /// Reads a file's name; `nil` for other files.
  init?(_ fileName: String) {
    guard let dash = fileName.firstIndex(of: "-") else { return nil }
    let rest = fileName[fileName.index(after: dash)...]
    digits = String(rest.prefix(16))
    ending = String(rest.dropFirst(16))
    guard digits.count == 16, digits.allSatisfy(\.isHexDigit), ending.isEmpty || ending == ".mp4" else {
      return nil
    }
    let start = fileName[..<dash]
    if start == PieceName.resultStart {
      part = .result
    } else {
      guard start.count >= 6, let number = UInt32(digits: start) else { return nil }
      part = .chunk(Int(number))
    }
  }

  private static let resultStart = "result"

  var fileName: String {
    switch part {
    case .chunk(let number): "\(padded(number, to: 6))-\(digits)\(ending)"
    case .result: "\(PieceName.resultStart)-\(digits)\(ending)"
    }
  }
}

/// A finished piece, where it lies.
struct Piece: Equatable, Sendable {
  var path: String
  /// See `ResultPlace.digest`.
  var digest: String
}
