/// The normal distribution that has the mean and the covariance of given latents.
///
/// With rows x of mean m, and n standard normal numbers w, m + Σ w (x − m) / √(n − 1) is a draw from it: its covariance
/// is that of the rows, as `numpy.cov` gives it, whether there are more rows than dimensions or fewer.
struct FittedPrior: Sendable {
  /// Row after row.
  private let values: [Float]
  private let mean: [Double]
  let rowCount: Int

  /// Throws when the file has a single row, or rows of another shape.
  init(of file: LatentFile, shape: [Int]) throws(MorphError) {
    values = try file.values(shape: shape)
    let dimension = shape.reduce(1, *)
    rowCount = values.count / dimension
    guard rowCount >= 2 else { throw MorphError(file.path, LatentFileProblem.tooFewRows(rowCount)) }
    var mean = Array(repeating: 0.0, count: dimension)
    for index in values.indices {
      mean[index % dimension] += Double(values[index])
    }
    self.mean = mean.map { [rowCount] in $0 / Double(rowCount) }
  }

  /// A draw, by as many standard normal numbers as there are rows; `temperature` is times the spread.
  func latent(weights: [Double], temperature: Double) -> Latent {
    precondition(weights.count == rowCount, "a number for each row")
    let scale = temperature / Double(rowCount - 1).squareRoot()
    var sums = Array(repeating: 0.0, count: mean.count)
    for (row, weight) in weights.enumerated() {
      let start = row * mean.count
      for index in mean.indices {
        sums[index] += weight * (Double(values[start + index]) - mean[index])
      }
    }
    return Latent(mean.indices.map { Float(mean[$0] + scale * sums[$0]) })
  }

  /// The mean and the standard deviation of one dimension.
  func spread(ofDimension dimension: Int) -> (mean: Double, deviation: Double) {
    var sum = 0.0
    for index in stride(from: dimension, to: values.count, by: mean.count) {
      sum += (Double(values[index]) - mean[dimension]) * (Double(values[index]) - mean[dimension])
    }
    return (mean[dimension], (sum / Double(rowCount - 1)).squareRoot())
  }
}
