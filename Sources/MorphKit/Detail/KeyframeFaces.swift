/// Which faces keyframes have, and how much of photos' detail.
struct KeyframeFaces: Sendable {
  let aligner: PhotoAligner
  let model: FaceModel
  /// All that the job shows, in its order.
  let photos: [ReadPhoto]

  /// The mix of each keyframe, whose points are `latents`; `nil` where no face is seen, in the mean face neither.
  func mixes(of keyframes: [Keyframe], at latents: [Latent]) async throws -> [DetailMix?] {
    var starts: [Int] = []
    var photoCount = 0
    for keyframe in keyframes {
      starts.append(photoCount)
      photoCount += keyframe.parts.count { if case .photo = $0 { true } else { false } }
    }
    var mixes: [DetailMix?] = []
    try await forEachInOrder(count: keyframes.count, limit: model.requestCount) { [starts] number in
      try await mix(of: keyframes[number], at: latents[number], firstPhoto: starts[number])
    } consume: { _, mix in
      mixes.append(mix)
    }
    return mixes
  }

  private func mix(of keyframe: Keyframe, at latent: Latent, firstPhoto: Int) async throws -> DetailMix? {
    switch keyframe {
    case .photo:
      guard let shape = photos[firstPhoto].shape else { return try await plain(at: latent) }
      return DetailMix(shape: shape, parts: [.init(photo: firstPhoto, weight: 1)])
    case .seed, .latent:
      return try await plain(at: latent)
    case .sum(let terms):
      guard var mix = try await plain(at: latent) else { return nil }
      var parts: [DetailMix.Part] = []
      var number = firstPhoto
      for term in terms {
        guard case .photo = term.keyframe else { continue }
        parts.append(.init(photo: number, weight: min(max(term.factor, 0), 1)))
        number += 1
      }
      let sum = parts.reduce(0) { $0 + $1.weight }
      mix.parts = parts.weighted(1 / max(sum, 1))
      // The face that is drawn moves as the model has it, from where it really is.
      var terms = [(1.0, mix.shape)]
      for part in mix.parts {
        let photo = photos[part.photo]
        guard let own = photo.shape, let drawn = try await aligner.shape(in: photo.reconstruction) else {
          continue
        }
        terms += [(part.weight, own), (-part.weight, drawn)]
      }
      mix.shape = .sum(terms)
      return mix
    }
  }

  /// A face without detail, as the model draws it, or as it draws the mean face.
  private func plain(at latent: Latent) async throws -> DetailMix? {
    if let shape = try await aligner.shape(in: model.decode(latent)) {
      return DetailMix(shape: shape, parts: [])
    }
    let mean = Latent(Array(repeating: 0, count: latent.values.count))
    return try await aligner.shape(in: model.decode(mean)).map { DetailMix(shape: $0, parts: []) }
  }
}
