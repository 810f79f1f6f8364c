/// Why a PNG file could not be made.
package enum PNGError: Error, Equatable, CustomStringConvertible {
  /// A side is longer than libpng writes: 1,000,000 pixels.
  case tooLarge(width: Int, height: Int)

  /// The file can't be made or written; `reason` is the system's own, such as `No space left on device`.
  case cannotWrite(reason: String)

  package var description: String {
    switch self {
    case .tooLarge(let width, let height): "\(width) × \(height) pixels are more than a PNG file takes"
    case .cannotWrite(let reason): "the file can't be written: \(reason)"
    }
  }
}
