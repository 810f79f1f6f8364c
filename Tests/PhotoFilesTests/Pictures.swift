import Foundation
import PhotoFiles

/// A picture whose pixels a function gives.
func picture(_ width: Int, _ height: Int, _ color: (_ x: Int, _ y: Int) -> [Int]) -> Picture {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width { pixels += color(x, y).map { UInt8($0) } }
  }
  return Picture(width: width, height: height, pixels: pixels)
}

/// The picture that most fixtures show.
let gradient = picture(32, 24) { x, y in [8 * x, 10 * y, 4 * (x + y)] }

/// A picture of seeded noise.
func noise(_ width: Int, _ height: Int, seed: UInt64) -> Picture {
  var numbers = SplitMix(state: seed)
  return Picture(
    width: width, height: height,
    pixels: (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &numbers) })
}

/// How many levels two pictures of equal size differ by.
func differences(_ one: Picture, _ other: Picture) -> [Int] {
  zip(one.pixels, other.pixels).map { abs(Int($0) - Int($1)) }
}

extension [Int] {
  var mean: Double { Double(reduce(0, +)) / Double(count) }
}

extension Picture {
  /// The three bytes of one pixel.
  func color(_ x: Int, _ y: Int) -> [UInt8] { Array(pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3]) }
}

/// Steele, Lea and Flood's generator: small, seeded, and equal everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// `shared/photos` beside this package or above it.
let photosFolder: URL? = {
  var folder = URL(filePath: #filePath).deletingLastPathComponent()
  while folder.path != "/" {
    folder = folder.deletingLastPathComponent()
    let candidate = folder.appending(path: "shared/photos")
    if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
  }
  return nil
}()
