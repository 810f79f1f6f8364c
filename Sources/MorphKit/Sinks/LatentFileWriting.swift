extension EncodedFaces {
  /// Writes a file of latents; `name` is the result's final name, and `path` is where the file is made.
  func write(to path: String, name: String, as format: MorphJob.LatentFormat) throws {
    let spreadCount = format == .safetensors ? 2 : 1
    let byteCount = posteriors.count * shape.reduce(4, *) * spreadCount
    guard byteCount <= LatentFile.byteLimit else {
      throw MorphError(name, OutputProblem.latentsTooLarge(megabytes: byteCount / 1_000_000))
    }
    let bytes = format == .npy ? npy : try safetensors()
    do throws(FileProblem) {
      try MorphKit.write(bytes, toFile: path)
    } catch {
      throw MorphError(name, OutputProblem.cannotWrite(reason: error.reason))
    }
  }
}
