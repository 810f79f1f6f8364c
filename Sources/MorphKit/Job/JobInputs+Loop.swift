extension JobInputs {
  /// Throws when a loop ends with the keyframe that it goes back to, however the two are named.
  func refuseRepeatedEnd(of job: MorphJob) throws(MorphError) {
    guard case .morph(let keyframes, let timeline) = job.content, timeline.course == .loop,
      let first = keyframes.first, let last = keyframes.last, keyframes.count > 1, isSame(first, last)
    else { return }
    throw MorphError("loop", .loopRepeatsFirst)
  }

  /// Whether two keyframes are one face: equal photos, numbers or seeds.
  private func isSame(_ one: Keyframe, _ other: Keyframe) -> Bool {
    switch (one, other) {
    case (.photo(let one), .photo(let other)):
      one.face == other.face && photo(one).sha256 == photo(other).sha256
    case (.seed(let one), .seed(let other)): one == other
    case (.latent(let file, let name, let row), .latent(let otherFile, let otherName, let otherRow)):
      latent(file: file, name: name, row: row).values
        == latent(file: otherFile, name: otherName, row: otherRow).values
    case (.sum(let terms), .sum(let others)):
      terms.count == others.count
        && zip(terms, others).allSatisfy { $0.factor == $1.factor && isSame($0.keyframe, $1.keyframe) }
    default: false
    }
  }
}

extension Keyframe {
  /// Whether it was named by the same bytes; what it is shows only when it is read.
  func isSpelt(as other: Keyframe) -> Bool {
    switch (self, other) {
    case (.photo(let one), .photo(let other)): one.face == other.face && one.path.isSameName(as: other.path)
    case (.latent(let file, let name, let row), .latent(let otherFile, let otherName, let otherRow)):
      row == otherRow && LatentKey(file, name: name) == LatentKey(otherFile, name: otherName)
    default: self == other
    }
  }
}
