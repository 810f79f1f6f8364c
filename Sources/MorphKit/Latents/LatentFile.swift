internal import Digests

/// Rows of latents in a file: a NumPy array (`.npy`), one of an archive (`.npz`), or a tensor (`.safetensors`).
///
/// The first dimension counts the rows; a file that holds one latent alone is one row.
struct LatentFile: Sendable {
  let path: String
  /// Which array of the file it is, as the user named it.
  let name: String?
  let sha256: String
  /// The model that made the latents, where the file says so.
  let origin: Origin?
  private let array: NumPyArray

  /// A model, by its name and by what decides its latents.
  struct Origin: Equatable, Sendable {
    var model: String
    var identity: String
  }

  /// How much memory its numbers take.
  var byteCount: Int { array.values.count * MemoryLayout<Float>.stride }

  static let byteLimit = 1_024_000_000
  /// By these a file of latents is known.
  static let endings = [".npy", ".npz", ".safetensors"]

  /// Reads the whole file; `name` says which of its arrays is meant, where it has several.
  init(at path: String, name: String? = nil) throws(MorphError) {
    self.path = path
    self.name = name
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
      (array, origin) = try LatentFile.array(in: content, ending: fileEnding(path), name: name)
    } catch {
      throw MorphError(path, error)
    }
  }

  private static func array(
    in content: [UInt8], ending: String, name: String?
  ) throws(LatentFileProblem) -> (NumPyArray, Origin?) {
    switch ending {
    case ".npz":
      let archive = try NumPyArchive(npz: content)
      let name = try only(archive.names, unless: name)
      guard let array = try archive.array(named: name) else { throw .noSuchArray(name, has: archive.names) }
      return (array, nil)
    case ".safetensors":
      let tensors = try SafeTensors(safetensors: content)
      // Of a file that `encode` wrote, the means are what is usually meant.
      let usual = tensors.names.contains(EncodedFaces.meanName) ? EncodedFaces.meanName : nil
      let name = try only(tensors.names, unless: name ?? usual)
      guard let array = try tensors.array(named: name) else { throw .noSuchArray(name, has: tensors.names) }
      return (array, EncodedFaces.origin(in: tensors.metadata))
    default:
      return (try NumPyArray(npy: content), nil)
    }
  }

  private static func only(
    _ names: [String], unless stated: String?
  ) throws(LatentFileProblem) -> String {
    if let stated { return stated }
    guard names.count == 1 else { throw .nameNeeded(names) }
    return names[0]
  }

  /// How many latents of a shape it holds; throws when its rows have another.
  func rowCount(shape: [Int]) throws(MorphError) -> Int {
    let dimension = shape.reduce(1, *)
    if array.shape == shape || array.shape == [dimension] { return 1 }
    guard array.shape.first.map({ [$0] + shape == array.shape || [$0, dimension] == array.shape }) == true
    else { throw MorphError(path, LatentFileProblem.wrongShape(array.shape, expected: shape)) }
    return array.shape[0]
  }

  /// One row, counted from 0; `nil` is the only one of a file with one.
  ///
  /// Throws when rows have another shape than the model's latents, or the row is missing or not finite.
  func latent(atRow row: Int?, shape: [Int]) throws(MorphError) -> Latent {
    let dimension = shape.reduce(1, *)
    let rowCount = try rowCount(shape: shape)
    guard let row = row ?? (rowCount == 1 ? 0 : nil) else {
      throw MorphError(path, LatentFileProblem.rowNeeded(count: rowCount))
    }
    guard row < rowCount else { throw MorphError(path, LatentFileProblem.noSuchRow(row, count: rowCount)) }
    let values = Array(array.values[(row * dimension)..<((row + 1) * dimension)])
    guard values.allSatisfy(\.isUsable) else { throw MorphError(path, LatentFileProblem.notFinite(row: row)) }
    return Latent(values)
  }

  /// Throws unless it has these rows, all of them finite.
  func check(_ rows: Range<Int>, shape: [Int]) throws(MorphError) {
    let dimension = shape.reduce(1, *)
    let rowCount = try rowCount(shape: shape)
    guard rows.upperBound <= rowCount else {
      throw MorphError(path, LatentFileProblem.noSuchRow(rows.upperBound - 1, count: rowCount))
    }
    let numbers = array.values[(rows.lowerBound * dimension)..<(rows.upperBound * dimension)]
    if let index = numbers.firstIndex(where: { !$0.isUsable }) {
      throw MorphError(path, LatentFileProblem.notFinite(row: index / dimension))
    }
  }

  /// All numbers of all rows.
  func values(shape: [Int]) throws(MorphError) -> [Float] {
    try check(0..<rowCount(shape: shape), shape: shape)
    return array.values
  }

  /// Throws when the file says that its latents are another model's.
  func refuseOther(than model: ModelFolder) throws(MorphError) {
    guard let origin, origin.identity != model.latentIdentity else { return }
    throw MorphError(
      path,
      origin.model == model.description.name
        ? LatentFileProblem.otherVersion(origin.model)
        : .otherModel(origin.model, needed: model.description.name))
  }
}

extension Float {
  /// Whether it may stand in a latent: sums of such numbers with the largest factors are finite.
  fileprivate var isUsable: Bool { magnitude <= 1e30 }
}
