/// A walk through keyframes: one latent a frame.
public struct LatentPath: Sendable {
  public let keyframes: [Latent]
  public let timeline: Timeline
  public let interpolation: Interpolation

  public init(through keyframes: [Latent], timeline: Timeline, interpolation: Interpolation = .linear) {
    precondition(keyframes.count == timeline.keyframeCount, "one transition between two keyframes")
    self.keyframes = keyframes
    self.timeline = timeline
    self.interpolation = interpolation
  }

  /// The same path in the times of a plan.
  func paced(by plan: PacePlan) -> LatentPath {
    LatentPath(
      through: keyframes, timeline: timeline.paced(plan.lengths, by: plan.curves),
      interpolation: interpolation)
  }

  public func latent(ofFrame number: Int) -> Latent {
    latent(at: timeline.position(ofFrame: number))
  }

  /// The point at a place; beyond the ends of a transition, where its line or curve leads on.
  public func latent(at position: Timeline.Position) -> Latent {
    let start = position.transition
    let end = (start + 1) % keyframes.count
    if position.fraction == 0 { return keyframes[start] }
    if position.fraction == 1 { return keyframes[end] }
    switch interpolation {
    case .linear:
      return .between(keyframes[start], keyframes[end], fraction: position.fraction)
    case .spherical:
      return .alongArc(keyframes[start], keyframes[end], fraction: position.fraction)
    case .cubic:
      return .alongCurve(
        before: neighbour(start - 1), keyframes[start], keyframes[end], after: neighbour(start + 2),
        fraction: position.fraction)
    }
  }

  /// The keyframe of a number that may lie beyond the first or last one, where only a loop has one.
  private func neighbour(_ number: Int) -> Latent? {
    if keyframes.indices.contains(number) { return keyframes[number] }
    guard timeline.course == .loop else { return nil }
    return keyframes[(number + keyframes.count) % keyframes.count]
  }
}
