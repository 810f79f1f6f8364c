internal import Glibc

/// The points of a traversal: the keyframe's own, but for one dimension at a time.
struct TraversalPath: Sendable {
  let start: Latent
  /// Those that are followed, in order.
  let dimensions: [Int]
  private let ends: [Ends]

  /// The values between which a dimension goes.
  struct Ends: Equatable, Sendable {
    var low: Double
    var high: Double

    /// The value `share` of the way from the low end to the high one; both are exact.
    func value(at share: Double) -> Double { (1 - share) * low + share * high }

    /// The value at a share of a swing's time, which starts and ends at `start`, upwards.
    ///
    /// m + a sin(2π t + φ): a sine between the two ends, with the phase φ at which it passes `start`. A start that lies
    /// beyond an end takes its place.
    func swing(at time: Double, from start: Double) -> Double {
      let (low, high) = (min(low, start), max(high, start))
      let (middle, reach) = ((low + high) / 2, (high - low) / 2)
      guard time > 0, reach > 0 else { return start }
      let phase = asin(min(max((start - middle) / reach, -1), 1))
      return middle + reach * sin(2 * .pi * time + phase)
    }
  }

  init(from start: Latent, along dimensions: [Int], range: Traversal.Range, of random: RandomLatents) {
    self.start = start
    self.dimensions = dimensions
    let reach = range.deviations
    ends = dimensions.map { random.ends(ofDimension: $0, reach: reach) }
  }

  /// Dimension `row` of those that are followed, at one of `count` equal steps from end to end.
  func latent(row: Int, step: Int, of count: Int) -> Latent {
    start.with(ends[row].value(at: Double(step) / Double(count - 1)), inDimension: dimensions[row])
  }

  /// Every dimension in its own cell, at one of the frames of a swing.
  func latents(ofFrame number: Int, of count: Int) -> [Latent] {
    let time = Double(number) / Double(count)
    return dimensions.indices.map { cell in
      let dimension = dimensions[cell]
      let value = ends[cell].swing(at: time, from: Double(start.values[dimension]))
      return start.with(value, inDimension: dimension)
    }
  }
}

extension Latent {
  /// The same point with another value in one dimension.
  func with(_ value: Double, inDimension dimension: Int) -> Latent {
    var latent = self
    latent.values[dimension] = Float(value)
    return latent
  }
}

extension RandomLatents {
  /// The values so many standard deviations of the prior below and above its mean.
  func ends(ofDimension dimension: Int, reach: Double) -> TraversalPath.Ends {
    let (mean, deviation) = prior?.spread(ofDimension: dimension) ?? (0, 1)
    return TraversalPath.Ends(low: mean - reach * deviation, high: mean + reach * deviation)
  }
}
