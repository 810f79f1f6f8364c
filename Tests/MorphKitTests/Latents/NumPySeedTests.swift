internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `NumPy seeds` {
  /// `RandomState(seed).standard_normal(130)` by seed, as NumPy gave them.
  private func expected() throws -> [UInt32: [Double]] {
    let text = Data(try contents(fixture("numpy/standard-normal.json")))
    let bySeed = try JSONDecoder().decode([String: [Double]].self, from: text)
    return try Dictionary(
      uniqueKeysWithValues: bySeed.map { (try #require(UInt32($0.key)), $0.value) })
  }

  @Test func `every number equals NumPy's, bit for bit`() throws {
    let expected = try expected()
    #expect(expected.keys.sorted() == [0, 1, 42, 4_294_967_295])
    for (seed, values) in expected {
      var random = NumPyRandom(seed: seed)
      #expect(values.map { _ in random.standardNormal() } == values)
    }
  }

  @Test(arguments: [1, 2, 127, 128, 129, 130])
  func `a latent holds the first numbers of its seed, as many as it has dimensions`(dimension: Int) throws {
    for (seed, values) in try expected() {
      #expect(Latent(seed: seed, dimension: dimension).values == values.prefix(dimension).map(Float.init))
    }
  }

  @Test func `an odd number of dimensions leaves nothing for the next latent`() throws {
    let values = try #require(try expected()[42])
    _ = Latent(seed: 42, dimension: 3)
    #expect(Latent(seed: 42, dimension: 3).values == values.prefix(3).map(Float.init))
  }
}
