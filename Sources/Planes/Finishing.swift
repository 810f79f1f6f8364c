/// A small picture at its final size, and what is added to it there.
///
/// Its rows are made a band at a time, so that what is added stays in the processor's cache.
package struct Finishing: Sendable {
  package let layout: PlaneLayout
  package let width: Int
  package let height: Int
  private let base: [StretchedPlane]
  private let rows: [LineWeights]

  /// What is added, warped and weighted.
  package var layers: [WarpedLayer] = []

  /// By how much the finest band of what is added grows, 0 for none; only brightness is changed.
  package var boost: Lattice?

  /// How many rows of luma a band has.
  private static let bandHeight = 64

  /// `planes` are those of a small picture, of its whole size.
  package init(_ planes: [Channel], as layout: PlaneLayout, width: Int, height: Int) {
    self.layout = layout
    (self.width, self.height) = (width, height)
    var base: [StretchedPlane] = []
    var rows: [LineWeights] = []
    for (plane, grid) in zip(planes, layout.grids(width: width, height: height)) {
      let weights = grid.weights(from: plane, pictureWidth: width, pictureHeight: height)
      base.append(StretchedPlane(plane, columns: weights.columns))
      rows.append(weights.rows)
    }
    (self.base, self.rows) = (base, rows)
  }

  /// Height × width × 3 bytes of R, G and B.
  package func rgbPixels() -> [UInt8] {
    precondition(layout == .rgb, "planes of R, G and B")
    let (width, height) = (width, height)
    return [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      guard let target = target.baseAddress else { return }
      forEachRow(of: [0, 1, 2]) { channel, row, values in
        let line = target + row * width * 3 + channel
        for x in 0..<width { line[x &* 3] = UInt8(max(0, min(values[x] + 0.5, 255))) }
      }
      count = width * height * 3
    }
  }

  /// The bytes of each plane, row by row without padding: Y, Cb and Cr.
  package func yuvPixels() -> [[UInt8]] {
    precondition(layout == .yuv420, "planes of Y, Cb and Cr")
    let grids = layout.grids(width: width, height: height)
    let luma = [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
      guard let target = target.baseAddress else { return }
      forEachRow(of: [0]) { _, row, values in
        round(values, count: width, to: target + row * width, highest: 235)
      }
      count = width * height
    }
    let (columns, size) = (grids[1].width, grids[1].width * grids[1].height)
    var (blue, red) = (Array(repeating: UInt8(0), count: size), Array(repeating: UInt8(0), count: size))
    blue.withUnsafeMutableBufferPointer { blue in
      red.withUnsafeMutableBufferPointer { red in
        guard let blue = blue.baseAddress, let red = red.baseAddress else { return }
        forEachRow(of: [1, 2]) { plane, row, values in
          round(values, count: columns, to: (plane == 1 ? blue : red) + row * columns, highest: 240)
        }
      }
    }
    return [luma, blue, red]
  }

  /// Gives `body` each finished row of the planes in `numbers`, which have one size; it has room for whole vectors.
  private func forEachRow(
    of numbers: [Int], _ body: (_ plane: Int, _ row: Int, UnsafePointer<Float>) -> Void
  ) {
    let grid = layout.grids(width: width, height: height)[numbers[0]]
    let lineLength = (grid.width + 15) / 8 * 8
    let bandHeight = Finishing.bandHeight / grid.step
    // One row more above and below, of which the finest band is made.
    let bandLength = (bandHeight + 2) * lineLength
    let boost = numbers[0] == 0 ? boost : nil
    let warpRows = WarpRows(width: grid.width * grid.step)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: bandLength * numbers.count) { bands in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: lineLength * 5) { room in
        guard let bands = bands.baseAddress, let line = room.baseAddress else { return }
        room.initialize(repeating: 0)
        for top in stride(from: 0, to: grid.height, by: bandHeight) {
          let bottom = min(top + bandHeight, grid.height)
          let (first, last) = (max(top - 1, 0), min(bottom, grid.height - 1))
          let inBand = layers.filter {
            !$0.weight.isZero(fromRow: first * grid.step, to: (last + 1) * grid.step)
          }
          if !inBand.isEmpty {
            bands.initialize(repeating: 0, count: bandLength * numbers.count)
            for layer in inBand {
              for row in first...last {
                warpRows.prepare(layer, grid: grid, row: row)
                warpRows.add(
                  layer, planes: numbers, row: row,
                  to: numbers.indices.map { bands + $0 * bandLength + (row - top + 1) * lineLength })
              }
            }
          }
          for row in top..<bottom {
            var extra: UnsafePointer<Float>?
            if let boost, !inBand.isEmpty {
              let rows = [max(row - 1, first), row, min(row + 1, last)].map {
                UnsafePointer(bands + ($0 - top + 1) * lineLength)
              }
              boost.writeRow(at: Double(row) + 0.5, count: grid.width, to: line + lineLength)
              finestBand(
                of: rows, bandLength: numbers.count == 3 ? bandLength : nil, count: grid.width,
                times: line + lineLength, room: line + 2 * lineLength, to: line + 4 * lineLength)
              extra = UnsafePointer(line + 4 * lineLength)
            }
            for (place, number) in numbers.enumerated() {
              base[number].writeRow(row, rows[number], to: line)
              if !inBand.isEmpty {
                add(bands + place * bandLength + (row - top + 1) * lineLength, count: grid.width, to: line)
                if let extra { add(extra, count: grid.width, to: line) }
              }
              body(number, row, line)
            }
          }
        }
      }
    }
  }
}

private func add(_ source: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<Float>) {
  let (source, target) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
  var x = 0
  while x < count {
    let sum =
      target.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
      + source.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
    target.storeBytes(of: sum, toByteOffset: x &* 4, as: SIMD4<Float>.self)
    x &+= 4
  }
}

/// What the 3 × 3 blur (1, 2, 1)² takes from the middle one of three rows, times `times`.
///
/// With `bandLength`, the rows are of R, and those of G and B lie that far behind; their brightness is taken.
private func finestBand(
  of rows: [UnsafePointer<Float>], bandLength: Int?, count: Int, times: UnsafePointer<Float>,
  room: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>
) {
  func luma(_ row: UnsafePointer<Float>, _ x: Int) -> SIMD4<Float> {
    let bytes = UnsafeRawPointer(row)
    let first = bytes.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
    guard let bandLength else { return first }
    let second = bytes.loadUnaligned(fromByteOffset: (bandLength &+ x) &* 4, as: SIMD4<Float>.self)
    let third = bytes.loadUnaligned(fromByteOffset: (2 &* bandLength &+ x) &* 4, as: SIMD4<Float>.self)
    return first * 0.2126 + second * 0.7152 + third * 0.0722
  }
  // The rows mixed, with one number before the first and behind the last; and the middle row.
  let mixed = room + 4
  let middle = UnsafeMutableRawPointer(target)
  var x = 0
  while x < count {
    let own = luma(rows[1], x)
    let sum = (luma(rows[0], x) + luma(rows[2], x)) * 0.25 + own * 0.5
    UnsafeMutableRawPointer(mixed).storeBytes(of: sum, toByteOffset: x &* 4, as: SIMD4<Float>.self)
    middle.storeBytes(of: own, toByteOffset: x &* 4, as: SIMD4<Float>.self)
    x &+= 4
  }
  mixed[-1] = mixed[0]
  mixed[count] = mixed[count - 1]
  let (bytes, shares) = (UnsafeRawPointer(mixed), UnsafeRawPointer(times))
  x = 0
  while x < count {
    let left = bytes.loadUnaligned(fromByteOffset: (x &- 1) &* 4, as: SIMD4<Float>.self)
    let own = bytes.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
    let right = bytes.loadUnaligned(fromByteOffset: (x &+ 1) &* 4, as: SIMD4<Float>.self)
    let blurred = (left + right) * 0.25 + own * 0.5
    let share = shares.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
    let fine = middle.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self) - blurred
    middle.storeBytes(of: fine * share, toByteOffset: x &* 4, as: SIMD4<Float>.self)
    x &+= 4
  }
}

/// Rounds to bytes from 16 to `highest`; `values` has room for whole vectors of 8.
private func round(
  _ values: UnsafePointer<Float>, count: Int, to target: UnsafeMutablePointer<UInt8>, highest: Float
) {
  let source = UnsafeRawPointer(values)
  var x = 0
  while x < count {
    var levels = source.loadUnaligned(fromByteOffset: x &* 4, as: SIMD8<Float>.self)
    levels.replace(with: 16, where: levels .< 16)
    levels.replace(with: highest, where: levels .> highest)
    // Beside 2²³ a float has no room for a fraction: its lowest byte is the rounded value.
    let rounded = levels + 8_388_608
    let bytes = SIMD8<UInt8>(truncatingIfNeeded: unsafeBitCast(rounded, to: SIMD8<UInt32>.self))
    if x &+ 8 <= count {
      UnsafeMutableRawPointer(target + x).storeBytes(of: bytes, as: SIMD8<UInt8>.self)
    } else {
      for rest in x..<count { target[rest] = bytes[rest &- x] }
    }
    x &+= 8
  }
}
