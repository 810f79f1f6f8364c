/// A point of a model's latent space, in model units.
public struct Latent: Equatable, Sendable {
  /// One number a dimension; a spatial latent in the order channel, row, column.
  public var values: [Float]

  public init(_ values: [Float]) {
    self.values = values
  }

  /// The point `fraction` of the way from `start` to `end`, 0 being `start` and 1 `end`.
  ///
  /// Both ends are exact: `(1 − t) a + t b` gives `a` at 0 and `b` at 1.
  public static func between(_ start: Latent, _ end: Latent, fraction: Double) -> Latent {
    precondition(start.values.count == end.values.count, "latents of different dimensions")
    let far = Float(fraction)
    let near = Float(1 - fraction)
    return Latent(zip(start.values, end.values).map { near * $0 + far * $1 })
  }
}

/// What an encoder says of a picture: a normal distribution for each latent dimension.
public struct Posterior: Equatable, Sendable {
  public var mean: Latent

  /// log σ² in each dimension, from −30 to 20; `nil` for a plain autoencoder.
  public var logVariance: [Float]?

  /// ½ Σ (μ² + σ² − log σ² − 1), in nats: how far the distribution is from the standard normal one.
  ///
  /// Kingma & Welling, Auto-Encoding Variational Bayes (2014), appendix B. `nil` without a spread.
  public var latentLoss: Double? {
    latentLosses.map { $0.reduce(0, +) }
  }

  /// ½ (μ² + σ² − log σ² − 1) of each dimension, in nats; `nil` without a spread.
  var latentLosses: [Double]? {
    guard let logVariance else { return nil }
    return zip(mean.values, logVariance).map { mean, logVariance in
      let (mean, logVariance) = (Double(mean), Double(logVariance))
      return (mean * mean + exponential(logVariance) - logVariance - 1) / 2
    }
  }
}

extension Posterior {
  /// σ in each dimension; `nil` for a plain autoencoder.
  var deviations: [Float]? { logVariance?.map { Float(exponential(Double($0) / 2)) } }

  /// μ + temperature × σ ε in each dimension: a sample, when `noise` is standard normal.
  ///
  /// Without a spread it is μ itself.
  func sample(_ noise: Latent, temperature: Double = 1) -> Latent {
    guard let deviations else { return mean }
    precondition(noise.values.count == mean.values.count, "a number for each dimension")
    let temperature = Float(temperature)
    return Latent(
      mean.values.indices.map { mean.values[$0] + temperature * deviations[$0] * noise.values[$0] })
  }
}

extension Latent {
  /// Σ factor × latent, in double precision.
  static func sum(_ terms: [(factor: Double, latent: Latent)]) -> Latent {
    guard let first = terms.first else { preconditionFailure("a sum of something") }
    var sums = Array(repeating: 0.0, count: first.latent.values.count)
    for (factor, latent) in terms {
      precondition(latent.values.count == sums.count, "latents of different dimensions")
      for index in sums.indices {
        sums[index] += factor * Double(latent.values[index])
      }
    }
    return Latent(sums.map(Float.init))
  }
}
