internal import Glibc

/// What each position of a resized line takes from the line that it is made from.
struct LanczosWeights {
  /// The first position that is taken, for each new one.
  let starts: [Int]

  /// How many positions are taken, for each new one.
  let counts: [Int]

  /// `stride` weights for each new position, of which the first `counts` are used; their sum is one.
  let weights: [Float]
  let stride: Int

  init(from oldCount: Int, to newCount: Int) {
    let scale = Double(oldCount) / Double(newCount)
    let widening = max(scale, 1)
    let reach = 3 * widening
    stride = Int(reach.rounded(.up)) * 2 + 1
    var starts: [Int] = []
    var counts: [Int] = []
    var weights: [Float] = []
    for position in 0..<newCount {
      let center = (Double(position) + 0.5) * scale
      let start = max(Int(center - reach + 0.5), 0)
      let end = min(Int(center + reach + 0.5), oldCount)
      let values = (start..<end).map { lanczos((Double($0) + 0.5 - center) / widening) }
      let sum = values.reduce(0, +)
      starts.append(start)
      counts.append(values.count)
      weights += values.map { Float($0 / sum) }
      weights += repeatElement(0, count: stride - values.count)
    }
    self.starts = starts
    self.counts = counts
    self.weights = weights
  }
}

/// The Lanczos window of three lobes: one at 0, none beyond ±3.
private func lanczos(_ distance: Double) -> Double {
  guard distance != 0 else { return 1 }
  guard abs(distance) < 3 else { return 0 }
  let angle = distance * .pi
  return 3 * sin(angle) * sin(angle / 3) / (angle * angle)
}

/// Resamples a picture of three bytes a pixel along its rows, then down its columns.
///
/// Only as many stretched rows are kept as one row of the result is made of, as floats that are rounded once,
/// at the end. Works on raw memory: this runs for every frame of a video.
func resample(
  _ source: UnsafePointer<UInt8>, width: Int, to target: UnsafeMutablePointer<UInt8>,
  columns: LanczosWeights, rows: LanczosWeights
) {
  let newWidth = columns.starts.count
  // Room for the last pixel's unused fourth channel, and whole vectors of 8.
  let rowLength = (newWidth * 3 + 8) / 8 * 8
  withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: width) { line in
    withUnsafeTemporaryAllocation(of: SIMD8<Float>.self, capacity: rowLength / 8 * rows.stride) { kept in
      kept.initialize(repeating: .zero)
      guard let line = line.baseAddress, let kept = kept.baseAddress else { return }
      var nextRow = 0
      for (row, start) in rows.starts.enumerated() {
        while nextRow < start + rows.counts[row] {
          unpack(source + nextRow * width * 3, count: width, to: line)
          stretch(line, columns, to: UnsafeMutableRawPointer(kept + nextRow % rows.stride * (rowLength / 8)))
          nextRow += 1
        }
        mix(
          kept, rowLength: rowLength / 8, rows, row: row, to: target + row * newWidth * 3, count: newWidth * 3
        )
      }
    }
  }
}

private func unpack(_ pixels: UnsafePointer<UInt8>, count: Int, to line: UnsafeMutablePointer<SIMD4<Float>>) {
  for x in 0..<count {
    line[x] = SIMD4(Float(pixels[x * 3]), Float(pixels[x * 3 + 1]), Float(pixels[x * 3 + 2]), 0)
  }
}

/// One row in its new width: three floats a pixel, and one more at the end that means nothing.
private func stretch(
  _ line: UnsafePointer<SIMD4<Float>>, _ columns: LanczosWeights, to row: UnsafeMutableRawPointer
) {
  columns.weights.withUnsafeBufferPointer { weights in
    for x in 0..<columns.starts.count {
      let start = columns.starts[x]
      let first = x &* columns.stride
      var sum = SIMD4<Float>.zero
      for tap in 0..<columns.counts[x] {
        sum += line[start &+ tap] * weights[first &+ tap]
      }
      row.storeBytes(of: sum, toByteOffset: x &* 12, as: SIMD4<Float>.self)
    }
  }
}

/// One row of the result from the rows above and below it.
private func mix(
  _ kept: UnsafePointer<SIMD8<Float>>, rowLength: Int, _ rows: LanczosWeights, row: Int,
  to target: UnsafeMutablePointer<UInt8>, count: Int
) {
  let tapCount = rows.counts[row]
  withUnsafeTemporaryAllocation(of: UnsafePointer<SIMD8<Float>>.self, capacity: tapCount) { lines in
    for tap in 0..<tapCount { lines[tap] = kept + (rows.starts[row] + tap) % rows.stride * rowLength }
    rows.weights.withUnsafeBufferPointer { weights in
      let weights = UnsafeBufferPointer(rebasing: weights[row * rows.stride..<row * rows.stride + tapCount])
      for index in 0..<(count + 7) / 8 {
        var sum = SIMD8<Float>.zero
        for tap in 0..<tapCount { sum += lines[tap][index] * weights[tap] }
        // Beside 2²³ a float has no room for a fraction: its lowest byte is the rounded value.
        sum.replace(with: 0, where: sum .< 0)
        sum.replace(with: 255, where: sum .> 255)
        let rounded = sum + 8_388_608
        let bytes = SIMD8<UInt8>(truncatingIfNeeded: unsafeBitCast(rounded, to: SIMD8<UInt32>.self))
        let place = index * 8
        if place + 8 <= count {
          UnsafeMutableRawPointer(target + place).storeBytes(of: bytes, as: SIMD8<UInt8>.self)
        } else {
          for rest in place..<count { target[rest] = bytes[rest - place] }
        }
      }
    }
  }
}
