internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

/// Each formula against what NumPy and Python made of the same numbers.
struct `Formulas of looks into a latent space` {
  private struct Expected: Decodable {
    struct Values: Decodable {
      var mean: Double
      var deviation: Double
      var range: String
      var steps: Int
      var values: [Double]
    }
    struct Swing: Decodable {
      var low: Double
      var high: Double
      var start: Double
      var values: [Double]
    }
    struct Points: Decodable {
      var corners: [[Float]]
      var columns: Int
      var rows: Int
      var points: [[Float]]
    }
    struct Prior: Decodable {
      var rows: [[Float]]
      var means: [Double]
      var deviations: [Double]
    }
    struct Draws: Decodable {
      var mean: [Float]
      var logVariance: [Float]
      var seed: UInt32
      var temperature: Double
      var values: [[Float]]
    }
    struct Losses: Decodable {
      var means: [[Float]]
      var logVariances: [[Float]]
      var mean: [Double]
    }
    var quantiles: [[Double]]
    var traversals: [Values]
    var swings: [Swing]
    var plane: Points
    var prior: Prior
    var draws: Draws
    var losses: Losses
  }

  private let expected: Expected

  init() throws {
    let text = Data(try contents(fixture("sheets.json")))
    expected = try JSONDecoder().decode(Expected.self, from: text)
  }

  @Test func `the quantiles of the normal distribution are those of Python's statistics`() {
    for pair in expected.quantiles {
      #expect(abs(normalQuantile(pair[0]) - pair[1]) < 1e-9, "\(pair[0])")
    }
    #expect(normalQuantile(0.5) == 0)
    #expect(normalQuantile(0.25) == -normalQuantile(0.75))
  }

  @Test func `a traversal goes in equal steps from end to end of its range, whatever the prior`() async throws
  {
    for traversal in expected.traversals {
      let range = try Traversal.Range(parsing: traversal.range)
      let ends = TraversalPath.Ends(
        low: traversal.mean - range.deviations * traversal.deviation,
        high: traversal.mean + range.deviations * traversal.deviation)
      for (step, value) in traversal.values.enumerated() {
        let found = ends.value(at: Double(step) / Double(traversal.steps - 1))
        #expect(abs(found - value) < 1e-6)
      }
    }
    let random = RandomLatents(dimension: 4)
    #expect(random.ends(ofDimension: 2, reach: 3) == .init(low: -3, high: 3))
    let path = TraversalPath(
      from: Latent([1, 2, 3, 4]), along: [3, 0], range: .deviations(2), of: random)
    #expect(path.latent(row: 0, step: 0, of: 5).values == [1, 2, 3, -2])
    #expect(path.latent(row: 0, step: 4, of: 5).values == [1, 2, 3, 2])
    #expect(path.latent(row: 1, step: 1, of: 5).values == [-1, 2, 3, 4])
  }

  @Test func `a fitted prior has the mean and the standard deviation of its rows`() async throws {
    try await withTemporaryFolder { folder in
      let rows = expected.prior.rows
      try write(npy(rows.flatMap(\.self), shape: [rows.count, 20]), to: "\(folder)/z.npy")
      let prior = try FittedPrior(of: LatentFile(at: "\(folder)/z.npy"), shape: [20])
      for dimension in 0..<20 {
        let (mean, deviation) = prior.spread(ofDimension: dimension)
        #expect(abs(mean - expected.prior.means[dimension]) < 1e-6)
        #expect(abs(deviation - expected.prior.deviations[dimension]) < 1e-6)
        let ends = RandomLatents(prior: prior, dimension: 20).ends(ofDimension: dimension, reach: 2)
        #expect(abs(ends.high - mean - 2 * deviation) < 1e-9)
        #expect(abs(mean - ends.low - 2 * deviation) < 1e-9)
      }
    }
  }

  @Test func `a swing is a sine through the keyframe's value and both ends`() {
    for swing in expected.swings {
      let ends = TraversalPath.Ends(low: swing.low, high: swing.high)
      let count = swing.values.count
      for (frame, value) in swing.values.enumerated() {
        #expect(abs(ends.swing(at: Double(frame) / Double(count), from: swing.start) - value) < 1e-6)
      }
      #expect(ends.swing(at: 0, from: swing.start) == swing.start)
    }
  }

  @Test func `a plane is bilinear, and its corners are exact`() throws {
    let plane = expected.plane
    let corners = plane.corners.map { KeyframePoint(latent: Latent($0), photo: nil) }
    let sheet = LatentSheet.plane(corners, columns: plane.columns, rows: plane.rows)
    let found = plane.points.indices.map { number -> [Float] in
      guard case .latent(let latent) = sheet.cell(number).0 else { return [] }
      return latent.values
    }
    for (values, point) in zip(found, plane.points) {
      #expect(largestDifference(values, point) < 1e-6)
    }
    let places = [0, plane.columns - 1, (plane.rows - 1) * plane.columns, plane.rows * plane.columns - 1]
    #expect(places.map { found[$0] } == plane.corners)
  }

  @Test func `draws are μ + temperature × σ ε`() {
    let draws = expected.draws
    let posterior = Posterior(mean: Latent(draws.mean), logVariance: draws.logVariance)
    let random = RandomLatents(temperature: draws.temperature, dimension: 20)
    for (number, values) in draws.values.enumerated() {
      let noise = random.noise(seed: draws.seed + UInt32(number))
      #expect(
        largestDifference(posterior.sample(noise, temperature: random.temperature).values, values) < 1e-5)
    }
  }

  @Test func `latent loss is that of each dimension, and adds up to the whole`() throws {
    let losses = try zip(expected.losses.means, expected.losses.logVariances).map { mean, logVariance in
      let posterior = Posterior(mean: Latent(mean), logVariance: logVariance)
      let losses = try #require(posterior.latentLosses)
      #expect(posterior.latentLoss == losses.reduce(0, +))
      return losses
    }
    for (dimension, mean) in expected.losses.mean.enumerated() {
      let found = losses.reduce(0) { $0 + $1[dimension] } / Double(losses.count)
      #expect(abs(found - mean) < 1e-6)
    }
    #expect(Posterior(mean: Latent([0]), logVariance: nil).latentLosses == nil)
  }
}
