internal import Inference
internal import TestSupport

@testable import MorphKit

/// Loads models of `Fixtures`; one runtime serves all tests, and those that need the same model share it.
enum TestModels {
  /// Networks that a test has loaded, for the next one.
  static let loaded = LoadedNetworks(modelLimit: 24)

  static func runtime() throws -> Runtime { try loaded.runtime() }

  static func load(
    _ name: String, parts: Set<FaceModel.Part> = [.encoder, .decoder]
  ) async throws -> FaceModel {
    try await load(at: fixture(name), parts: parts)
  }

  static func load(
    at path: String, parts: Set<FaceModel.Part> = [.encoder, .decoder]
  ) async throws -> FaceModel {
    try await loaded.model(in: ModelFolder(at: path), parts: parts, threads: 1)
  }

  /// A picture of 32 × 32 of even blocks of 4 × 4, whose colours are random.
  static func blocks(seed: UInt64, isGray: Bool = false) -> Image {
    var random = SeededRandom(seed: seed)
    let colors = (0..<64).map { _ -> [UInt8] in
      let red = UInt8.random(in: 20...235, using: &random)
      return isGray
        ? [red, red, red]
        : [red, .random(in: 20...235, using: &random), .random(in: 20...235, using: &random)]
    }
    var pixels: [UInt8] = []
    for row in 0..<32 {
      for column in 0..<32 {
        pixels += colors[row / 4 * 8 + column / 4]
      }
    }
    return Image(width: 32, height: 32, pixels: pixels)
  }
}

extension Image {
  /// The largest difference of any channel of a pixel, in levels.
  func largestDifference(from other: Image) -> Int {
    zip(pixels, other.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
  }
}

/// The largest difference of any two numbers at the same place.
func largestDifference(_ first: [Float], _ second: [Float]) -> Float {
  first.count == second.count ? zip(first, second).map { abs($0 - $1) }.max() ?? 0 : .infinity
}
