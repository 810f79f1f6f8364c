/// Whose random numbers a seed stands for.
public enum RandomSource: String, CaseIterable, Sendable {
  /// `numpy.random.RandomState(seed).standard_normal(count)`, the convention of the StyleGAN tools.
  case numpy
  /// `torch.manual_seed(seed); torch.randn(count)`.
  case torch

  /// The first standard normal numbers of a seed.
  func normals(seed: UInt32, count: Int) -> [Double] {
    switch self {
    case .numpy:
      var random = NumPyRandom(seed: seed)
      return (0..<count).map { _ in random.standardNormal() }
    case .torch: return TorchRandom.normals(seed: seed, count: count).map(Double.init)
    }
  }
}

/// How a model's random faces are drawn.
struct RandomLatents: Sendable {
  var source = RandomSource.numpy
  /// Times the spread of the prior.
  var temperature = 1.0
  /// In the place of the standard normal distribution.
  var prior: FittedPrior?
  let dimension: Int

  /// The random face of a seed.
  func face(seed: UInt32) -> Latent {
    guard let prior else {
      return Latent(source.normals(seed: seed, count: dimension).map { Float(temperature * $0) })
    }
    return prior.latent(weights: source.normals(seed: seed, count: prior.rowCount), temperature: temperature)
  }

  /// Standard normal numbers, as many as a latent has.
  func noise(seed: UInt32) -> Latent {
    Latent(source.normals(seed: seed, count: dimension).map(Float.init))
  }
}
