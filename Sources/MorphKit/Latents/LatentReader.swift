/// Turns keyframes into latents one by one, so that memory does not grow with the pictures.
struct LatentReader: Sendable {
  let inputs: JobInputs
  let aligner: PhotoAligner
  let shared: SharedReads
  let report: @Sendable (RenderEvent) -> Void

  /// What the encoder says of a photo.
  func posterior(of photo: PhotoReference, by model: FaceModel) async throws -> Posterior {
    let key = PhotoKey(photo, inputs: inputs)
    if let read = shared.encoded.kept(for: key) { return read.posterior }
    return try await model.encode(aligned(photo).image)
  }

  /// The aligned photo; which of its faces was taken is told.
  func aligned(_ photo: PhotoReference) async throws -> AlignedPhoto {
    let aligned = try await aligner.align(inputs.photo(photo), photo)
    if let choice = aligned.choice {
      report(.chose(choice))
    }
    return aligned
  }

  /// The latent of a keyframe; a photo is the mean of its posterior.
  func latent(of keyframe: Keyframe, by model: FaceModel) async throws -> Latent {
    switch keyframe {
    case .photo(let photo): return try await posterior(of: photo, by: model).mean
    case .seed(let seed): return inputs.random.face(seed: seed)
    case .latent(let file, let name, let row): return inputs.latent(file: file, name: name, row: row)
    case .sum(let terms):
      var summands: [(Double, Latent)] = []
      for term in terms {
        summands.append((term.factor, try await latent(of: term.keyframe, by: model)))
      }
      return .sum(summands)
    }
  }

  /// The latents of keyframes, in their order, without those photos that show no face.
  func latentsOfFaces(in keyframes: [Keyframe], by model: FaceModel) async throws -> [Latent] {
    var latents: [Latent] = []
    try await forEachInOrder(count: keyframes.count, limit: 4) { index -> Latent? in
      do {
        return try await latent(of: keyframes[index], by: model)
      } catch let error as MorphError where error.problem == .photo(.noFace) {
        report(.leftOut(photo: error.subject))
        return nil
      }
    } consume: { _, latent in
      if let latent { latents.append(latent) }
    }
    return latents
  }

  /// The mean of keyframes.
  func average(of keyframes: [Keyframe], by model: FaceModel) async throws -> Latent {
    var sums: [Double] = []
    try await forEachInOrder(count: keyframes.count, limit: 4) { index in
      try await latent(of: keyframes[index], by: model)
    } consume: { _, latent in
      if sums.isEmpty { sums = Array(repeating: 0, count: latent.values.count) }
      for index in sums.indices { sums[index] += Double(latent.values[index]) }
    }
    return Latent(sums.map { Float($0 / Double(keyframes.count)) })
  }
}

extension Latent {
  /// Whether it is more than what rounding leaves of latents like `others`.
  fileprivate func isFarFromZero(besides others: [Latent]) -> Bool {
    func largest(_ latent: Latent) -> Float { latent.values.reduce(0) { max($0, abs($1)) } }
    return largest(self) > 1e-6 * (others.map(largest).max() ?? 0)
  }
}

extension LatentReader {
  /// What a job whose result is a file of latents writes into it, and how well a classifier did.
  func faces(
    of job: MorphJob, by model: FaceModel
  ) async throws -> (faces: EncodedFaces, heldOut: LatentDirection.HeldOut?) {
    var progress = RenderProgress(framesWritten: 0, frameCount: 0)
    var heldOut: LatentDirection.HeldOut?
    var posteriors: [Posterior] = []
    switch job.content {
    case .encode(let photos):
      progress.frameCount = photos.count
      try await forEachInOrder(count: photos.count, limit: 4) { index in
        try await posterior(of: photos[index], by: model)
      } consume: { _, posterior in
        posteriors.append(posterior)
        progress.framesWritten += 1
        report(.progressed(progress))
      }
    case .average(let keyframes):
      posteriors = [Posterior(mean: try await average(of: keyframes, by: model))]
    case .direction(let direction):
      let first = try await latentsOfFaces(in: direction.with, by: model)
      let second = try await latentsOfFaces(in: direction.without, by: model)
      let least = direction.method == .linear ? LatentDirection.leastFacesToHoldOut : 1
      for (kind, latents) in [("with", first), ("without", second)] where latents.count < least {
        throw MorphError(kind, PhotoProblem.tooFewFaces(latents.count, needed: least))
      }
      let found = LatentDirection(to: first, from: second, method: direction.method)
      guard found.latent.isFarFromZero(besides: first + second) else {
        throw MorphError("with", PhotoProblem.noDirection)
      }
      posteriors = [Posterior(mean: found.latent)]
      heldOut = found.heldOut
      if let heldOut {
        report(.heldOut(right: heldOut.right, of: heldOut.count))
      }
    case .morph, .sample, .reconstruct, .align, .decode, .traverse, .plane, .posterior, .between:
      preconditionFailure("these make pictures")
    }
    let folder = model.folder
    return (
      EncodedFaces(
        names: job.faceNames, posteriors: posteriors, shape: folder.description.latent.shape,
        origin: .init(model: folder.description.name, identity: folder.latentIdentity)), heldOut
    )
  }
}
