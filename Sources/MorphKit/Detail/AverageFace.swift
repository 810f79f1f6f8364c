internal import Planes

/// The average of faces as researchers make it: the mean of latents and of shapes, and on it the mean of all detail,
/// warped to that shape.
///
/// Photos are read twice, for their shapes and for their detail, and forgotten as they come, so thousands need no more
/// memory than a few.
struct AverageFace: Sendable {
  let keyframes: [Keyframe]
  let reader: LatentReader
  let model: FaceModel
  let settings: DetailSettings

  /// The finished picture on a canvas.
  func picture<P: FinishedPicture>(on canvas: DetailCanvas) async throws -> P {
    let mean = try await mean()
    let decoded = try await model.decode(mean.latent)
    guard let shape = mean.shape else { return P(decoded, width: canvas.width, height: canvas.height) }

    let triangulation = Triangulation(of: WarpField.points(of: shape, on: canvas))
    let mask = FaceMask(of: shape, on: canvas)
    let photos = keyframes.compactMap { if case .photo(let photo) = $0 { photo } else { nil } }
    let weight = 1 / Double(keyframes.count)
    var plain = canvas.lattice
    for index in plain.values.indices { plain.values[index] = Float(weight) }
    var sum = PlanarPicture.zero(P.layout, width: canvas.width, height: canvas.height)
    var agreement = Agreement(on: canvas)
    var surroundings = canvas.hasMargins ? ColorMap(on: canvas) : nil
    try await forEachInOrder(count: photos.count, limit: 2) { number in
      try await detail(of: photos[number], on: canvas, as: P.layout)
    } consume: { _, source in
      let field = WarpField(from: [source.shape], to: shape, triangulation: triangulation, on: canvas)
      let (across, down) = (field.across[0], field.down[0])
      var own = plain
      mask.takeAwayHidden(from: &own, of: source)
      sum.add(WarpedLayer(source.residual, across: across, down: down, weight: own))
      agreement.add(source, across: across, down: down, outside: mask.face)
      surroundings?.add(source.preview, across: across, down: down, weight: Float(weight), on: canvas)
    }
    let photoShare = Double(photos.count) * weight
    surroundings?.add(edgeOf: decoded, weight: Float(1 - photoShare), on: canvas)
    return P(
      DetailField(
        sum: WarpSource(sum), of: photos.count, mask: mask, agreement: agreement, photoShare: photoShare,
        amount: settings.amount, surroundings: surroundings, on: canvas),
      on: decoded, canvas)
  }

  /// The mean of the latents and of the shapes; of a face without a photo it is the shape of what the model draws.
  private func mean() async throws -> (latent: Latent, shape: FaceShape?) {
    var sums: [Double] = []
    var shapes: (sum: FaceShape, count: Int)?
    try await forEachInOrder(count: keyframes.count, limit: 4) { number -> (Latent, FaceShape?) in
      guard case .photo(let photo) = keyframes[number] else {
        let latent = try await reader.latent(of: keyframes[number], by: model)
        return (latent, try await reader.aligner.shape(in: model.decode(latent)))
      }
      let aligned = try await reader.aligned(photo)
      return (try await model.encode(aligned.image).mean, aligned.shape)
    } consume: { _, face in
      if sums.isEmpty { sums = Array(repeating: 0, count: face.0.values.count) }
      for index in sums.indices { sums[index] += Double(face.0.values[index]) }
      if let shape = face.1 {
        shapes = shapes.map { (.sum([(1, $0.sum), (1, shape)]), $0.count + 1) } ?? (shape, 1)
      }
    }
    return (
      Latent(sums.map { Float($0 / Double(keyframes.count)) }),
      shapes.map { .sum([(1 / Double($0.count), $0.sum)]) }
    )
  }

  private func detail(
    of photo: PhotoReference, on canvas: DetailCanvas, as layout: PlaneLayout
  ) async throws -> DetailSource {
    let aligned = try await reader.aligner.align(reader.inputs.photo(photo), photo)
    guard let face = aligned.face, let shape = aligned.shape else {
      preconditionFailure("a photo with a face")
    }
    let views = try reader.aligner.views(of: reader.inputs.photo(photo), face: face, on: canvas)
    let reconstruction = try await model.decode(model.encode(aligned.image).mean)
    return DetailSource(
      photo: views.photo, preview: views.preview, reconstruction: reconstruction, shape: shape, on: canvas,
      as: layout)
  }
}
