/// A picture to add to another: warped by a field of displacements, and weighted from place to place.
package struct WarpedLayer: Sendable {
  let source: WarpSource

  /// From a position of the result to the one of the source that it shows, in pixels of the result.
  package let across: Lattice
  package let down: Lattice

  /// How much of it is added.
  package let weight: Lattice

  package init(_ source: WarpSource, across: Lattice, down: Lattice, weight: Lattice) {
    self.source = source
    self.across = across
    self.down = down
    self.weight = weight
  }
}

/// A picture that can be sampled anywhere; beyond its edges they are repeated.
package struct WarpSource: Sendable {
  package let layout: PlaneLayout
  /// Of the picture.
  package let width: Int
  package let height: Int
  let planes: [Padded]

  /// A plane with its edges repeated.
  struct Padded: Sendable {
    /// How often the outermost numbers are repeated.
    static let border = 3
    let grid: PlaneGrid
    let rowLength: Int
    let values: [Float]
  }

  package init(_ picture: PlanarPicture) {
    layout = picture.layout
    (width, height) = (picture.width, picture.height)
    planes = zip(picture.planes, layout.grids(width: width, height: height)).map { plane, grid in
      let border = Padded.border
      let rowLength = plane.width + 2 * border
      var values: [Float] = []
      values.reserveCapacity(rowLength * (plane.height + 2 * border))
      for row in -border..<(plane.height + border) {
        let start = min(max(row, 0), plane.height - 1) * plane.width
        values += repeatElement(plane.values[start], count: border)
        values += plane.values[start..<(start + plane.width)]
        values += repeatElement(plane.values[start + plane.width - 1], count: border)
      }
      return Padded(grid: grid, rowLength: rowLength, values: values)
    }
  }

  /// How much memory it takes.
  package var byteCount: Int { planes.reduce(0) { $0 + $1.values.count * MemoryLayout<Float>.stride } }
}

/// Room for the rows in which a layer is added.
struct WarpRows: ~Copyable {
  private let across: UnsafeMutablePointer<Float>
  private let down: UnsafeMutablePointer<Float>
  private let weight: UnsafeMutablePointer<Float>

  init(width: Int) {
    // Whole vectors, and one more for the last chroma samples of an odd width.
    let capacity = (width + 15) / 8 * 8
    across = .allocate(capacity: capacity)
    down = .allocate(capacity: capacity)
    weight = .allocate(capacity: capacity)
    for pointer in [across, down, weight] { pointer.initialize(repeating: 0, count: capacity) }
  }

  deinit {
    for pointer in [across, down, weight] { pointer.deallocate() }
  }

  /// Looks up where row `row` of planes of one size comes from, for `add`.
  borrowing func prepare(_ layer: WarpedLayer, grid: PlaneGrid, row: Int) {
    let position = grid.offsetY + Double(row * grid.step)
    // Luma samples of an even place lie where chroma samples do, so one row of the lattice serves both.
    let count = grid.width * grid.step
    layer.weight.writeRow(at: position, count: count, to: weight)
    layer.across.writeRow(at: position, count: count, to: across)
    layer.down.writeRow(at: position, count: count, to: down)
  }

  /// Adds the row that was prepared, of plane `number`, to `target`, which has room for whole vectors of 4.
  borrowing func add(
    _ layer: WarpedLayer, plane number: Int, row: Int, to target: UnsafeMutablePointer<Float>
  ) {
    let plane = layer.source.planes[number]
    let grid = plane.grid
    plane.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      if grid.step == 1 {
        Self.sample(
          start, plane, row: row, step: 1, across: across, down: down, weight: weight, to: target)
      } else {
        Self.sample(
          start, plane, row: row, step: 2, across: across, down: down, weight: weight, to: target)
      }
    }
  }

  /// Bicubic (Catmull and Rom), four numbers at a time.
  @inline(__always)
  private static func sample(
    _ start: UnsafePointer<Float>, _ plane: WarpSource.Padded, row: Int, step: Int,
    across: UnsafePointer<Float>, down: UnsafePointer<Float>, weight: UnsafePointer<Float>,
    to target: UnsafeMutablePointer<Float>
  ) {
    let bytes = UnsafeRawPointer(start)
    let rowBytes = plane.rowLength &* 4
    let border = Float(WarpSource.Padded.border)
    let scale = 1 / Float(step)
    let (width, height) = (plane.grid.width, plane.grid.height)
    // A position is moved in to one number beyond the edge, since further out only the edge is seen.
    let (lowest, lastX, lastY) = (border - 1, Float(width) + border, Float(height) + border)
    let nearest: Float = 8_388_608  // 2²³: a float of this size has no room for a fraction.
    let result = UnsafeMutableRawPointer(target)
    func four(_ values: UnsafePointer<Float>, _ x: Int) -> SIMD4<Float> {
      if step == 1 {
        return UnsafeRawPointer(values).loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
      }
      let v = values + 2 &* x
      return SIMD4(v[0], v[2], v[4], v[6])
    }
    var x = 0
    while x < width {
      defer { x &+= 4 }
      let share = four(weight, x)
      if share == .zero { continue }
      var u = SIMD4<Float>(0, 1, 2, 3) + (Float(x) + border) + four(across, x) * scale
      var v = four(down, x) * scale + (Float(row) + border)
      u.replace(with: lowest, where: u .< lowest)
      u.replace(with: lastX, where: u .> lastX)
      v.replace(with: lowest, where: v .< lowest)
      v.replace(with: lastY, where: v .> lastY)
      let (wholeU, wholeV) = ((u - 0.5) + nearest, (v - 0.5) + nearest)
      let (t, s) = (u - (wholeU - nearest), v - (wholeV - nearest))
      let columns = unsafeBitCast(wholeU, to: SIMD4<UInt32>.self) & 0x7f_ffff
      let rows = unsafeBitCast(wholeV, to: SIMD4<UInt32>.self) & 0x7f_ffff
      let (x0, x1, x2, x3) = Self.weights(t)
      let (y0, y1, y2, y3) = Self.weights(s)
      func column(_ lane: Int) -> SIMD4<Float> {
        let place = bytes + ((Int(rows[lane]) &- 1) &* rowBytes &+ (Int(columns[lane]) &- 1) &* 4)
        let first = place.loadUnaligned(as: SIMD4<Float>.self) * y0[lane]
        let second = place.loadUnaligned(fromByteOffset: rowBytes, as: SIMD4<Float>.self) * y1[lane]
        let third = place.loadUnaligned(fromByteOffset: 2 &* rowBytes, as: SIMD4<Float>.self) * y2[lane]
        let fourth = place.loadUnaligned(fromByteOffset: 3 &* rowBytes, as: SIMD4<Float>.self) * y3[lane]
        return (first + second) + (third + fourth)
      }
      let (a, b, c, d) = (column(0), column(1), column(2), column(3))
      var sum = SIMD4(a[0], b[0], c[0], d[0]) * x0
      sum += SIMD4(a[1], b[1], c[1], d[1]) * x1
      sum += SIMD4(a[2], b[2], c[2], d[2]) * x2
      sum += SIMD4(a[3], b[3], c[3], d[3]) * x3
      let before = result.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
      result.storeBytes(of: before + sum * share, toByteOffset: x &* 4, as: SIMD4<Float>.self)
    }
  }

  @inline(__always)
  private static func weights(
    _ t: SIMD4<Float>
  ) -> (SIMD4<Float>, SIMD4<Float>, SIMD4<Float>, SIMD4<Float>) {
    let half = t * 0.5
    return (
      ((2 - t) * t - 1) * half, ((3 * t - 5) * t) * half + 1, ((4 - 3 * t) * t + 1) * half,
      (t - 1) * t * half
    )
  }
}

extension PlanarPicture {
  /// Black in R, G and B, or nothing to add in Y, Cb and Cr.
  package static func zero(_ layout: PlaneLayout, width: Int, height: Int) -> PlanarPicture {
    PlanarPicture(
      layout: layout, width: width, height: height,
      planes: layout.grids(width: width, height: height).map {
        Channel(width: $0.width, height: $0.height, repeating: 0)
      })
  }

  /// Adds a warped picture of the same layout and size.
  package mutating func add(_ layer: WarpedLayer) {
    precondition(layer.source.layout == layout && layer.source.width == width && layer.source.height == height)
    let warpRows = WarpRows(width: width + 1)
    for (number, grid) in layout.grids(width: width, height: height).enumerated() {
      withUnsafeTemporaryAllocation(of: Float.self, capacity: (grid.width + 7) / 4 * 4) { line in
        guard let line = line.baseAddress else { return }
        for row in 0..<grid.height {
          line.initialize(repeating: 0, count: (grid.width + 7) / 4 * 4)
          warpRows.prepare(layer, grid: grid, row: row)
          warpRows.add(layer, plane: number, row: row, to: line)
          for x in 0..<grid.width { planes[number].values[row * grid.width + x] += line[x] }
        }
      }
    }
  }
}
