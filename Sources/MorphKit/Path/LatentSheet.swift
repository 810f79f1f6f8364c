/// A keyframe of a job as a point, and the photo that it is, if it is one.
struct KeyframePoint: Sendable {
  let latent: Latent
  let photo: ReadPhoto?
}

/// Pictures of the latent space in rows and columns, told by their number from the top left.
enum LatentSheet: Sendable {
  /// A row for each dimension.
  case traversal(TraversalPath, steps: Int)
  /// Between the points top left, top right, bottom left, bottom right.
  case plane([Latent], columns: Int, rows: Int)
  case posterior(ReadPhoto, noiseSeed: UInt32, RandomLatents)
  /// Each point with each other, half-way, under and beside the points themselves.
  case pairs([KeyframePoint])

  enum Cell: Sendable {
    case background
    case picture(Image)
    case latent(Latent)
  }

  func cell(_ number: Int) -> Cell {
    switch self {
    case .traversal(let path, let steps):
      return .latent(path.latent(row: number / steps, step: number % steps, of: steps))
    case .plane(let corners, let columns, let rows):
      let right = Double(number % columns) / Double(columns - 1)
      let down = Double(number / columns) / Double(rows - 1)
      return .latent(
        .between(
          .between(corners[0], corners[1], fraction: right),
          .between(corners[2], corners[3], fraction: right), fraction: down))
    case .posterior(let photo, let noiseSeed, let random):
      switch number {
      case 0: return .picture(photo.image)
      case 1: return .picture(photo.reconstruction)
      default:
        let noise = random.noise(seed: noiseSeed &+ UInt32(number - 2))
        return .latent(photo.posterior.sample(noise, temperature: random.temperature))
      }
    case .pairs(let points):
      let (row, column) = (number / (points.count + 1), number % (points.count + 1))
      switch (row, column) {
      case (0, 0): return .background
      case (0, let other), (let other, 0): return points[other - 1].heading
      default:
        let (first, second) = (points[min(row, column) - 1], points[max(row, column) - 1])
        return row == column
          ? first.own : .latent(.between(first.latent, second.latent, fraction: 0.5))
      }
    }
  }
}

extension KeyframePoint {
  /// The aligned photo; of what is none, its own picture.
  fileprivate var heading: LatentSheet.Cell { photo.map { .picture($0.image) } ?? own }

  /// What the model makes of it.
  fileprivate var own: LatentSheet.Cell { photo.map { .picture($0.reconstruction) } ?? .latent(latent) }
}

/// Several walks through the latent space at once, each in its own cell of every frame.
enum LatentMosaic: Sendable {
  case paths([LatentPath])
  case swings(TraversalPath, frameCount: Int)

  /// The point of each cell.
  func latents(ofFrame number: Int) -> [Latent] {
    switch self {
    case .paths(let paths): paths.map { $0.latent(ofFrame: number) }
    case .swings(let path, let count): path.latents(ofFrame: number, of: count)
    }
  }
}
