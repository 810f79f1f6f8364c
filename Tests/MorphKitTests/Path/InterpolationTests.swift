internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Ways between keyframes` {
  private func path(
    _ keyframes: [Latent], _ interpolation: Interpolation, _ course: Timeline.Course = .open
  ) -> LatentPath {
    let count = keyframes.count - (course == .loop ? 0 : 1)
    return LatentPath(
      through: keyframes,
      timeline: Timeline(
        transitionLengths: Array(repeating: 4, count: count), course: course, frameRate: .thirty),
      interpolation: interpolation)
  }

  private func random(_ count: Int, dimension: Int = 192) -> [Latent] {
    var random = SeededRandom(seed: 5)
    return (0..<count).map { _ in
      Latent((0..<dimension).map { _ in Float.random(in: -3...3, using: &random) })
    }
  }

  @Test func `are NumPy's values of their formulas, also beyond the keyframes`() throws {
    let values = try TimingValues.read()
    let keyframes = values.keyframes.map { Latent($0) }
    for (path, expected) in [
      (path(keyframes, .spherical), values.spherical), (path(keyframes, .cubic), values.cubic),
      (path(keyframes, .cubic, .loop), values.cubicLoop),
    ] {
      for (transition, points) in expected.enumerated() {
        for (fraction, point) in zip(values.fractions, points) {
          let found = path.latent(at: .init(transition: transition, fraction: fraction)).values
          #expect(largestDifference(found, point) < 1e-5, "\(path.interpolation) \(transition) \(fraction)")
        }
      }
    }
  }

  @Test(arguments: Interpolation.allCases, [Timeline.Course.open, .loop, .pingpong])
  func `go through every keyframe exactly`(interpolation: Interpolation, course: Timeline.Course) {
    let keyframes = random(4)
    let path = path(keyframes, interpolation, course)
    for number in 0..<path.timeline.frameCount {
      guard let keyframe = path.timeline.keyframe(atFrame: number) else { continue }
      #expect(path.latent(ofFrame: number) == keyframes[keyframe])
    }
    #expect(path.latent(ofFrame: 4) == keyframes[1])
  }

  @Test(arguments: Interpolation.allCases)
  func `are the same from either end`(interpolation: Interpolation) {
    let keyframes = random(2)
    let (there, back) = (path(keyframes, interpolation), path(keyframes.reversed(), interpolation))
    for number in 0...20 {
      let fraction = Double(number) / 20
      let found = there.latent(at: .init(transition: 0, fraction: fraction)).values
      let swapped = back.latent(at: .init(transition: 0, fraction: 1 - fraction)).values
      #expect(largestDifference(found, swapped) < 1e-5)
    }
  }

  @Test(arguments: Interpolation.allCases)
  func `stay at a keyframe that comes twice`(interpolation: Interpolation) {
    let keyframe = random(1)[0]
    let path = path([keyframe, keyframe], interpolation)
    for number in 0..<path.timeline.frameCount {
      #expect(largestDifference(path.latent(ofFrame: number).values, keyframe.values) < 1e-5)
    }
  }

  @Test func `an arc keeps the length that its ends have`() {
    let keyframes = random(2).map { latent in
      let length = latent.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return Latent(latent.values.map { $0 / length * 14 })
    }
    let path = path(keyframes, .spherical)
    for number in -5...25 {
      let values = path.latent(at: .init(transition: 0, fraction: Double(number) / 20)).values
      #expect(abs(values.reduce(0) { $0 + $1 * $1 }.squareRoot() - 14) < 1e-3)
    }
  }

  @Test func `without a single arc there is a straight line`() {
    let point = random(1)[0]
    let zero = Latent(point.values.map { _ in 0 })
    for (start, end) in [
      (point, Latent(point.values.map { -$0 })), (point, Latent(point.values.map { 3 * $0 })), (zero, point),
      (point, zero), (zero, zero), (point, point),
    ] {
      for fraction in [0.25, 0.5, 0.9] {
        let found = Latent.alongArc(start, end, fraction: fraction)
        let isFinite = found.values.allSatisfy(\.isFinite)
        #expect(isFinite)
        #expect(
          largestDifference(found.values, Latent.between(start, end, fraction: fraction).values) < 1e-5)
      }
    }
  }

  @Test func `an arc of a small angle is the line, without a jump where one formula takes over`() {
    let start = Latent([1, 0])
    for power in 1...12 {
      var angle = 1.0
      for _ in 0..<power { angle /= 10 }
      let middle = Latent.alongArc(start, Latent([1, Float(angle)]), fraction: 0.5).values
      #expect(abs(Double(middle[1]) - angle / 2) <= angle * (angle + 1e-6))
      #expect(middle[0].isFinite && abs(middle[0] - 1) < 0.01)
    }
  }

  @Test func `a curve through two keyframes is the line, and through points of a line it stays on it`() {
    let ends = random(2)
    let two = path(ends, .cubic)
    for number in 0...10 {
      let fraction = Double(number) / 10
      #expect(
        largestDifference(
          two.latent(at: .init(transition: 0, fraction: fraction)).values,
          Latent.between(ends[0], ends[1], fraction: fraction).values) < 1e-5)
    }
    let line = (0..<4).map { Latent([Float($0), 2 * Float($0)]) }
    let found = path(line, .cubic).latent(at: .init(transition: 1, fraction: 0.25)).values
    #expect(largestDifference(found, [1.25, 2.5]) < 1e-6)
  }

  @Test func `a curve passes keyframes without a corner, in a loop also the first`() {
    let keyframes = random(5, dimension: 8)
    let path = path(keyframes, .cubic, .loop)
    for keyframe in keyframes.indices {
      let before = path.latent(
        at: .init(transition: (keyframe + 4) % 5, fraction: 1 - 1e-3))
      let behind = path.latent(at: .init(transition: keyframe, fraction: 1e-3))
      for (index, value) in keyframes[keyframe].values.enumerated() {
        let (arriving, leaving) = (value - before.values[index], behind.values[index] - value)
        #expect(abs(arriving - leaving) < 1e-4)
      }
    }
  }
}
