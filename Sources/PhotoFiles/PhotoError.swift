/// Why a file's bytes gave no picture.
package enum PhotoError: Error, Equatable, CustomStringConvertible {
  /// There are no bytes.
  case empty

  /// The bytes are of no format that is known here.
  case notAPicture

  /// A known format that is refused, by its name: `PDF`, `SVG`, `BMP`, `JPEG XL`, `JPEG 2000`, `video`.
  case unsupported(format: String)

  /// More pixels than the limit, as the header says; nothing was decoded.
  case tooLarge(width: Int, height: Int)

  /// The file ends before its picture does.
  case truncated

  /// The decoder gave up; `reason` is its last line.
  case unreadable(reason: String)

  package var description: String {
    switch self {
    case .empty: "the file is empty"
    case .notAPicture: "the file is not a picture"
    case .unsupported(let format): "\(format) is not read"
    case .tooLarge(let width, let height): "\(width) × \(height) pixels are too many"
    case .truncated: "the file ends before its picture does"
    case .unreadable(let reason): "the picture can't be decoded: \(reason)"
    }
  }
}
