import TestSupport

/// Random pixels, R, G and B.
func noise(_ width: Int, _ height: Int, seed: UInt64) -> [UInt8] {
  var random = SeededRandom(seed: seed)
  return (0..<(width * height * 3)).map { _ in .random(in: 0...255, using: &random) }
}

func largestDifference(_ first: [UInt8], _ second: [UInt8]) -> Int {
  precondition(first.count == second.count)
  return zip(first, second).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
