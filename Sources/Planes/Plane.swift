internal import Glibc

/// One channel of a picture, or another number for each of its pixels, as 32-bit floats.
package struct Channel: Equatable, Sendable {
  package let width: Int
  package let height: Int

  /// Rows from the top, pixels from the left, without padding.
  package var values: [Float]

  package init(width: Int, height: Int, values: [Float]) {
    precondition(width > 0 && height > 0, "a plane has a pixel")
    precondition(values.count == width * height, "a number for each pixel")
    self.width = width
    self.height = height
    self.values = values
  }

  package init(width: Int, height: Int, repeating value: Float) {
    self.init(width: width, height: height, values: Array(repeating: value, count: width * height))
  }
}

extension Channel {
  /// Blurred by a Gaussian with a standard deviation of `deviation` pixels; the outermost numbers stand for all beyond.
  package func blurred(deviation: Double) -> Channel {
    let reach = Int((3 * deviation).rounded(.up))
    let bell = (0...reach).map { exp(-Double($0 * $0) / (2 * deviation * deviation)) }
    let sum = 2 * bell.reduce(0, +) - bell[0]
    let weights = bell.map { Float($0 / sum) }
    let (width, height) = (width, height)
    // Rows with room at both ends, so that whole vectors can be read and written.
    let rowLength = (width + 3) / 4 * 4
    let blurred = [Float](unsafeUninitializedCapacity: width * height) { target, count in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: rowLength * (height + 2) + 2 * reach) { room in
        room.initialize(repeating: 0)
        values.withUnsafeBufferPointer { source in
          guard let source = source.baseAddress, let target = target.baseAddress,
            let across = room.baseAddress
          else { return }
          let line = across + rowLength * height
          let sum = line + rowLength + 2 * reach
          for y in 0..<height {
            let row = source + y * width
            for x in 0..<reach {
              line[x] = row[0]
              line[reach + width + x] = row[width - 1]
            }
            (line + reach).update(from: row, count: width)
            mix(weights, around: line + reach, count: width, to: across + y * rowLength) { line, distance in
              UnsafePointer(line + distance)
            }
          }
          for y in 0..<height {
            mix(weights, around: across + y * rowLength, count: width, to: sum) { _, distance in
              UnsafePointer(across + min(max(y + distance, 0), height - 1) * rowLength)
            }
            (target + y * width).update(from: sum, count: width)
          }
        }
      }
      count = width * height
    }
    return Channel(width: width, height: height, values: blurred)
  }

  /// Writes the weighted sum of the lines that `line` gives for each distance, those at `distance` and −`distance`
  /// having the weight of that number.
  @inline(__always)
  private func mix(
    _ weights: [Float], around middle: UnsafePointer<Float>, count: Int,
    to target: UnsafeMutablePointer<Float>,
    line: (_ middle: UnsafePointer<Float>, _ distance: Int) -> UnsafePointer<Float>
  ) {
    for distance in weights.indices {
      let weight = weights[distance]
      let (before, after) = (
        UnsafeRawPointer(line(middle, -distance)), UnsafeRawPointer(line(middle, distance))
      )
      let result = UnsafeMutableRawPointer(target)
      var x = 0
      while x < count {
        let own = before.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
        if distance == 0 {
          result.storeBytes(of: own * weight, toByteOffset: x &* 4, as: SIMD4<Float>.self)
        } else {
          let other = after.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
          let sum = result.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
          result.storeBytes(of: sum + (own + other) * weight, toByteOffset: x &* 4, as: SIMD4<Float>.self)
        }
        x &+= 4
      }
    }
  }

  /// Moves each number towards another channel's by a share of its own.
  package mutating func move(towards other: Channel, by share: (_ index: Int) -> Float) {
    for index in values.indices { values[index] += (other.values[index] - values[index]) * share(index) }
  }
}

/// How the colours of a picture are laid out in planes.
package enum PlaneLayout: Sendable {
  /// R, G and B, each for every pixel, 0 to 255.
  case rgb

  /// Y for every pixel, and Cb and Cr for every second one of every second row: BT.709, limited range.
  ///
  /// A chroma sample lies on the left luma sample of its two, half-way between its two rows, as H.264 assumes it.
  case yuv420

  /// The geometry of its three planes for a picture of `width` × `height` pixels.
  package func grids(width: Int, height: Int) -> [PlaneGrid] {
    let full = PlaneGrid(width: width, height: height, step: 1, offsetX: 0.5, offsetY: 0.5)
    switch self {
    case .rgb: return [full, full, full]
    case .yuv420:
      let half = PlaneGrid(
        width: (width + 1) / 2, height: (height + 1) / 2, step: 2, offsetX: 0.5, offsetY: 1)
      return [full, half, half]
    }
  }

  /// The numbers of planes that have one size.
  var planesOfOneSize: [[Int]] {
    switch self {
    case .rgb: [[0, 1, 2]]
    case .yuv420: [[0], [1, 2]]
    }
  }

  /// R, G and B of a pixel, 0 to 255, as this layout's three numbers.
  @inline(__always)
  func levels(_ red: Float, _ green: Float, _ blue: Float) -> (Float, Float, Float) {
    switch self {
    case .rgb: return (red, green, blue)
    case .yuv420:
      // ITU-R BT.709-6, items 3.2 to 3.5; 16 to 235 and 16 to 240 stand for the whole range.
      let luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
      let toChroma: Float = 224 / 255
      return (
        16 + 219 / 255 * luma, 128 + toChroma / 1.8556 * (blue - luma), 128 + toChroma / 1.5748 * (red - luma)
      )
    }
  }
}

/// Where the numbers of a plane lie in its picture: number (i, j) at (offsetX + step i, offsetY + step j), in pixels.
package struct PlaneGrid: Equatable, Sendable {
  package let width: Int
  package let height: Int
  package let step: Int
  package let offsetX: Double
  package let offsetY: Double
}

/// A picture as three planes of one layout.
package struct PlanarPicture: Sendable {
  package let layout: PlaneLayout

  /// Of the picture; a plane of chroma is smaller.
  package let width: Int
  package let height: Int

  package var planes: [Channel]

  init(layout: PlaneLayout, width: Int, height: Int, planes: [Channel]) {
    (self.layout, self.width, self.height, self.planes) = (layout, width, height, planes)
  }

  /// Splits `pixels`, height × width × 3 bytes of R, G and B, into planes of the whole size.
  package static func wholePlanes(
    of pixels: [UInt8], width: Int, height: Int, as layout: PlaneLayout
  ) -> [Channel] {
    precondition(pixels.count == width * height * 3, "three bytes a pixel")
    return pixels.withUnsafeBufferPointer { pixels in
      wholePlanes(width: width, height: height, as: layout) { index in
        (Float(pixels[index * 3]), Float(pixels[index * 3 + 1]), Float(pixels[index * 3 + 2]))
      }
    }
  }

  /// Splits colours, R, G and B from 0 to 255 and a number that means nothing, into planes of the whole size.
  package static func wholePlanes(
    of colors: [SIMD4<Float>], width: Int, height: Int, as layout: PlaneLayout
  ) -> [Channel] {
    precondition(colors.count == width * height, "a colour for each pixel")
    return colors.withUnsafeBufferPointer { colors in
      wholePlanes(width: width, height: height, as: layout) { index in
        (colors[index][0], colors[index][1], colors[index][2])
      }
    }
  }

  @inline(__always)
  private static func wholePlanes(
    width: Int, height: Int, as layout: PlaneLayout, color: (Int) -> (Float, Float, Float)
  ) -> [Channel] {
    (0..<3).map { channel in
      let values = [Float](unsafeUninitializedCapacity: width * height) { target, count in
        for index in 0..<(width * height) {
          let (red, green, blue) = color(index)
          let levels = layout.levels(red, green, blue)
          target[index] = channel == 0 ? levels.0 : channel == 1 ? levels.1 : levels.2
        }
        count = width * height
      }
      return Channel(width: width, height: height, values: values)
    }
  }

  /// The picture at another size, from planes of its whole size.
  package init(resampling planes: [Channel], as layout: PlaneLayout, width: Int, height: Int) {
    self.layout = layout
    (self.width, self.height) = (width, height)
    self.planes = zip(planes, layout.grids(width: width, height: height)).map { plane, grid in
      let (columns, rows) = grid.weights(from: plane, pictureWidth: width, pictureHeight: height)
      return StretchedPlane(plane, columns: columns).resampled(rows)
    }
  }

  /// A picture of R, G and B bytes in its own size.
  package init(_ pixels: [UInt8], width: Int, height: Int, as layout: PlaneLayout) {
    self.init(
      resampling: PlanarPicture.wholePlanes(of: pixels, width: width, height: height, as: layout),
      as: layout, width: width, height: height)
  }
}
