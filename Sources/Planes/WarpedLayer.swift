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
  /// R, G and B; or Y, and Cb and Cr in turn.
  let planes: [Padded]

  /// A plane, or two in turn, with the edges repeated.
  struct Padded: Sendable {
    /// How often the outermost numbers are repeated.
    static let border = 3
    let grid: PlaneGrid
    /// How many numbers a row has.
    let rowLength: Int
    let values: [Float]

    init(_ channels: [Channel], grid: PlaneGrid) {
      let border = Padded.border
      let columns = (-border..<(grid.width + border)).map { min(max($0, 0), grid.width - 1) }
      let rows = (-border..<(grid.height + border)).map { min(max($0, 0), grid.height - 1) }
      self.grid = grid
      rowLength = columns.count * channels.count
      var values: [Float] = []
      values.reserveCapacity(rowLength * rows.count)
      for row in rows {
        for column in columns {
          for channel in channels { values.append(channel.values[row * grid.width + column]) }
        }
      }
      self.values = values
    }
  }

  package init(_ picture: PlanarPicture) {
    layout = picture.layout
    (width, height) = (picture.width, picture.height)
    let grids = layout.grids(width: width, height: height)
    switch layout {
    case .rgb: planes = zip(picture.planes, grids).map { Padded([$0], grid: $1) }
    case .yuv420:
      planes = [
        Padded([picture.planes[0]], grid: grids[0]), Padded(Array(picture.planes[1...]), grid: grids[1]),
      ]
    }
  }
}

/// Room for the rows in which a layer is added.
struct WarpRows: ~Copyable {
  private let across: UnsafeMutablePointer<Float>
  private let down: UnsafeMutablePointer<Float>
  private let weight: UnsafeMutablePointer<Float>

  init(width: Int) {
    // Whole vectors, and more for the last chroma samples, which take every second number.
    let capacity = (width + 23) / 8 * 8
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

  /// Adds the row that was prepared, of the planes `numbers`, to `targets`, which have room for whole vectors of 4.
  ///
  /// Luma, R, G and B are sampled bicubically (Catmull and Rom), chroma in straight lines.
  borrowing func add(
    _ layer: WarpedLayer, planes numbers: [Int], row: Int, to targets: [UnsafeMutablePointer<Float>]
  ) {
    switch layer.source.layout {
    case .yuv420 where numbers == [1, 2]:
      addChroma(layer.source.planes[1], row: row, toBlue: targets[0], red: targets[1])
    case .rgb, .yuv420:
      for (number, target) in zip(numbers, targets) { add(layer.source.planes[number], row: row, to: target) }
    }
  }

  /// Where four numbers of a row come from.
  private struct Places {
    /// The whole numbers left of them and above them, and how far they lie beyond.
    let columns: SIMD4<UInt32>
    let rows: SIMD4<UInt32>
    let t: SIMD4<Float>
    let s: SIMD4<Float>

    @inline(__always)
    init(_ across: SIMD4<Float>, _ down: SIMD4<Float>, x: Int, row: Int, of grid: PlaneGrid) {
      let border = Float(WarpSource.Padded.border)
      // A position is moved in to one number beyond the edge, since further out only the edge is seen.
      let (lowest, lastX, lastY) = (border - 1, Float(grid.width) + border, Float(grid.height) + border)
      let nearest: Float = 8_388_608  // 2²³: a float of this size has no room for a fraction.
      var u = SIMD4<Float>(0, 1, 2, 3) + (Float(x) + border) + across
      var v = down + (Float(row) + border)
      u.replace(with: lowest, where: u .< lowest)
      u.replace(with: lastX, where: u .> lastX)
      v.replace(with: lowest, where: v .< lowest)
      v.replace(with: lastY, where: v .> lastY)
      let (wholeU, wholeV) = ((u - 0.5) + nearest, (v - 0.5) + nearest)
      t = u - (wholeU - nearest)
      s = v - (wholeV - nearest)
      columns = unsafeBitCast(wholeU, to: SIMD4<UInt32>.self) & 0x7f_ffff
      rows = unsafeBitCast(wholeV, to: SIMD4<UInt32>.self) & 0x7f_ffff
    }
  }

  private borrowing func add(_ plane: WarpSource.Padded, row: Int, to target: UnsafeMutablePointer<Float>) {
    let (across, down, weight) = (
      UnsafeRawPointer(across), UnsafeRawPointer(down), UnsafeRawPointer(weight)
    )
    plane.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      let rowBytes = plane.rowLength &* 4
      // The number above and left of the first one of the sixteen.
      let bytes = UnsafeRawPointer(start) - rowBytes - 4
      let result = UnsafeMutableRawPointer(target)
      let (grid, width) = (plane.grid, plane.grid.width)
      var x = 0
      while x < width {
        defer { x &+= 4 }
        let share = weight.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
        if share == .zero { continue }
        let places = Places(
          across.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self),
          down.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self), x: x, row: row, of: grid)
        let (x0, x1, x2, x3) = Self.weights(places.t)
        let y = Self.weights(places.s)
        @inline(__always)
        func column(_ lane: Int) -> SIMD4<Float> {
          let place = bytes + (Int(places.rows[lane]) &* rowBytes &+ Int(places.columns[lane]) &* 4)
          let first = place.loadUnaligned(as: SIMD4<Float>.self) * y.0[lane]
          let second = place.loadUnaligned(fromByteOffset: rowBytes, as: SIMD4<Float>.self) * y.1[lane]
          let third = place.loadUnaligned(fromByteOffset: 2 &* rowBytes, as: SIMD4<Float>.self) * y.2[lane]
          let fourth = place.loadUnaligned(fromByteOffset: 3 &* rowBytes, as: SIMD4<Float>.self) * y.3[lane]
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
  }

  private borrowing func addChroma(
    _ plane: WarpSource.Padded, row: Int, toBlue blue: UnsafeMutablePointer<Float>,
    red: UnsafeMutablePointer<Float>
  ) {
    let (across, down, weight) = (across, down, weight)
    plane.values.withUnsafeBufferPointer { values in
      guard let start = UnsafeRawPointer(values.baseAddress) else { return }
      let rowBytes = plane.rowLength &* 4
      let (blue, red) = (UnsafeMutableRawPointer(blue), UnsafeMutableRawPointer(red))
      let (grid, width) = (plane.grid, plane.grid.width)
      @inline(__always)
      func everySecond(_ values: UnsafeMutablePointer<Float>, _ x: Int) -> SIMD4<Float> {
        let bytes = UnsafeRawPointer(values + 2 &* x)
        return bytes.loadUnaligned(as: SIMD8<Float>.self).evenHalf
      }
      var x = 0
      while x < width {
        defer { x &+= 4 }
        let share = everySecond(weight, x)
        if share == .zero { continue }
        let places = Places(
          everySecond(across, x) * 0.5, everySecond(down, x) * 0.5, x: x, row: row, of: grid)
        @inline(__always)
        func color(_ lane: Int) -> SIMD2<Float> {
          let place = start + (Int(places.rows[lane]) &* rowBytes &+ Int(places.columns[lane]) &* 8)
          let upper = place.loadUnaligned(as: SIMD4<Float>.self)
          let lower = place.loadUnaligned(fromByteOffset: rowBytes, as: SIMD4<Float>.self)
          let mixed = upper + (lower - upper) * places.s[lane]
          return mixed.lowHalf + (mixed.highHalf - mixed.lowHalf) * places.t[lane]
        }
        let (a, b, c, d) = (color(0), color(1), color(2), color(3))
        let beforeBlue = blue.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
        let beforeRed = red.loadUnaligned(fromByteOffset: x &* 4, as: SIMD4<Float>.self)
        blue.storeBytes(
          of: beforeBlue + SIMD4(a[0], b[0], c[0], d[0]) * share, toByteOffset: x &* 4, as: SIMD4<Float>.self)
        red.storeBytes(
          of: beforeRed + SIMD4(a[1], b[1], c[1], d[1]) * share, toByteOffset: x &* 4, as: SIMD4<Float>.self)
      }
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
    precondition(
      layer.source.layout == layout && layer.source.width == width && layer.source.height == height)
    let warpRows = WarpRows(width: width + 1)
    let grids = layout.grids(width: width, height: height)
    for numbers in layout.planesOfOneSize {
      let grid = grids[numbers[0]]
      let lineLength = (grid.width + 7) / 4 * 4
      withUnsafeTemporaryAllocation(of: Float.self, capacity: lineLength * numbers.count) { room in
        guard let start = room.baseAddress else { return }
        let lines = numbers.indices.map { start + $0 * lineLength }
        for row in 0..<grid.height {
          room.initialize(repeating: 0)
          warpRows.prepare(layer, grid: grid, row: row)
          warpRows.add(layer, planes: numbers, row: row, to: lines)
          for (number, line) in zip(numbers, lines) {
            for x in 0..<grid.width { planes[number].values[row * grid.width + x] += line[x] }
          }
        }
      }
    }
  }
}
