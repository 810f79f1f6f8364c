import TestSupport

/// Random pixels, R, G and B.
func noise(_ width: Int, _ height: Int, seed: UInt64) -> [UInt8] {
  var random = SeededRandom(seed: seed)
  return (0..<(width * height * 3)).map { _ in .random(in: 0...255, using: &random) }
}

/// A picture of slow waves, as photos are where nothing is sharp.
func waves(_ width: Int, _ height: Int) -> [UInt8] {
  (0..<height).flatMap { y in
    (0..<width).flatMap { x in
      [UInt8(128 + (x * 5 % 97) - 48), UInt8(40 + (x + y) % 160), UInt8(60 + (y * 3) % 130)]
    }
  }
}

func largestDifference(_ first: [UInt8], _ second: [UInt8]) -> Int {
  precondition(first.count == second.count)
  return zip(first, second).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
