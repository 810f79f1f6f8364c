internal import Planes

/// How the detail of photos lies on one face: where each place comes from, and how much of it is added.
struct DetailField {
  let layers: [WarpedLayer]
  let boost: Lattice
  /// How much of the picture photos are, from 0 to 1, and how much of their detail each place lacks.
  let photoShare: Double
  let lack: Lattice
  /// What is seen beyond the crop; `nil` on a canvas without margins.
  let surroundings: ColorMap?

  /// By how much the finest band may grow at most.
  private static let boostLimit = 1.4

  /// Lays the detail of `parts` on a face of `shape`.
  ///
  /// `amount` is how much of all detail is added, from 0 to 1; `decoded` is what the model draws.
  init(
    _ parts: [(source: DetailSource, weight: Double)], shape: FaceShape, triangulation: Triangulation,
    decoded: Image, amount: Double, on canvas: DetailCanvas
  ) {
    let field = WarpField(
      from: parts.map(\.source.shape), to: shape, triangulation: triangulation, on: canvas)
    let mask = FaceMask(of: shape, on: canvas)
    var agreement = Agreement(on: canvas)
    for (number, part) in parts.enumerated() {
      agreement.add(part.source, across: field.across[number], down: field.down[number], outside: mask.face)
    }
    let plain = mask.face.joined(with: agreement.lattice)

    layers = parts.enumerated().map { number, part in
      let inside = Float(part.weight * amount)
      let beyond = Float(DetailField.weightBeyond(part.weight) * amount)
      var weight = plain
      for index in weight.values.indices {
        weight.values[index] = beyond + (inside - beyond) * plain.values[index]
      }
      mask.takeAwayHidden(from: &weight, of: part.source)
      return WarpedLayer(
        part.source.residual, across: field.across[number], down: field.down[number], weight: weight)
    }
    let sum = parts.reduce(0) { $0 + $1.weight }
    var lack = mask.face
    for index in lack.values.indices {
      let given = layers.reduce(0) { $0 + $1.weight.values[index] }
      lack.values[index] = sum > 0 ? max(0, 1 - given / Float(sum * amount)) : 0
    }
    (photoShare, self.lack) = (min(sum, 1), lack)
    boost = DetailField.boost(of: parts.map(\.weight), in: mask.face)
    surroundings =
      canvas.hasMargins ? ColorMap(around: decoded, parts, in: field, on: canvas) : nil
  }

  /// Many photos, all of one weight, whose warped detail is `sum` already.
  init(
    sum: WarpSource, of count: Int, mask: FaceMask, agreement: Agreement, photoShare: Double, amount: Double,
    surroundings: ColorMap?, on canvas: DetailCanvas
  ) {
    var weight = mask.face.joined(with: agreement.lattice)
    if count == 1, photoShare == 1 { weight.values = weight.values.map { _ in 1 } }
    var lack = weight
    for index in weight.values.indices {
      lack.values[index] = 1 - weight.values[index]
      weight.values[index] *= Float(amount)
    }
    layers = [WarpedLayer(sum, across: canvas.lattice, down: canvas.lattice, weight: weight)]
    boost = DetailField.boost(of: Array(repeating: photoShare / Double(count), count: count), in: mask.face)
    (self.photoShare, self.lack, self.surroundings) = (photoShare, lack, surroundings)
  }

  /// How much a photo counts outside the face, where the photos don't agree: nothing up to a half, so that hair and
  /// outlines of two people never stand side by side.
  static func weightBeyond(_ weight: Double) -> Double { eased(2 * weight - 1) }

  /// By how much the finest band grows.
  ///
  /// Adding up photos takes from their finest texture, which is another one in each: for weights w, all but √(Σ w²) / Σ w.
  /// That much is given back, within a limit, inside the face.
  private static func boost(of weights: [Double], in face: Lattice) -> Lattice {
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let sum = weights.reduce(0, +)
    let growth = squares > 0 ? min((sum * sum / squares).squareRoot(), boostLimit) : 1
    var boost = face
    for index in boost.values.indices { boost.values[index] *= Float(growth - 1) }
    return boost
  }
}

extension Lattice {
  /// a + (1 − a) b.
  fileprivate func joined(with other: Lattice) -> Lattice {
    var joined = self
    for index in joined.values.indices { joined.values[index] += (1 - values[index]) * other.values[index] }
    return joined
  }
}

extension ColorMap {
  /// Warped photos around the crop, at the model's size; what no photo gives is the decoded picture's edge.
  fileprivate init(
    around decoded: Image, _ parts: [(source: DetailSource, weight: Double)], in field: WarpField,
    on canvas: DetailCanvas
  ) {
    let sum = parts.reduce(0) { $0 + $1.weight }
    let easedSum = parts.reduce(0) { $0 + eased($1.weight) }
    self.init(on: canvas)
    for (number, part) in parts.enumerated() where easedSum > 0 {
      add(
        part.source.preview, across: field.across[number], down: field.down[number],
        weight: Float(eased(part.weight) / easedSum * sum), on: canvas)
    }
    add(edgeOf: decoded, weight: Float(max(0, 1 - sum)), on: canvas)
  }

  /// A black one, as large as the canvas at the model's size.
  init(on canvas: DetailCanvas) {
    self.init(
      width: canvas.modelWidth, height: canvas.modelHeight,
      colors: Array(repeating: .zero, count: canvas.modelWidth * canvas.modelHeight))
  }

  /// Adds a warped photo, where the crop's middle doesn't cover it.
  mutating func add(
    _ preview: ColorMap, across: Lattice, down: Lattice, weight: Float, on canvas: DetailCanvas
  ) {
    guard weight > 0 else { return }
    let (scaleX, scaleY) = (Float(canvas.scaleX), Float(canvas.scaleY))
    canvas.forEachPixelAround { x, y in
      let (placeX, placeY) = (Float(x) + 0.5, Float(y) + 0.5)
      let shiftX = across.value(x: placeX * scaleX, y: placeY * scaleY) / scaleX
      let shiftY = down.value(x: placeX * scaleX, y: placeY * scaleY) / scaleY
      colors[y * width + x] += preview.color(x: placeX + shiftX, y: placeY + shiftY) * weight
    }
  }

  /// Adds the edge of a picture that covers the crop, blurred by an eighth of its side, so that it has no streaks.
  mutating func add(edgeOf decoded: Image, weight: Float, on canvas: DetailCanvas) {
    guard weight > 0 else { return }
    let channels = PlanarPicture.wholePlanes(
      of: decoded.pixels, width: decoded.width, height: decoded.height, as: .rgb
    ).map { $0.blurred(deviation: Double(decoded.width) / 8) }
    let edge = ColorMap(
      width: decoded.width, height: decoded.height,
      colors: channels[0].values.indices.map { index in
        SIMD4(channels[0].values[index], channels[1].values[index], channels[2].values[index], 0)
      })
    canvas.forEachPixelAround { x, y in
      colors[y * width + x] +=
        edge.color(x: Float(x - canvas.marginX) + 0.5, y: Float(y - canvas.marginY) + 0.5) * weight
    }
  }
}

extension DetailCanvas {
  /// Calls `body` for each pixel of the canvas at the model's size that the crop's middle doesn't cover.
  fileprivate func forEachPixelAround(_ body: (_ x: Int, _ y: Int) -> Void) {
    for y in 0..<modelHeight {
      let inY = min(y - marginY, marginY + cropHeight - 1 - y)
      for x in 0..<modelWidth {
        let inX = min(x - marginX, marginX + cropWidth - 1 - x)
        if inX * 10 > cropWidth, inY * 10 > cropHeight { continue }
        body(x, y)
      }
    }
  }
}
