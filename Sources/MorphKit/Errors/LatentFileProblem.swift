/// Why a file of latents can't be used.
public enum LatentFileProblem: Error, Equatable, Sendable {
  case missing
  case unreadable(reason: String)
  case fileTooLarge(megabytes: Int)
  case notNumPy
  case pickled
  case wrongType(String)
  case wrongShape([Int], expected: [Int])
  case tooManyNumbers
  case truncated(expectedBytes: Int, bytes: Int)
  case notFinite(row: Int)
  case noSuchRow(Int, count: Int)
  case rowNeeded(count: Int)
  case notNumPyArchive
  case notSafeTensors
  case damagedArchive
  case noSuchArray(String, has: [String])
  case nameNeeded([String])
  case otherModel(String, needed: String)
  case otherVersion(String)
  case tooFewRows(Int)
  case namesNoArrays(String)
  case packedTooTightly(megabytes: Int)
  case tooMuchTogether

  var message: String {
    switch self {
    case .missing:
      return "no such file. Check the name."
    case .unreadable(let reason):
      return "can't be read: \(reason)."
    case .fileTooLarge(let megabytes):
      return "is \(megabytes) MB; a latent file may have 1024 MB at most. Save fewer rows in one file."
    case .notNumPy:
      return "is not a NumPy file. Save latents with numpy.save."
    case .pickled:
      return "holds Python objects, which are never loaded. Save an array of float32."
    case .wrongType(let type):
      return "holds numbers of type '\(type)'. Save it as float32 or float64."
    case .wrongShape(let shape, let expected):
      let row = expected.map(String.init).joined(separator: " × ")
      let found = shape.isEmpty ? "a single number" : shape.map(String.init).joined(separator: " × ")
      return "holds \(found); this model needs rows of \(row)."
    case .tooManyNumbers:
      return "states more numbers than the file holds. Save it again."
    case .truncated(let expected, let bytes):
      return "is cut off: \(bytes) bytes of numbers where \(expected) should be. Save it again."
    case .notFinite(let row):
      return "has an infinite, undefined or huge number in row \(row). Save it again without it."
    case .noSuchRow(let row, let count):
      return "has no row \(row)"
        + (count > 1
          ? ": it has the rows 0 to \(count - 1)." : count == 1 ? ": it has row 0 alone." : ": it is empty.")
    case .rowNeeded(let count):
      return "has \(count) rows. Say which one, as in FILE.npy:0."
    case .notNumPyArchive:
      return "is not a NumPy archive. Save latents with numpy.savez."
    case .notSafeTensors:
      return "is not a file of safetensors, or is cut off. Save it again."
    case .damagedArchive:
      return "is damaged, or packed in a way that is not read. Save it again with numpy.savez."
    case .noSuchArray(let name, let has):
      return "has no array '\(name)'; it has \(Self.some(of: has, last: "and"))."
    case .nameNeeded(let names):
      guard let first = names.first else { return "holds no array. Save it again." }
      return
        "holds \(names.count) arrays: \(Self.some(of: names, last: "and")). Say which one, as in FILE:\(first)."
    case .otherModel(let name, let needed):
      return
        "holds latents of the model '\(name)', and this is '\(needed)'. Use -m \(name), or encode the photos anew."
    case .otherVersion(let name):
      return "holds latents of another version of the model '\(name)'. Encode the photos anew."
    case .namesNoArrays(let name):
      return "holds one array, which has no name. Leave out '\(name)'."
    case .packedTooTightly(let megabytes):
      return
        "holds \(megabytes) MB in less than a twentieth of that, as no latents do. Save it with numpy.savez."
    case .tooMuchTogether:
      return "makes the latents of this job more than 1024 MB. Use fewer arrays, or several jobs."
    case .tooFewRows(let count):
      return "has \(count == 1 ? "one row" : "\(count) rows"); a prior needs two at least. Encode more faces."
    }
  }

  /// The first few names.
  private static func some(of names: [String], last: String) -> String {
    let shown = names.prefix(6).map { "'\($0)'" }
    return names.count > 6 ? shown.joined(separator: ", ") + " and others" : list(shown, last: last)
  }
}
