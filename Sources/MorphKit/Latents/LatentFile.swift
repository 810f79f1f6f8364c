internal import Digests

/// Rows of latents in a NumPy `.npy` file.
///
/// The first dimension counts the rows; a file that holds one latent alone is one row.
struct LatentFile: Sendable {
  let path: String
  let sha256: String
  private let array: NumPyArray

  /// How much memory its numbers take.
  var byteCount: Int { array.values.count * MemoryLayout<Float>.stride }

  static let byteLimit = 1_024_000_000

  /// Reads the whole file.
  init(at path: String) throws(MorphError) {
    self.path = path
    let content: [UInt8]
    do throws(FileProblem) {
      content = try bytes(ofFile: path, limit: LatentFile.byteLimit)
    } catch {
      switch error {
      case .missing: throw MorphError(path, LatentFileProblem.missing)
      case .tooLarge(let bytes):
        throw MorphError(path, LatentFileProblem.fileTooLarge(megabytes: bytes / 1_000_000))
      case .notRegular, .failed: throw MorphError(path, LatentFileProblem.unreadable(reason: error.reason))
      }
    }
    sha256 = SHA256Digest(of: content).hex
    do throws(LatentFileProblem) {
      array = try NumPyArray(npy: content)
    } catch {
      throw MorphError(path, error)
    }
  }

  /// One row, counted from 0; `nil` is the only one of a file with one.
  ///
  /// Throws when rows have another shape than the model's latents, or the row is missing or not finite.
  func latent(atRow row: Int?, shape: [Int]) throws(MorphError) -> Latent {
    let dimension = shape.reduce(1, *)
    let rowCount: Int
    if array.shape == shape || array.shape == [dimension] {
      rowCount = 1
    } else if array.shape.first.map({ [$0] + shape == array.shape || [$0, dimension] == array.shape }) == true
    {
      rowCount = array.shape[0]
    } else {
      throw MorphError(path, LatentFileProblem.wrongShape(array.shape, expected: shape))
    }
    guard let row = row ?? (rowCount == 1 ? 0 : nil) else {
      throw MorphError(path, LatentFileProblem.rowNeeded(count: rowCount))
    }
    guard row < rowCount else { throw MorphError(path, LatentFileProblem.noSuchRow(row, count: rowCount)) }
    let values = Array(array.values[(row * dimension)..<((row + 1) * dimension)])
    guard values.allSatisfy(\.isFinite) else { throw MorphError(path, LatentFileProblem.notFinite(row: row)) }
    return Latent(values)
  }
}
