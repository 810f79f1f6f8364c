/// A plane that parts two kinds of latents: ridge regression on the labels 1 and −1.
///
/// w solves (XᵀX + λ I) w = Xᵀy, X and y without their means, λ a hundredth of the mean eigenvalue of XᵀX. Conjugate
/// gradients (Hestenes & Stiefel 1952) solve it without a matrix, in double precision and in one order of additions, so
/// equal rows give equal numbers.
struct LinearClassifier {
  /// Points from the second kind to the first.
  private(set) var normal: [Double]
  private let offset: Double

  private static let ridge = 0.01
  private static let tolerance = 1e-10

  /// Rows of the first kind and of the second, at least one each.
  init(parting first: [Latent], from second: [Latent]) {
    let rows = first + second
    guard let dimension = rows.first?.values.count, !first.isEmpty, !second.isEmpty else {
      preconditionFailure("latents of both kinds")
    }
    var mean = Array(repeating: 0.0, count: dimension)
    for row in rows {
      for index in mean.indices { mean[index] += Double(row.values[index]) }
    }
    mean = mean.map { $0 / Double(rows.count) }
    let centered = rows.map { row in zip(row.values, mean).map { Double($0) - $1 } }
    let labelMean = Double(first.count - second.count) / Double(rows.count)
    let labels = rows.indices.map { ($0 < first.count ? 1 : -1) - labelMean }

    let squares = centered.reduce(0) { $0 + dot($1, $1) }
    let penalty = max(LinearClassifier.ridge * squares / Double(dimension), .leastNormalMagnitude)
    /// (XᵀX + λ I) v.
    func product(_ vector: [Double]) -> [Double] {
      var result = vector.map { penalty * $0 }
      for row in centered {
        add(dot(row, vector), row, to: &result)
      }
      return result
    }
    var residual = Array(repeating: 0.0, count: dimension)
    for (row, label) in zip(centered, labels) {
      add(label, row, to: &residual)
    }
    normal = Array(repeating: 0, count: dimension)
    var direction = residual
    var size = dot(residual, residual)
    let goal = size * LinearClassifier.tolerance * LinearClassifier.tolerance
    var step = 0
    while size > goal, size > 0, step < 2 * dimension + 100 {
      let image = product(direction)
      let length = size / dot(direction, image)
      add(length, direction, to: &normal)
      add(-length, image, to: &residual)
      let next = dot(residual, residual)
      direction = zip(residual, direction).map { $0 + next / size * $1 }
      size = next
      step += 1
    }
    offset = labelMean - dot(normal, mean)
  }

  /// Whether it takes a latent for one of the first kind.
  func isFirst(_ latent: Latent) -> Bool {
    dot(normal, latent.values.map(Double.init)) + offset > 0
  }
}

/// What leads from latents of one kind to those of another.
struct LatentDirection: Sendable {
  let latent: Latent
  /// How many latents that it had not seen the classifier told apart rightly, of how many.
  let heldOut: HeldOut?

  struct HeldOut: Equatable, Codable, Sendable {
    var right: Int
    var count: Int
  }

  /// Fewer faces of a kind leave none to hold out.
  static let leastFacesToHoldOut = 5

  /// The difference of the means of the two kinds; with `linear` its part along the normal of the plane that parts
  /// them, found with four of each five latents and tried on the fifth.
  init(to first: [Latent], from second: [Latent], method: MorphJob.Direction.Method) {
    switch method {
    case .mean:
      latent = Latent(zip(LatentDirection.mean(first), LatentDirection.mean(second)).map { Float($0 - $1) })
      heldOut = nil
    case .linear:
      let classifier = LinearClassifier(
        parting: LatentDirection.seen(first, isSeen: true), from: LatentDirection.seen(second, isSeen: true))
      let normal = classifier.normal
      let apart = zip(LatentDirection.mean(first), LatentDirection.mean(second)).map { $0 - $1 }
      let squaredLength = dot(normal, normal)
      let scale = squaredLength > 0 ? dot(normal, apart) / squaredLength : 0
      latent = Latent(normal.map { Float(scale * $0) })
      let tests = (LatentDirection.seen(first, isSeen: false), LatentDirection.seen(second, isSeen: false))
      heldOut = HeldOut(
        right: tests.0.count { classifier.isFirst($0) } + tests.1.count { !classifier.isFirst($0) },
        count: tests.0.count + tests.1.count)
    }
  }

  private static func seen(_ latents: [Latent], isSeen: Bool) -> [Latent] {
    latents.indices.filter { ($0 % 5 != 4) == isSeen }.map { latents[$0] }
  }

  static func mean(_ latents: [Latent]) -> [Double] {
    guard let first = latents.first else { preconditionFailure("a mean of something") }
    var sums = Array(repeating: 0.0, count: first.values.count)
    for latent in latents {
      for index in sums.indices { sums[index] += Double(latent.values[index]) }
    }
    return sums.map { $0 / Double(latents.count) }
  }
}

private func dot(_ first: [Double], _ second: [Double]) -> Double {
  var sum = 0.0
  for index in first.indices { sum += first[index] * second[index] }
  return sum
}

private func add(_ factor: Double, _ vector: [Double], to sum: inout [Double]) {
  for index in sum.indices { sum[index] += factor * vector[index] }
}
