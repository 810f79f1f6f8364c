import Foundation
import PNGFiles
import PhotoFiles
import Testing

@testable import PNGFiles

struct `Compression of a PNG` {
  /// Numbers that look random, the same in every run.
  private func noise(_ count: Int, levels: UInt64 = 256) -> [UInt8] {
    var state: UInt64 = 42
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 33 % levels)
    }
  }

  private func expectRoundTrip(
    _ pixels: [UInt8], width: Int, height: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let bytes = try written(width: width, height: height) { writer throws(PNGError) in
      try writer.writeRows(pixels.span)
    }
    #expect(
      try Picture(decoding: bytes) == Picture(width: width, height: height, pixels: pixels),
      sourceLocation: sourceLocation)
  }

  @Test(arguments: [(1, 1), (1, 7), (2, 3), (13, 5), (300, 200), (1000, 301), (60_000, 3)])
  func `loses nothing of noise, of plain areas, and of what is between`(width: Int, height: Int) throws {
    let count = width * height * 3
    try expectRoundTrip(noise(count), width: width, height: height)
    try expectRoundTrip(noise(count, levels: 3), width: width, height: height)
    for level in [0, 1, 255] as [UInt8] {
      try expectRoundTrip([UInt8](repeating: level, count: count), width: width, height: height)
    }
    try expectRoundTrip(
      (0..<count).map { UInt8(truncatingIfNeeded: $0 / 3 % width / 4 + $0 / 3 / width) }, width: width,
      height: height)
    // Long runs between noise, of every length.
    let noise = noise(count)
    try expectRoundTrip(
      noise.indices.map { $0 / 300 % 2 == 0 ? noise[$0] : noise[$0 / 300] }, width: width, height: height)
  }

  @Test func `knows runs of every length`() throws {
    var pixels: [UInt8] = []
    for length in 1...300 {
      pixels += [UInt8](repeating: UInt8(truncatingIfNeeded: length * 37), count: length) + [1, 2]
    }
    pixels += [UInt8](repeating: 0, count: (3 - pixels.count % 3) % 3)
    try expectRoundTrip(pixels, width: pixels.count / 3, height: 1)
  }

  @Test func `makes little of plain areas`() throws {
    let bytes = try written(width: 1000, height: 1000) { writer throws(PNGError) in
      try writer.writeRows([UInt8](repeating: 7, count: 3_000_000).span)
    }
    #expect(bytes.count < 20_000)
  }

  /// Counts that grow as Fibonacci's numbers make the longest codes there are.
  @Test func `keeps codes short enough, and complete`() {
    var counts = [1, 1]
    while counts.count < 40 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    for counts in [counts, [5], [0, 9, 0], [1, 1], Array(repeating: 3, count: 286), [0, 0, 1, 1_000_000]] {
      let code = HuffmanCode(counts: counts)
      #expect(code.lengths.max() ?? 0 <= 15)
      #expect(zip(counts, code.lengths).allSatisfy { ($0 > 0) == ($1 > 0) })
      // Every sequence of bits means something, unless there is only one symbol.
      let sum = code.lengths.filter { $0 > 0 }.reduce(0.0) { $0 + pow(2, -Double($1)) }
      #expect(sum == 1 || counts.filter { $0 > 0 }.count == 1)
    }
  }
}
