/// A number at each node of a coarse lattice over a picture; between nodes it changes in straight lines.
///
/// Node (i, j) lies at the position (i, j) × `spacing`, in pixels from the picture's top left corner.
package struct Lattice: Equatable, Sendable {
  /// A multiple of 4.
  package let spacing: Int
  package let columns: Int
  package let rows: Int

  /// Row by row.
  package var values: [Float]

  /// A lattice over a picture of `width` × `height` pixels, which reaches its right and lower edges.
  package init(over width: Int, _ height: Int, spacing: Int, repeating value: Float = 0) {
    precondition(spacing > 0 && spacing % 4 == 0, "vectors of four lie between two nodes")
    self.spacing = spacing
    columns = (width + spacing - 1) / spacing + 1
    rows = (height + spacing - 1) / spacing + 1
    values = Array(repeating: value, count: columns * rows)
  }

  /// The usual spacing for a picture: about 128 nodes along its longer side of up to 512 pixels, fewer than 90 never
  /// for a larger one.
  package static func spacing(over width: Int, _ height: Int) -> Int {
    max(4, (max(width, height) + 511) / 512 * 4)
  }

  /// Whether it is 0 everywhere between the rows `lower` and `upper` of the picture.
  func isZero(fromRow lower: Int, to upper: Int) -> Bool {
    let first = max(0, lower / spacing)
    let last = min(rows - 1, upper / spacing + 1)
    return values[(first * columns)..<((last + 1) * columns)].allSatisfy { $0 == 0 }
  }

  /// Writes the numbers at y = `position` and x = 0.5, 1.5, … to `target`, which has room for whole vectors of 4.
  func writeRow(at position: Double, count: Int, to target: UnsafeMutablePointer<Float>) {
    let place = min(max(position / Double(spacing), 0), Double(rows - 1))
    let row = min(Int(place), rows - 2)
    let below = Float(place - Double(row))
    let step = 1 / Float(spacing)
    let ramp = (SIMD4<Float>(0, 1, 2, 3) + 0.5) * step
    let (columns, spacing) = (columns, spacing)
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      let (upper, lower) = (start + row * columns, start + (row + 1) * columns)
      let target = UnsafeMutableRawPointer(target)
      var x = 0
      var column = 0
      var left = upper[0] + (lower[0] - upper[0]) * below
      while x < count {
        let right = upper[column &+ 1] + (lower[column &+ 1] - upper[column &+ 1]) * below
        let slope = right - left
        var part = 0
        while part < spacing, x < count {
          let fraction = ramp + Float(part) * step
          target.storeBytes(of: left + slope * fraction, toByteOffset: x &* 4, as: SIMD4<Float>.self)
          part &+= 4
          x &+= 4
        }
        column &+= 1
        left = right
      }
    }
  }
}

extension Lattice {
  /// The number at a position, in pixels of the picture.
  package func value(x: Float, y: Float) -> Float {
    let across = min(max(x / Float(spacing), 0), Float(columns - 1))
    let down = min(max(y / Float(spacing), 0), Float(rows - 1))
    let (column, row) = (min(Int(across), columns - 2), min(Int(down), rows - 2))
    let (t, s) = (across - Float(column), down - Float(row))
    let index = row * columns + column
    let upper = values[index] + (values[index + 1] - values[index]) * t
    let lower = values[index + columns] + (values[index + columns + 1] - values[index + columns]) * t
    return upper + (lower - upper) * s
  }
}
