internal import Digests

extension FaceFinder {
  /// SHA-256 over the networks in `folder`, which decide where faces are found.
  static func identity(filesIn folder: String) throws(MorphError) -> String {
    var hasher = SHA256Hasher()
    for file in files {
      do throws(FileProblem) {
        hasher.update(try sha256(ofFile: "\(folder)/\(file)") + "\n")
      } catch {
        throw MorphError("\(folder)/\(file)", ModelProblem.faceFileMissing)
      }
    }
    return hasher.finish().hex
  }
}
