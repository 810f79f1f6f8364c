internal import Planes

/// Where on a canvas a face is, and where its mouth and eyes are open.
struct FaceMask: Sendable {
  /// 1 inside the face's outline, 0 outside; its border is as soft as a fortieth of the crop.
  let face: Lattice
  private let openings: [(degree: Double, mask: Lattice)]

  init(of shape: FaceShape, on canvas: DetailCanvas) {
    var face = canvas.lattice
    face.fill(canvas.outline(FaceShape.oval, of: shape))
    let deviation = canvas.scaleX * Double(canvas.cropWidth) / 40 / Double(face.spacing)
    face.blur(radius: max(1, Int(((deviation * deviation + 0.25).squareRoot() - 0.5).rounded())))
    // Its faint rim would show ghosts outside the face.
    for index in face.values.indices { face.values[index] = max(0, (face.values[index] - 0.15) / 0.85) }
    self.face = face
    openings = zip(FaceShape.openings, shape.degreesOfOpening).map { indices, degree in
      var mask = canvas.lattice
      mask.fill(canvas.outline(indices, of: shape))
      mask.soften()
      return (degree, mask)
    }
  }

  /// Takes away from a photo's weight what the photo doesn't show: the inside of a mouth or an eye that is open further.
  func takeAwayHidden(from weight: inout Lattice, of source: DetailSource) {
    for (opening, own) in zip(openings, source.openings) {
      let hidden = Float(FaceMask.hidden(in: own, of: opening.degree))
      guard hidden > 0 else { continue }
      for index in weight.values.indices { weight.values[index] *= 1 - hidden * opening.mask.values[index] }
    }
  }

  /// How little of an opening of a degree a photo shows whose own is open `own`: 0 for all of it.
  private static func hidden(in own: Double, of degree: Double) -> Double {
    guard degree > 0 else { return 0 }
    return eased((degree - 0.02) / 0.06) * (1 - eased((own / degree - 0.35) / 0.5))
  }
}

extension DetailCanvas {
  /// A lattice over the result.
  var lattice: Lattice { Lattice(over: width, height, spacing: Lattice.spacing(over: width, height)) }

  /// A line through points of a shape, in pixels of the result.
  func outline(_ indices: [Int], of shape: FaceShape) -> [SIMD2<Float>] {
    shape.outline(indices).map(inResult).map { SIMD2(Float($0.x), Float($0.y)) }
  }
}

/// How much warped photos look alike, from place to place: gathered photo by photo.
struct Agreement {
  private let canvas: DetailCanvas
  private var sums: [SIMD4<Float>]
  private var squares: [SIMD4<Float>]
  private var count = 0

  /// So many squared levels of difference between two photos leave a quarter of their agreement.
  private static let tolerance: Float = 700

  init(on canvas: DetailCanvas) {
    self.canvas = canvas
    sums = Array(repeating: .zero, count: canvas.lattice.values.count)
    squares = sums
  }

  /// Adds a photo, warped by the displacements `across` and `down`; places of the face alone don't count.
  mutating func add(_ source: DetailSource, across: Lattice, down: Lattice, outside face: Lattice) {
    let step = Float(face.spacing)
    let (scaleX, scaleY) = (Float(1 / canvas.scaleX), Float(1 / canvas.scaleY))
    var index = 0
    for row in 0..<face.rows {
      for column in 0..<face.columns {
        defer { index += 1 }
        guard face.values[index] < 0.999 else { continue }
        let color = source.look.color(
          x: (Float(column) * step + across.values[index]) * scaleX,
          y: (Float(row) * step + down.values[index]) * scaleY)
        sums[index] += color
        squares[index] += color * color
      }
    }
    count += 1
  }

  /// 1 where they look alike, 0 where they don't, or where there is one alone.
  var lattice: Lattice {
    var lattice = canvas.lattice
    guard count > 1 else { return lattice }
    let share = 1 / Float(count)
    for index in lattice.values.indices {
      let mean = sums[index] * share
      // Four times the variance of two numbers is their squared difference.
      lattice.values[index] = max((squares[index] * share - mean * mean).sum() * (4 / 3), 0)
    }
    lattice.soften()
    for index in lattice.values.indices {
      let likeness = 1 / (1 + lattice.values[index] / Agreement.tolerance)
      // Little agreement is none, since even a faint ghost is one where nothing else is.
      lattice.values[index] = max(0, (likeness * likeness - 0.3) / 0.7)
    }
    lattice.soften()
    return lattice
  }
}
