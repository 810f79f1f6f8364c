internal import Glibc

/// What each number of a resampled line takes from the line that it is made from.
package struct LineWeights: Sendable {
  /// The first number that is taken, for each new one.
  let starts: [Int]

  /// `stride` weights for each new number; those beyond its own are 0, and their sum is one.
  let weights: [Float]

  /// How many numbers are taken for each new one; a multiple of 4.
  let stride: Int

  /// Of the old line.
  let length: Int

  /// New number k stands for position `offset` + `step` k of a new line that is `newLength` long.
  ///
  /// Enlarging is Lanczos with three lobes; shrinking is bicubic (a = −0.6) over all that falls on a number, which is
  /// what libswscale does by default. Weights that fall outside are left out, and the rest grows to a sum of one.
  init(from length: Int, to newLength: Int, count: Int, step: Int, offset: Double) {
    self.length = length
    let scale = Double(length) / Double(newLength)
    let widening = max(scale * Double(step), 1)
    let isWhole = scale == 1 && step == 1
    let shrinks = widening > 1
    let reach = isWhole ? 0.5 : (shrinks ? 2 : 3) * widening
    stride = (Int((2 * reach).rounded(.up)) + 1 + 3) / 4 * 4
    var starts: [Int] = []
    var weights: [Float] = []
    for number in 0..<count {
      let center = (offset + Double(step * number)) * scale
      // Number k lies at k + 0.5.
      let start = min(max(Int((center - reach - 0.5).rounded(.up)), 0), length - 1)
      let end = max(min(Int((center + reach - 0.5).rounded(.down)) + 1, length), start + 1)
      var values = (start..<end).map { place in
        let distance = (Double(place) + 0.5 - center) / widening
        return shrinks ? bicubic(distance) : lanczos(distance)
      }
      if values.reduce(0, +) == 0 { values = values.indices.map { $0 == 0 ? 1 : 0 } }
      let sum = values.reduce(0, +)
      starts.append(start)
      weights += values.map { Float($0 / sum) }
      weights += repeatElement(0, count: stride - values.count)
    }
    self.starts = starts
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

/// The cubic of Keys (1981) with a = −0.6: one at 0, none beyond ±2.
private func bicubic(_ distance: Double) -> Double {
  let x = abs(distance)
  let a = -0.6
  if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0
}

extension PlaneGrid {
  /// How a plane of a whole picture is resampled to this grid, of a picture of the given size.
  package func weights(
    from plane: Channel, pictureWidth: Int, pictureHeight: Int
  ) -> (columns: LineWeights, rows: LineWeights) {
    (
      LineWeights(from: plane.width, to: pictureWidth, count: width, step: step, offset: offsetX),
      LineWeights(from: plane.height, to: pictureHeight, count: height, step: step, offset: offsetY)
    )
  }
}

/// A plane whose rows have their new width, and whose columns are still to be resampled.
package struct StretchedPlane: Sendable {
  let width: Int
  private let height: Int
  /// Numbers from one row to the next: a multiple of 8.
  private let rowLength: Int
  private let values: [Float]

  package init(_ plane: Channel, columns: LineWeights) {
    precondition(columns.length == plane.width, "weights of another plane")
    width = columns.starts.count
    height = plane.height
    let rowLength = (width + 7) / 8 * 8
    self.rowLength = rowLength
    let (newWidth, oldWidth, stride) = (width, plane.width, columns.stride)
    values = [Float](unsafeUninitializedCapacity: rowLength * plane.height) { target, count in
      // Room behind the last number, so that whole vectors can be read.
      withUnsafeTemporaryAllocation(of: Float.self, capacity: oldWidth + stride) { line in
        line.initialize(repeating: 0)
        plane.values.withUnsafeBufferPointer { source in
          columns.weights.withUnsafeBufferPointer { weights in
            columns.starts.withUnsafeBufferPointer { starts in
              guard let line = line.baseAddress, let source = source.baseAddress,
                let weights = UnsafeRawPointer(weights.baseAddress), let target = target.baseAddress
              else { return }
              let bytes = UnsafeRawPointer(line)
              for row in 0..<plane.height {
                line.update(from: source + row * oldWidth, count: oldWidth)
                let result = target + row * rowLength
                for x in 0..<newWidth {
                  var sum = SIMD4<Float>.zero
                  var tap = 0
                  while tap < stride {
                    sum +=
                      bytes.loadUnaligned(fromByteOffset: (starts[x] &+ tap) &* 4, as: SIMD4<Float>.self)
                      * weights.loadUnaligned(
                        fromByteOffset: (x &* stride &+ tap) &* 4, as: SIMD4<Float>.self)
                    tap &+= 4
                  }
                  result[x] = (sum[0] + sum[1]) + (sum[2] + sum[3])
                }
                for x in newWidth..<rowLength { result[x] = 0 }
              }
            }
          }
        }
      }
      count = rowLength * plane.height
    }
  }

  /// Writes row `number` of the result to `target`, which has room for `rowLength` numbers.
  func writeRow(_ number: Int, _ rows: LineWeights, to target: UnsafeMutablePointer<Float>) {
    let (stride, rowLength) = (rows.stride, rowLength)
    values.withUnsafeBufferPointer { values in
      rows.weights.withUnsafeBufferPointer { weights in
        guard let values = values.baseAddress, let weights = weights.baseAddress else { return }
        let own = weights + number * stride
        // The last weights of a row are often 0, and rows that they would take may not be there.
        var tapCount = stride
        while tapCount > 1, own[tapCount - 1] == 0 { tapCount &-= 1 }
        let first = UnsafeRawPointer(values + rows.starts[number] * rowLength)
        var x = 0
        while x < rowLength {
          var sum = first.loadUnaligned(fromByteOffset: x &* 4, as: SIMD8<Float>.self) * own[0]
          var tap = 1
          while tap < tapCount {
            sum +=
              first.loadUnaligned(fromByteOffset: (tap &* rowLength &+ x) &* 4, as: SIMD8<Float>.self)
              * own[tap]
            tap &+= 1
          }
          UnsafeMutableRawPointer(target + x).storeBytes(of: sum, as: SIMD8<Float>.self)
          x &+= 8
        }
      }
    }
  }

  /// All rows of the result.
  package func resampled(_ rows: LineWeights) -> Channel {
    let count = rows.starts.count
    let (width, rowLength) = (width, rowLength)
    let values = [Float](unsafeUninitializedCapacity: width * count) { target, initialized in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: rowLength) { line in
        guard let line = line.baseAddress, let target = target.baseAddress else { return }
        for row in 0..<count {
          writeRow(row, rows, to: line)
          (target + row * width).update(from: line, count: width)
        }
      }
      initialized = width * count
    }
    return Channel(width: width, height: count, values: values)
  }
}
