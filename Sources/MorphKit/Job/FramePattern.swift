/// A file name with the frame's number in it: `face_%06d.png`, `face_####.png`.
public struct FramePattern: Equatable, Sendable {
  /// The folder and what stands before the number.
  let prefix: String
  let suffix: String
  /// Digits at least.
  let width: Int

  /// The pattern in a file name, `nil` when there is none.
  ///
  /// Throws when there are two.
  init?(_ path: String) throws(SettingProblem) {
    var pieces: [(range: Range<String.Index>, width: Int)] = []
    var index = fileNameStart(path)
    while index < path.endIndex {
      if path[index] == "%", let piece = FramePattern.printf(path, at: index) {
        pieces.append(piece)
        index = piece.range.upperBound
      } else if path[index] == "#", path[index...].hasPrefix("##") {
        let end = path[index...].firstIndex { $0 != "#" } ?? path.endIndex
        pieces.append((index..<end, path.distance(from: index, to: end)))
        index = end
      } else {
        index = path.index(after: index)
      }
    }
    guard let piece = pieces.first else { return nil }
    guard pieces.count == 1, piece.width <= 12 else {
      throw .value(path, allowed: "one %06d or #### in the name, with at most 12 digits")
    }
    prefix = String(path[..<piece.range.lowerBound])
    suffix = String(path[piece.range.upperBound...])
    width = piece.width
  }

  /// The pattern's file name in the one way in which printf writes it.
  var usualText: String { "\(prefix[fileNameStart(prefix)...])%0\(width)d\(suffix)" }

  /// The names of sheets, numbered from 1: `grid-1.png` to `grid-9.png`, or `grid-01.png` to `grid-12.png`.
  init(sheetsOf path: String, count: Int) {
    let ending = path[fileNameStart(path)...].lastIndex(of: ".") ?? path.endIndex
    prefix = path[..<ending] + "-"
    suffix = String(path[ending...])
    width = String(count).count
  }

  /// The file name of frame `number`, without its folder.
  func fileName(ofFrame number: Int) -> String {
    prefix[fileNameStart(prefix)...] + padded(number, to: width) + suffix
  }

  /// `%d`, `%6d` or `%06d` at a place.
  private static func printf(
    _ path: String, at start: String.Index
  ) -> (range: Range<String.Index>, width: Int)? {
    let digits = path[path.index(after: start)...].prefix { ("0"..."9").contains($0) }
    guard digits.endIndex < path.endIndex, path[digits.endIndex] == "d" else { return nil }
    return (start..<path.index(after: digits.endIndex), digits.isEmpty ? 1 : Int(digits) ?? .max)
  }
}

/// `number` with zeros before it, at least `width` digits.
func padded(_ number: Int, to width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

/// Where the last part of a path begins.
func fileNameStart(_ path: String) -> String.Index {
  path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
}
