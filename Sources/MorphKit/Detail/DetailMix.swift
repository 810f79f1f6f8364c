internal import Planes

/// Which photos' detail a frame has, how much of each, and the shape that its face has.
struct DetailMix: Sendable {
  var shape: FaceShape
  /// Numbers of photos and their weights, from 0 to 1; together no more than 1.
  var parts: [Part]

  struct Part: Equatable, Sendable {
    var photo: Int
    var weight: Double
  }

  /// What lies between two keyframes: the shape as the latents, weights of at least 0 and at most all.
  static func between(_ start: DetailMix?, _ end: DetailMix?, fraction: Double) -> DetailMix? {
    let share = min(max(fraction, 0), 1)
    switch (start, end) {
    case (nil, nil): return nil
    case (let start?, nil): return DetailMix(shape: start.shape, parts: start.parts.weighted(1 - share))
    case (nil, let end?): return DetailMix(shape: end.shape, parts: end.parts.weighted(share))
    case (let start?, let end?):
      return DetailMix(
        shape: .between(start.shape, end.shape, fraction: fraction),
        parts: start.parts.weighted(1 - share).merged(with: end.parts.weighted(share)))
    }
  }
}

extension [DetailMix.Part] {
  func weighted(_ factor: Double) -> [DetailMix.Part] {
    filter { $0.weight * factor > 0 }.map { .init(photo: $0.photo, weight: $0.weight * factor) }
  }

  /// Both together, each photo once.
  func merged(with others: [DetailMix.Part]) -> [DetailMix.Part] {
    var parts = self
    for other in others {
      if let index = parts.firstIndex(where: { $0.photo == other.photo }) {
        parts[index].weight += other.weight
      } else {
        parts.append(other)
      }
    }
    return parts
  }
}

/// How the detail of several photos lies on one face: where each place comes from, and how much of it is added.
struct DetailField {
  let layers: [WarpedLayer]
  let boost: Lattice
  /// The photos' surroundings, as far as they are seen.
  let surroundings: ColorMap?

  /// By how much the finest band may grow at most.
  private static let boostLimit: Float = 1.4

  /// `amount` is how much of all detail is added, from 0 to 1. `decoded` is what the model draws.
  init(
    _ parts: [(source: DetailSource, weight: Double)], shape: FaceShape, triangulation: Triangulation,
    decoded: Image, amount: Double, on canvas: DetailCanvas
  ) {
    let field = WarpField(
      from: parts.map(\.source.shape), to: shape, triangulation: triangulation, on: canvas)
    var face = Lattice(
      over: canvas.width, canvas.height, spacing: Lattice.spacing(over: canvas.width, canvas.height))
    face.fill(canvas.outline(FaceShape.oval, of: shape))
    // A standard deviation of a fortieth of the crop.
    let deviation = canvas.scaleX * Double(canvas.cropWidth) / 40 / Double(face.spacing)
    face.blur(radius: max(1, Int(((deviation * deviation + 0.25).squareRoot() - 0.5).rounded())))
    let agreement = DetailField.agreement(of: parts.map(\.source), in: field, besides: face, on: canvas)
    let openings = zip(FaceShape.openings, shape.degreesOfOpening).map { indices, degree in
      (degree: degree, mask: canvas.mask(indices, of: shape, spacing: face.spacing))
    }

    let sum = parts.reduce(0) { $0 + $1.weight }
    layers = parts.enumerated().map { number, part in
      let inside = Float(part.weight)
      let beyond = Float(eased(max(0, 2 * part.weight - 1)))
      var weight = face
      for index in weight.values.indices {
        let plain = face.values[index] + (1 - face.values[index]) * agreement.values[index]
        weight.values[index] = (plain * inside + (1 - plain) * beyond) * Float(amount)
      }
      for (opening, own) in zip(openings, part.source.openings) {
        let lacking = Float(DetailField.lack(of: own, in: opening.degree))
        guard lacking > 0 else { continue }
        for index in weight.values.indices { weight.values[index] *= 1 - lacking * opening.mask.values[index] }
      }
      return WarpedLayer(
        part.source.residual, across: field.across[number], down: field.down[number], weight: weight)
    }
    let squares = parts.reduce(0) { $0 + $1.weight * $1.weight }
    let growth = squares > 0 ? min(Float((sum * sum / squares).squareRoot()), DetailField.boostLimit) : 1
    var boost = face
    for index in boost.values.indices { boost.values[index] *= growth - 1 }
    self.boost = boost
    surroundings =
      canvas.hasMargins
      ? DetailField.surroundings(of: parts, in: field, decoded: decoded, on: canvas) : nil
  }

  /// How little a photo has to give where a mouth or an eye is open `degree` and its own is open `own`: 1 for nothing.
  private static func lack(of own: Double, in degree: Double) -> Double {
    guard degree > 0 else { return 0 }
    return eased((degree - 0.02) / 0.06) * (1 - eased((own / degree - 0.35) / 0.5))
  }

  /// Where the warped photos look alike outside the face, from 0 to 1.
  private static func agreement(
    of sources: [DetailSource], in field: WarpField, besides face: Lattice, on canvas: DetailCanvas
  ) -> Lattice {
    var agreement = Lattice(over: canvas.width, canvas.height, spacing: face.spacing)
    guard sources.count > 1 else { return agreement }
    let step = Float(face.spacing)
    let (scaleX, scaleY) = (Float(1 / canvas.scaleX), Float(1 / canvas.scaleY))
    let share = 1 / Float(sources.count)
    for row in 0..<agreement.rows {
      for column in 0..<agreement.columns {
        let index = row * agreement.columns + column
        guard face.values[index] < 0.999 else { continue }
        var (sum, squares) = (SIMD4<Float>.zero, SIMD4<Float>.zero)
        for (number, source) in sources.enumerated() {
          let color = source.preview.color(
            x: (Float(column) * step + field.across[number].values[index]) * scaleX,
            y: (Float(row) * step + field.down[number].values[index]) * scaleY)
          sum += color
          squares += color * color
        }
        let variance = (squares * share - sum * sum * (share * share)).sum() / 3
        // Four times the variance of two is their squared difference.
        agreement.values[index] = max(variance, 0) * 4
      }
    }
    agreement.soften()
    for index in agreement.values.indices {
      let likeness = 1 / (1 + agreement.values[index] / 512)
      agreement.values[index] = likeness * likeness
    }
    agreement.soften()
    return agreement
  }

  /// The photos around the crop, warped, at the model's size; what no photo gives is the decoded picture's edge.
  private static func surroundings(
    of parts: [(source: DetailSource, weight: Double)], in field: WarpField, decoded: Image,
    on canvas: DetailCanvas
  ) -> ColorMap {
    let sum = parts.reduce(0) { $0 + $1.weight }
    let easedSum = parts.reduce(0) { $0 + eased($1.weight) }
    let shares = parts.map { Float(easedSum > 0 ? eased($0.weight) / easedSum * sum : 0) }
    let rest = max(0, 1 - Float(sum))
    let edge = ColorMap(width: decoded.width, height: decoded.height, pixels: decoded.pixels)
    let (width, height) = (canvas.modelWidth, canvas.modelHeight)
    var colors = Array(repeating: SIMD4<Float>.zero, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        // The crop's middle is covered by the decoded picture.
        let inX = min(x - canvas.marginX, canvas.marginX + canvas.cropWidth - 1 - x)
        let inY = min(y - canvas.marginY, canvas.marginY + canvas.cropHeight - 1 - y)
        if inX * 10 > canvas.cropWidth, inY * 10 > canvas.cropHeight { continue }
        let place = SIMD2(Float(x) + 0.5, Float(y) + 0.5)
        let inResult = place * SIMD2(Float(canvas.scaleX), Float(canvas.scaleY))
        var color = SIMD4<Float>.zero
        if rest > 0 {
          color +=
            edge.color(x: place.x - Float(canvas.marginX), y: place.y - Float(canvas.marginY)) * rest
        }
        for (number, part) in parts.enumerated() where shares[number] > 0 {
          let shiftX = field.across[number].value(x: inResult.x, y: inResult.y) / Float(canvas.scaleX)
          let shiftY = field.down[number].value(x: inResult.x, y: inResult.y) / Float(canvas.scaleY)
          color += part.source.preview.color(x: place.x + shiftX, y: place.y + shiftY) * shares[number]
        }
        colors[y * width + x] = color
      }
    }
    return ColorMap(width: width, height: height, colors: colors)
  }
}

extension DetailCanvas {
  /// A line through points of a shape, in pixels of the result.
  func outline(_ indices: [Int], of shape: FaceShape) -> [SIMD2<Float>] {
    shape.outline(indices).map(inResult).map { SIMD2(Float($0.x), Float($0.y)) }
  }

  /// The inside of such a line, softly bordered.
  fileprivate func mask(_ indices: [Int], of shape: FaceShape, spacing: Int) -> Lattice {
    var mask = Lattice(over: width, height, spacing: spacing)
    mask.fill(outline(indices, of: shape))
    mask.soften()
    return mask
  }
}

/// 0 below 0 and 1 above 1, and smooth between them: t² (3 − 2 t).
func eased(_ value: Double) -> Double {
  let t = min(max(value, 0), 1)
  return t * t * (3 - 2 * t)
}
