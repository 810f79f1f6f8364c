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
    try self.init(LatentContent(at: path), name: name)
  }

  /// Takes one array out of a file.
  init(_ content: LatentContent, name: String?) throws(MorphError) {
    (path, sha256, origin) = (content.path, content.sha256, content.origin)
    self.name = name
    array = try content.array(named: name)
  }

  /// How many latents of a shape it holds; throws when its rows have another.
  func rowCount(shape: [Int]) throws(MorphError) -> Int {
    try LatentFile.rowCount(of: array.shape, at: path, shape: shape)
  }

  /// The same of an array of which only the shape is known.
  static func rowCount(of found: [Int], at path: String, shape: [Int]) throws(MorphError) -> Int {
    let dimension = shape.reduce(1, *)
    if found == shape || found == [dimension] { return 1 }
    guard let count = found.first, [count] + shape == found || [count, dimension] == found else {
      throw MorphError(path, LatentFileProblem.wrongShape(found, expected: shape))
    }
    return count
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
    guard (0..<rowCount).contains(row) else {
      throw MorphError(path, LatentFileProblem.noSuchRow(row, count: rowCount))
    }
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
