internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

/// Each formula against what NumPy made of the same rows.
struct `Latent formulas` {
  private struct Expected: Decodable {
    var first: [[Float]]
    var second: [[Float]]
    var logVariance: [Float]
    var sample: [String: [Float]]
    var cooled: [String: [Float]]
    var prior: [String: [Float]]
    var sum: [Float]
    var average: [Float]
    var difference: [Float]
    var normal: [Double]
    var linear: [Float]
    var right: Int
    var heldOut: Int
  }

  private let expected: Expected
  private let first: [Latent]
  private let second: [Latent]

  init() throws {
    let text = Data(try contents(fixture("latents/formulas.json")))
    expected = try JSONDecoder().decode(Expected.self, from: text)
    first = expected.first.map(Latent.init)
    second = expected.second.map(Latent.init)
  }

  /// Its rows are `first` and `second`.
  private func withRows<Result>(_ body: (LatentFile) throws -> Result) async throws -> Result {
    try await withTemporaryFolder { folder in
      let rows = expected.first + expected.second
      try write(npy(rows.flatMap(\.self), shape: [rows.count, 20]), to: "\(folder)/z.npy")
      return try body(LatentFile(at: "\(folder)/z.npy"))
    }
  }

  @Test(arguments: RandomSource.allCases)
  func `a sample is μ + σ ε`(source: RandomSource) throws {
    let posterior = Posterior(mean: first[0], logVariance: expected.logVariance)
    let noise = RandomLatents(source: source, dimension: 20).noise(seed: 5)
    let values = try #require(expected.sample[source.rawValue])
    #expect(largestDifference(posterior.sample(noise).values, values) < 1e-5)
    #expect(Posterior(mean: first[0], logVariance: nil).sample(noise) == first[0])
  }

  @Test(arguments: RandomSource.allCases)
  func `a temperature scales random faces`(source: RandomSource) throws {
    let random = RandomLatents(source: source, temperature: 0.7, dimension: 20)
    let values = try #require(expected.cooled[source.rawValue])
    #expect(largestDifference(random.face(seed: 5).values, values) < 1e-5)
    #expect(
      RandomLatents(temperature: 0, dimension: 20).face(seed: 5).values == Array(repeating: 0, count: 20))
  }

  @Test(arguments: RandomSource.allCases)
  func `a fitted prior draws with the mean and the covariance of its rows`(source: RandomSource) async throws
  {
    try await withRows { file in
      let prior = try FittedPrior(of: file, shape: [20])
      let random = RandomLatents(source: source, temperature: 0.7, prior: prior, dimension: 20)
      let values = try #require(expected.prior[source.rawValue])
      #expect(largestDifference(random.face(seed: 5).values, values) < 1e-5)
      let still = RandomLatents(temperature: 0, prior: prior, dimension: 20)
      #expect(largestDifference(still.face(seed: 5).values, expected.average) < 1e-6)
    }
  }

  @Test func `one row makes no prior`() async throws {
    try await withTemporaryFolder { folder in
      try write(npy([1, 2], shape: [1, 2]), to: "\(folder)/z.npy")
      let error = #expect(throws: MorphError.self) {
        try FittedPrior(of: LatentFile(at: "\(folder)/z.npy"), shape: [2])
      }
      #expect(error?.problem == .latents(.tooFewRows(1)))
    }
  }

  @Test func `sums and means are those of NumPy`() {
    let sum = Latent.sum([(1, first[0]), (1.5, second[1]), (-0.25, first[2])])
    #expect(largestDifference(sum.values, expected.sum) < 1e-6)
    #expect(largestDifference(LatentDirection.mean(first + second).map(Float.init), expected.average) < 1e-6)
    #expect(Latent.sum([(1, first[0])]) == first[0])
  }

  @Test func `a direction is the difference of the means`() {
    let direction = LatentDirection(to: first, from: second, method: .mean)
    #expect(largestDifference(direction.latent.values, expected.difference) < 1e-6)
    #expect(direction.heldOut == nil)
  }

  @Test func `a linear direction is the ridge normal of four latents of five, tried on the fifth`() {
    func seen(_ latents: [Latent]) -> [Latent] { latents.indices.filter { $0 % 5 != 4 }.map { latents[$0] } }
    let classifier = LinearClassifier(parting: seen(first), from: seen(second))
    for (found, value) in zip(classifier.normal, expected.normal) {
      #expect(abs(found - value) < 1e-8)
    }
    let direction = LatentDirection(to: first, from: second, method: .linear)
    #expect(largestDifference(direction.latent.values, expected.linear) < 1e-5)
    #expect(direction.heldOut == .init(right: expected.right, count: expected.heldOut))
    #expect(LatentDirection(to: first, from: second, method: .linear).latent == direction.latent)
  }

  @Test func `equal latents of both kinds make no direction`() {
    let same = Array(repeating: first[0], count: 6)
    for method in MorphJob.Direction.Method.allCases {
      let direction = LatentDirection(to: same, from: same, method: method)
      #expect(direction.latent.values.allSatisfy { abs($0) < 1e-6 })
    }
  }
}
