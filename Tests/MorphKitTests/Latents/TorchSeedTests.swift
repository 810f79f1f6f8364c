internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `PyTorch seeds` {
  /// `torch.manual_seed(seed); torch.randn(count)` by count and seed, as PyTorch gave them.
  private func expected() throws -> [String: [String: [Float]]] {
    let text = Data(try contents(fixture("latents/torch-normal.json")))
    return try JSONDecoder().decode([String: [String: [Float]]].self, from: text)
  }

  @Test func `every number equals PyTorch's within a millionth, below 16 numbers too`() throws {
    let expected = try expected()
    #expect(expected.keys.compactMap { Int($0) }.sorted() == [1, 2, 7, 15, 16, 17, 31, 32, 130])
    for (count, bySeed) in expected {
      for (text, values) in bySeed {
        let seed = try #require(UInt32(text))
        let numbers = TorchRandom.normals(seed: seed, count: try #require(Int(count)))
        #expect(largestDifference(numbers, values) < 1e-6, "\(count) of seed \(seed)")
      }
    }
  }

  @Test func `a face of temperature 1 is the seed's own latent`() {
    let numpy = RandomLatents(dimension: 33)
    #expect(numpy.face(seed: 8) == Latent(seed: 8, dimension: 33))
    let torch = RandomLatents(source: .torch, dimension: 33)
    #expect(torch.face(seed: 8).values == TorchRandom.normals(seed: 8, count: 33))
    #expect(torch.face(seed: 8) != numpy.face(seed: 8))
  }
}
