internal import Digests
internal import PhotoFiles

/// A photo on disk: what is decoded is what was hashed.
struct PhotoFile: Sendable {
  let path: String
  let sha256: String
  /// `nil` for photos beyond those that are kept in memory; they are read again, and must be the same.
  private var content: [UInt8]?

  static let byteLimit = 512_000_000

  /// Reads the whole file; throws `MorphError` when it is missing, no regular file, empty or too large.
  init(at path: String) throws(MorphError) {
    self.path = path
    let content = try PhotoFile.content(at: path)
    sha256 = SHA256Digest(of: content).hex
    self.content = content
  }

  /// How much memory its bytes take now.
  var bytesKept: Int { content?.count ?? 0 }

  /// Gives the memory back.
  mutating func forgetContent() {
    content = nil
  }

  private static func content(at path: String) throws(MorphError) -> [UInt8] {
    let content: [UInt8]
    do throws(FileProblem) {
      content = try bytes(ofFile: path, limit: byteLimit)
    } catch {
      switch error {
      case .missing: throw MorphError(path, PhotoProblem.missing)
      case .notRegular: throw MorphError(path, PhotoProblem.notAFile)
      case .tooLarge(let bytes):
        throw MorphError(path, PhotoProblem.fileTooLarge(megabytes: bytes / 1_000_000))
      case .failed(let reason): throw MorphError(path, PhotoProblem.unreadable(reason: reason))
      }
    }
    guard !content.isEmpty else { throw MorphError(path, PhotoProblem.empty) }
    return content
  }

  /// The bytes that were hashed.
  private func hashedContent() throws(MorphError) -> [UInt8] {
    if let content { return content }
    let again = try PhotoFile.content(at: path)
    guard SHA256Digest(of: again).hex == sha256 else { throw MorphError(path, PhotoProblem.changed) }
    return again
  }

  /// The upright picture.
  func picture() throws(MorphError) -> Picture {
    let bytes = try hashedContent()
    do throws(PhotoError) {
      return try Picture(decoding: bytes)
    } catch {
      switch error {
      case .empty: throw MorphError(path, PhotoProblem.empty)
      case .notAPicture: throw MorphError(path, PhotoProblem.notAPicture)
      case .unsupported: throw MorphError(path, PhotoProblem.notAPicture)
      case .tooLarge(let width, let height):
        throw MorphError(path, PhotoProblem.tooManyPixels(width: width, height: height))
      case .truncated: throw MorphError(path, PhotoProblem.truncated)
      case .unreadable(let reason): throw MorphError(path, PhotoProblem.damaged(reason: reason))
      }
    }
  }
}
