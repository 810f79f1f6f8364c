internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Latent path` {
  @Test func `goes through every keyframe exactly`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<100 {
      let lengths = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Int.random(in: 1...30, using: &random)
      }
      let keyframes = (0...lengths.count).map { _ in
        Latent((0..<7).map { _ in Float.random(in: -1e6...1e6, using: &random) })
      }
      let path = LatentPath(
        through: keyframes, timeline: Timeline(transitionLengths: lengths, frameRate: .thirty))
      var frame = 0
      for (keyframe, length) in zip(keyframes, lengths + [0]) {
        #expect(path.latent(ofFrame: frame) == keyframe)
        frame += length
      }
    }
  }

  @Test func `is straight and even between two keyframes`() {
    let path = LatentPath(
      through: [Latent([0, 10]), Latent([4, -10])],
      timeline: Timeline(transitionLengths: [4], frameRate: .thirty))
    #expect(
      (0..<5).map { path.latent(ofFrame: $0).values } == [[0, 10], [1, 5], [2, 0], [3, -5], [4, -10]])
  }

  @Test func `both ends of a line are exact, even where their difference is not`() {
    let (near, far) = (Latent([1e-8, 3]), Latent([1e8, 0.1]))
    #expect(Latent.between(near, far, fraction: 0) == near)
    #expect(Latent.between(near, far, fraction: 1) == far)
  }
}
