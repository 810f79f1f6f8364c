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

/// 0 below 0 and 1 above 1, and smooth between them: t² (3 − 2 t).
func eased(_ value: Double) -> Double {
  let t = min(max(value, 0), 1)
  return t * t * (3 - 2 * t)
}
