extension Picture {
  /// A picture of the given size, each of whose positions shows what `transform` points at in this one.
  ///
  /// Where the transform shrinks to a half or less, squares of whole pixels are averaged first, as many as
  /// fit; then everything is resampled once, bicubically (Catmull–Rom). Outside this picture its edge pixels
  /// are repeated, however far. Memory is taken for the part that shows only. No entry of the transform may
  /// be beyond ±10⁹. Safe and lock-free from several threads.
  package func transformed(
    by transform: PixelTransform, width newWidth: Int, height newHeight: Int
  ) -> Picture {
    precondition(newWidth > 0 && newHeight > 0, "a picture has at least one pixel")
    precondition(transform.isReasonable, "no entry of a transform is beyond ±1e9")
    // The tiny addition lets a shrink that is whole but for rounding be whole.
    let side = Int(max(1, min(transform.shrink + 1e-9, Double(max(width, height)))))
    let source =
      side == 1 ? Blocks(of: self) : Blocks(of: self, side: side, under: transform, newWidth, newHeight)

    let pixels = [UInt8](unsafeUninitializedCapacity: newWidth * newHeight * 3) { target, count in
      for y in 0..<newHeight {
        for x in 0..<newWidth {
          let position = transform.position(x: Double(x) + 0.5, y: Double(y) + 0.5)
          let color = source.color(x: position.x, y: position.y)
          let place = (y * newWidth + x) * 3
          for channel in 0..<3 { target[place + channel] = UInt8(max(0, min(color[channel] + 0.5, 255))) }
        }
      }
      count = target.count
    }
    return Picture(width: newWidth, height: newHeight, pixels: pixels)
  }
}

/// A part of a picture, square blocks of which are averaged to one value each.
private struct Blocks {
  /// The side of a block in pixels.
  let side: Int

  /// The number of blocks left of the part, and above it.
  let left: Int
  let top: Int

  /// The part's size in blocks.
  let width: Int
  let height: Int

  /// Height × width × 3 bytes.
  let values: [UInt8]

  /// The whole picture as it is.
  init(of picture: Picture) {
    side = 1
    left = 0
    top = 0
    width = picture.width
    height = picture.height
    values = picture.pixels
  }

  /// The part that shows through `transform` in a picture of the given size.
  ///
  /// Blocks are counted from the picture's first pixel; those that stick out repeat its edge.
  init(of picture: Picture, side: Int, under transform: PixelTransform, _ newWidth: Int, _ newHeight: Int) {
    let corners = [(0, 0), (newWidth, 0), (0, newHeight), (newWidth, newHeight)].map {
      transform.position(x: Double($0.0), y: Double($0.1))
    }
    let columns = Self.shown(corners.map(\.x), of: picture.width, side: side)
    let rows = Self.shown(corners.map(\.y), of: picture.height, side: side)
    self.side = side
    left = columns.lowerBound
    top = rows.lowerBound
    width = columns.count
    height = rows.count
    values = Self.averages(of: picture, side: side, columns: columns, rows: rows)
  }

  /// The blocks of one axis that bicubic resampling between the least and the greatest position needs.
  private static func shown(_ positions: [Double], of pixelCount: Int, side: Int) -> Range<Int> {
    let blockCount = (pixelCount + side - 1) / side
    let places = positions.map { ($0 / Double(side)).rounded(.down) }
    let first = (places.min() ?? 0) - 2
    let last = (places.max() ?? 0) + 2
    let lower = Int(max(0, min(first, Double(blockCount - 1))))
    let upper = Int(max(0, min(last, Double(blockCount - 1))))
    return lower..<upper + 1
  }

  private static func averages(
    of picture: Picture, side: Int, columns: Range<Int>, rows: Range<Int>
  ) -> [UInt8] {
    let area = side * side
    var sums = [Int](repeating: 0, count: columns.count * 3)
    var values: [UInt8] = []
    values.reserveCapacity(columns.count * rows.count * 3)
    picture.pixels.withUnsafeBufferPointer { pixels in
      for row in rows {
        for index in sums.indices { sums[index] = area / 2 }
        for y in row * side..<(row + 1) * side {
          let line = min(y, picture.height - 1) * picture.width
          for (index, column) in columns.enumerated() {
            var red = 0
            var green = 0
            var blue = 0
            for x in column * side..<(column + 1) * side {
              let place = (line + min(x, picture.width - 1)) * 3
              red += Int(pixels[place])
              green += Int(pixels[place + 1])
              blue += Int(pixels[place + 2])
            }
            sums[index * 3] += red
            sums[index * 3 + 1] += green
            sums[index * 3 + 2] += blue
          }
        }
        for sum in sums { values.append(UInt8(sum / area)) }
      }
    }
    return values
  }

  /// The colour at a position of the whole picture, in its pixels: bicubic between blocks.
  func color(x: Double, y: Double) -> SIMD4<Float> {
    let column = Taps(at: x / Double(side) - Double(left), count: width)
    let row = Taps(at: y / Double(side) - Double(top), count: height)
    var sum = SIMD4<Float>.zero
    for j in 0..<4 {
      var line = SIMD4<Float>.zero
      for i in 0..<4 {
        let place = (row.indices[j] * width + column.indices[i]) * 3
        let value = SIMD4(Float(values[place]), Float(values[place + 1]), Float(values[place + 2]), 0)
        line += value * column.weights[i]
      }
      sum += line * row.weights[j]
    }
    return sum
  }
}

/// The four values of one axis around a position, the outermost standing for all beyond.
private struct Taps {
  let indices: SIMD4<Int>
  let weights: SIMD4<Float>

  init(at position: Double, count: Int) {
    // Further out than this only the edge is seen, so the position can be moved in.
    let place = max(-4, min(position - 0.5, Double(count) + 4))
    let first = place.rounded(.down)
    let t = Float(place - first)
    let middle = Int(first)
    indices = SIMD4(middle - 1, middle, middle + 1, middle + 2)
      .clamped(lowerBound: .zero, upperBound: SIMD4(repeating: count - 1))
    weights = SIMD4(
      ((2 - t) * t - 1) * t / 2, ((3 * t - 5) * t * t + 2) / 2, ((4 - 3 * t) * t + 1) * t / 2,
      (t - 1) * t * t / 2)
  }
}
