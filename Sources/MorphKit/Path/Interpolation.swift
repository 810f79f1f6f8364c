internal import Glibc

/// Which way a path takes from one keyframe to the next.
public enum Interpolation: String, CaseIterable, Sendable {
  /// The straight line.
  case linear
  /// The arc around the origin.
  case spherical
  /// A smooth curve through all keyframes.
  case cubic
}

extension Latent {
  /// The point `fraction` of the way along the arc around the origin from `start` to `end`.
  ///
  /// (sin((1 − t) Ω) a + sin(t Ω) b) / sin Ω, Ω being the angle between a and b (Shoemake 1985): the length changes
  /// smoothly from one end's to the other's. A latent of several axes counts as one vector. Where there is no single arc,
  /// since an end is the origin or both lie on one line through it, it is the straight line. Both ends are exact.
  static func alongArc(_ start: Latent, _ end: Latent, fraction: Double) -> Latent {
    precondition(start.values.count == end.values.count, "latents of different dimensions")
    let lengths = (start.length, end.length)
    guard lengths.0 > 0, lengths.1 > 0 else { return .between(start, end, fraction: fraction) }
    // Exact for small angles too, where the arc cosine is not (Kahan 2006).
    var apart = 0.0
    var together = 0.0
    for (first, second) in zip(start.values, end.values) {
      let (first, second) = (Double(first) / lengths.0, Double(second) / lengths.1)
      apart += (first - second) * (first - second)
      together += (first + second) * (first + second)
    }
    let angle = 2 * atan2(apart.squareRoot(), together.squareRoot())
    guard sin(angle) > 1e-6 else { return .between(start, end, fraction: fraction) }
    let near = sin((1 - fraction) * angle) / sin(angle)
    let far = sin(fraction * angle) / sin(angle)
    return Latent(zip(start.values, end.values).map { Float(near * Double($0) + far * Double($1)) })
  }

  /// The point `fraction` of the way from `start` to `end` on a curve that goes through their neighbours too.
  ///
  /// The uniform Catmull-Rom spline (Catmull & Rom 1974): at each keyframe it runs parallel to the line between the two
  /// beside it. Without a neighbour the next point but one of the straight line stands in its place, so two keyframes
  /// give a straight line. Both ends are exact.
  static func alongCurve(
    before: Latent?, _ start: Latent, _ end: Latent, after: Latent?, fraction: Double
  ) -> Latent {
    precondition(start.values.count == end.values.count, "latents of different dimensions")
    let (t, t2, t3) = (fraction, fraction * fraction, fraction * fraction * fraction)
    let first = (-t + 2 * t2 - t3) / 2
    var second = (2 - 5 * t2 + 3 * t3) / 2
    var third = (t + 4 * t2 - 3 * t3) / 2
    let fourth = (-t2 + t3) / 2
    if before == nil { (second, third) = (second + 2 * first, third - first) }
    if after == nil { (second, third) = (second - fourth, third + 2 * fourth) }
    return Latent(
      start.values.indices.map { index in
        var sum = second * Double(start.values[index]) + third * Double(end.values[index])
        if let before { sum += first * Double(before.values[index]) }
        if let after { sum += fourth * Double(after.values[index]) }
        return Float(sum)
      })
  }

  /// The distance from the origin.
  private var length: Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
