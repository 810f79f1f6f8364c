/// A walk in straight lines through keyframes: one latent a frame.
public struct LatentPath: Sendable {
  public let keyframes: [Latent]
  public let timeline: Timeline

  public init(through keyframes: [Latent], timeline: Timeline) {
    precondition(
      keyframes.count == timeline.transitionLengths.count + 1, "one transition between two keyframes")
    self.keyframes = keyframes
    self.timeline = timeline
  }

  public func latent(ofFrame number: Int) -> Latent {
    let position = timeline.position(ofFrame: number)
    guard position.fraction > 0 else { return keyframes[position.transition] }
    return .between(
      keyframes[position.transition], keyframes[position.transition + 1], fraction: position.fraction)
  }
}
