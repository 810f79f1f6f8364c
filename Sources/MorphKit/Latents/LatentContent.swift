internal import Digests

/// The content of a file of latents: read and hashed once, whichever of its arrays are asked for.
struct LatentContent: Sendable {
  let path: String
  let sha256: String
  /// What the file was when it was read; `nil` when it changed meanwhile.
  let stamp: FileStamp?
  private let arrays: Arrays

  private enum Arrays: Sendable {
    case npy([UInt8])
    case npz(NumPyArchive)
    case safetensors(SafeTensors)
  }

  /// Reads the whole file; a digest that is known of it is taken over while the file is what it was then.
  init(at path: String, known: (stamp: FileStamp, sha256: String)? = nil) throws(MorphError) {
    self.path = path
    let before = FileStamp(ofFile: path)
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
    stamp = before == FileStamp(ofFile: path) ? before : nil
    if let known, known.stamp == stamp {
      sha256 = known.sha256
    } else {
      sha256 = SHA256Digest(of: content).hex
    }
    do throws(LatentFileProblem) {
      switch fileEnding(path) {
      case ".npz": arrays = .npz(try NumPyArchive(npz: content))
      case ".safetensors": arrays = .safetensors(try SafeTensors(safetensors: content))
      default: arrays = .npy(content)
      }
    } catch {
      throw MorphError(path, error)
    }
  }

  /// Whether there may be more than one array in it.
  var holdsSeveral: Bool {
    if case .npy = arrays { false } else { true }
  }

  /// The model that made the latents, where the file says so.
  var origin: LatentFile.Origin? {
    if case .safetensors(let tensors) = arrays { EncodedFaces.origin(in: tensors.metadata) } else { nil }
  }

  /// One of its arrays; without a name the only one, or the one that is usually meant.
  func array(named stated: String?) throws(MorphError) -> NumPyArray {
    try naming { () throws(LatentFileProblem) in
      let name = try name(stated)
      switch arrays {
      case .npy(let bytes): return try NumPyArray(npy: bytes)
      case .npz(let archive): return try archive.array(named: name)
      case .safetensors(let tensors): return try tensors.array(named: name)
      }
    }
  }

  /// The shape of one of its arrays, from its header alone.
  func shape(named stated: String?) throws(MorphError) -> [Int] {
    try naming { () throws(LatentFileProblem) in
      let name = try name(stated)
      switch arrays {
      case .npy(let bytes): return try NumPyLayout(npy: bytes[...]).shape
      case .npz(let archive): return try archive.shape(named: name)
      case .safetensors(let tensors): return try tensors.shape(named: name)
      }
    }
  }

  /// The name of the array that is meant, which is in the file; throws when it isn't.
  private func name(_ stated: String?) throws(LatentFileProblem) -> String {
    let names: [String]
    var usual: String?
    switch arrays {
    case .npy:
      if let stated { throw .namesNoArrays(stated) }
      return ""
    case .npz(let archive): names = archive.names
    case .safetensors(let tensors):
      names = tensors.names
      // Of a file that `encode` wrote, the means are what is usually meant.
      usual = names.contains(EncodedFaces.meanName) ? EncodedFaces.meanName : nil
    }
    if let name = stated ?? usual {
      guard names.contains(where: { $0.isSameName(as: name) }) else { throw .noSuchArray(name, has: names) }
      return name
    }
    guard names.count == 1 else { throw .nameNeeded(names) }
    return names[0]
  }

  private func naming<Value>(_ body: () throws(LatentFileProblem) -> Value?) throws(MorphError) -> Value {
    do throws(LatentFileProblem) {
      guard let value = try body() else { preconditionFailure("the name was looked up") }
      return value
    } catch {
      throw MorphError(path, error)
    }
  }
}
