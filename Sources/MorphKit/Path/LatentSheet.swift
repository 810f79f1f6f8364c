/// A keyframe of a job as a point, and the photo that it is, if it is one.
struct KeyframePoint: Sendable {
  let latent: Latent
  let photo: ReadPhoto?
  /// What detail it has; `nil` in a job without detail, and where no face is seen.
  var mix: DetailMix?
}

extension [KeyframePoint] {
  /// What detail a place on a path through these keyframes has.
  func mix(at position: Timeline.Position) -> DetailMix? {
    .between(
      self[position.transition].mix, self[(position.transition + 1) % count].mix,
      fraction: position.fraction)
  }
}

/// Pictures of the latent space in rows and columns, told by their number from the top left.
enum LatentSheet: Sendable {
  /// A row for each dimension.
  case traversal(TraversalPath, steps: Int)
  /// Between the points top left, top right, bottom left, bottom right.
  case plane([KeyframePoint], columns: Int, rows: Int)
  case posterior(ReadPhoto, noiseSeed: UInt32, RandomLatents)
  /// Each point with each other, half-way, under and beside the points themselves.
  case pairs([KeyframePoint])

  enum Cell: Sendable {
    case background
    case picture(Image)
    case latent(Latent)
  }

  /// What a cell shows, and the detail that is added to it.
  func cell(_ number: Int) -> (Cell, DetailMix?) {
    switch self {
    case .traversal(let path, let steps):
      return (.latent(path.latent(row: number / steps, step: number % steps, of: steps)), nil)
    case .plane(let corners, let columns, let rows):
      let right = Double(number % columns) / Double(columns - 1)
      let down = Double(number / columns) / Double(rows - 1)
      let latents = corners.map(\.latent)
      let latent = Latent.between(
        .between(latents[0], latents[1], fraction: right),
        .between(latents[2], latents[3], fraction: right), fraction: down)
      let mix = DetailMix.between(
        .between(corners[0].mix, corners[1].mix, fraction: right),
        .between(corners[2].mix, corners[3].mix, fraction: right), fraction: down)
      return (.latent(latent), mix)
    case .posterior(let photo, let noiseSeed, let random):
      switch number {
      case 0: return (.picture(photo.image), nil)
      case 1: return (.picture(photo.reconstruction), nil)
      default:
        let noise = random.noise(seed: noiseSeed &+ UInt32(number - 2))
        return (.latent(photo.posterior.sample(noise, temperature: random.temperature)), nil)
      }
    case .pairs(let points):
      let (row, column) = (number / (points.count + 1), number % (points.count + 1))
      switch (row, column) {
      case (0, 0): return (.background, nil)
      case (0, let other), (let other, 0): return points[other - 1].heading
      default:
        let (first, second) = (points[min(row, column) - 1], points[max(row, column) - 1])
        guard row != column else { return first.own }
        return (
          .latent(.between(first.latent, second.latent, fraction: 0.5)),
          .between(first.mix, second.mix, fraction: 0.5)
        )
      }
    }
  }
}

extension KeyframePoint {
  /// The aligned photo; of what is none, its own picture.
  fileprivate var heading: (LatentSheet.Cell, DetailMix?) {
    guard let photo, mix == nil else { return own }
    return (.picture(photo.image), nil)
  }

  /// What the model makes of it, with its detail.
  fileprivate var own: (LatentSheet.Cell, DetailMix?) {
    (photo.map { .picture($0.reconstruction) } ?? .latent(latent), mix)
  }
}

/// Several walks through the latent space at once, each in its own cell of every frame.
enum LatentMosaic: Sendable {
  case paths([LatentPath])
  case swings(TraversalPath, frameCount: Int)

  /// Where on their paths all walks are.
  func position(ofFrame number: Int) -> Timeline.Position? {
    if case .paths(let paths) = self { paths[0].timeline.position(ofFrame: number) } else { nil }
  }

  /// The point of each cell.
  func latents(ofFrame number: Int) -> [Latent] {
    switch self {
    case .paths(let paths): paths.map { $0.latent(ofFrame: number) }
    case .swings(let path, let count): path.latents(ofFrame: number, of: count)
    }
  }
}
