/// What each latent dimension does over many photos, added up one photo at a time.
struct DimensionFigures {
  private var count = 0
  private var means: [Double]
  /// Sums of squared distances from the mean, as Welford (1962) updates them: exact also where the mean is large.
  private var squares: [Double]
  /// `nil` once a photo had no spread.
  private var losses: [Double]?

  init(dimension: Int) {
    means = Array(repeating: 0, count: dimension)
    squares = means
    losses = means
  }

  mutating func add(_ posterior: Posterior) {
    count += 1
    for (index, value) in posterior.mean.values.enumerated() {
      let value = Double(value)
      let distance = value - means[index]
      means[index] += distance / Double(count)
      squares[index] += distance * (value - means[index])
    }
    guard let parts = posterior.latentLosses, losses != nil else {
      losses = nil
      return
    }
    for index in parts.indices { losses?[index] += parts[index] }
  }

  var report: [EvaluationReport.Dimension] {
    guard count > 0 else { return [] }
    return means.indices.map { index in
      EvaluationReport.Dimension(
        latentLoss: losses.map { $0[index] / Double(count) }, mean: means[index],
        variance: squares[index] / Double(count), photoCount: count)
    }
  }
}
