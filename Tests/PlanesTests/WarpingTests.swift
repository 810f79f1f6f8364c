import Planes
import Testing

struct `A warped layer` {
  private let width = 70
  private let height = 52
  private let spacing = 4

  private func base(_ layout: PlaneLayout, level: UInt8 = 0) -> Finishing {
    let pixels = Array(repeating: level, count: 16 * 12 * 3)
    return Finishing(
      PlanarPicture.wholePlanes(of: pixels, width: 16, height: 12, as: layout), as: layout, width: width,
      height: height)
  }

  private func lattice(_ value: Float) -> Lattice {
    Lattice(over: width, height, spacing: spacing, repeating: value)
  }

  private func source(_ pixels: [UInt8]) -> WarpSource {
    WarpSource(PlanarPicture(pixels, width: width, height: height, as: .rgb))
  }

  @Test func `that isn't moved is added exactly`() {
    let pixels = noise(width, height, seed: 5)
    var finishing = base(.rgb)
    finishing.layers = [
      WarpedLayer(source(pixels), across: lattice(0), down: lattice(0), weight: lattice(1))
    ]
    #expect(finishing.rgbPixels() == pixels)
  }

  @Test(arguments: [(3, 2), (-5, 1), (0, -60), (90, 0)])
  func `that is moved by whole pixels shows what lies there, and its edge beyond`(across: Int, down: Int) {
    let pixels = noise(width, height, seed: 6)
    var finishing = base(.rgb)
    finishing.layers = [
      WarpedLayer(
        source(pixels), across: lattice(Float(across)), down: lattice(Float(down)), weight: lattice(1))
    ]
    let moved = finishing.rgbPixels()
    for y in 0..<height {
      for x in 0..<width {
        let from = (min(max(y + down, 0), height - 1) * width + min(max(x + across, 0), width - 1)) * 3
        let to = (y * width + x) * 3
        #expect(Array(moved[to..<(to + 3)]) == Array(pixels[from..<(from + 3)]))
        guard moved[to] == pixels[from] else { return }
      }
    }
  }

  @Test func `between pixels it is the cubic of Catmull and Rom`() {
    // One bright column; half a pixel beside it the cubic gives 9/16 of it, and one and a half −1/16.
    var pixels = Array(repeating: UInt8(0), count: width * height * 3)
    for y in 0..<height { for channel in 0..<3 { pixels[(y * width + 30) * 3 + channel] = 160 } }
    var finishing = base(.rgb, level: 50)
    finishing.layers = [
      WarpedLayer(source(pixels), across: lattice(0.5), down: lattice(0), weight: lattice(1))
    ]
    let row = finishing.rgbPixels()[(20 * width * 3)..<(21 * width * 3)].enumerated()
      .filter { $0.offset % 3 == 0 }.map(\.element)
    #expect(Array(row[27...32]) == [50, 40, 140, 140, 40, 50])
  }

  @Test func `weights share pictures out, and many are added in any order`() {
    let (first, second) = (noise(width, height, seed: 7), noise(width, height, seed: 8))
    let layers = [(first, Float(0.25)), (second, Float(0.75))].map { pixels, weight in
      WarpedLayer(source(pixels), across: lattice(0), down: lattice(0), weight: lattice(weight))
    }
    var finishing = base(.rgb)
    finishing.layers = layers
    let mixed = finishing.rgbPixels()
    let expected = zip(first, second).map { UInt8((0.25 * Double($0) + 0.75 * Double($1)).rounded()) }
    #expect(largestDifference(mixed, expected) <= 1)
    var sum = PlanarPicture.zero(.rgb, width: width, height: height)
    for layer in layers { sum.add(layer) }
    finishing.layers = [
      WarpedLayer(WarpSource(sum), across: lattice(0), down: lattice(0), weight: lattice(1))
    ]
    #expect(largestDifference(finishing.rgbPixels(), mixed) <= 1)
  }

  @Test func `a boost leaves slow changes alone, and makes the finest texture larger`() {
    var stripes: [UInt8] = []
    for _ in 0..<height {
      for x in 0..<width { stripes += Array(repeating: x % 2 == 0 ? 100 : 140, count: 3) }
    }
    for (pixels, growth) in [(stripes, 1.4), (Array(repeating: UInt8(120), count: width * height * 3), 1)] {
      var finishing = base(.rgb)
      finishing.layers = [
        WarpedLayer(source(pixels), across: lattice(0), down: lattice(0), weight: lattice(1))
      ]
      finishing.boost = lattice(0.4)
      let row = finishing.rgbPixels()[(20 * width * 3)..<(20 * width * 3 + 60 * 3)]
      for (index, level) in row.enumerated() where index >= 6 {
        let expected = 120 + growth * (Double(pixels[index]) - 120)
        #expect(abs(Double(level) - expected) <= 1)
      }
    }
  }

  @Test func `chroma moves with luma`() {
    // A red square on grey, moved by eight pixels: the same in both, within a level.
    func square(at left: Int) -> [UInt8] {
      (0..<height).flatMap { y in
        (0..<width).flatMap { x in
          (left..<(left + 20)).contains(x) && (16..<36).contains(y)
            ? [200, 40, 40] : [90, 90, 90] as [UInt8]
        }
      }
    }
    func finished(_ pixels: [UInt8], across: Float) -> [[UInt8]] {
      var finishing = base(.yuv420)
      // The base is black, whose luma is 16 and whose chroma is 128; a residual has none of it.
      var picture = PlanarPicture(pixels, width: width, height: height, as: .yuv420)
      for (number, level) in [16, 128, 128].enumerated() {
        picture.planes[number].values = picture.planes[number].values.map { $0 - Float(level) }
      }
      finishing.layers = [
        WarpedLayer(WarpSource(picture), across: lattice(across), down: lattice(0), weight: lattice(1))
      ]
      return finishing.yuvPixels()
    }
    let (moved, expected) = (finished(square(at: 24), across: 8), finished(square(at: 16), across: 0))
    for (plane, other) in zip(moved, expected) { #expect(largestDifference(plane, other) <= 1) }
  }
}

struct `A lattice` {
  @Test func `is straight between its nodes`() {
    var lattice = Lattice(over: 50, 30, spacing: 8)
    for row in 0..<lattice.rows {
      for column in 0..<lattice.columns {
        lattice.values[row * lattice.columns + column] = Float(3 * column * 8 - 2 * row * 8)
      }
    }
    for (x, y) in [(0.5, 0.5), (17.25, 3.75), (49.5, 29.5), (30, 16)] as [(Float, Float)] {
      #expect(abs(lattice.value(x: x, y: y) - (3 * x - 2 * y)) < 1e-3)
    }
  }

  @Test func `a filled outline covers its area, to a hundredth`() {
    var lattice = Lattice(over: 400, 300, spacing: 4)
    // A circle of radius 90, whose border lies within.
    let outline = (0..<200).map { number in
      let turn = Float(number) / 200 * 2 * .pi
      return SIMD2(200 + 90 * cosine(turn), 150 + 90 * cosine(turn - .pi / 2))
    }
    lattice.fill(outline)
    let area = lattice.values.reduce(0, +) * 16
    #expect(abs(area / (.pi * 90 * 90) - 1) < 0.01)
    #expect(lattice.values.allSatisfy { (0...1.0001).contains($0) })
    #expect(lattice.value(x: 200, y: 150) == 1 && lattice.value(x: 20, y: 20) == 0)
  }

  @Test func `blurring keeps what is flat, and what there is in all`() {
    var flat = Lattice(over: 90, 70, spacing: 4, repeating: 0.5)
    flat.blur(radius: 3)
    flat.soften()
    #expect(flat.values.allSatisfy { abs($0 - 0.5) < 1e-5 })
    var dot = Lattice(over: 200, 200, spacing: 4)
    dot.values[25 * dot.columns + 25] = 1
    dot.blur(radius: 3)
    #expect(abs(dot.values.reduce(0, +) - 1) < 1e-4)
  }
}

private func cosine(_ angle: Float) -> Float {
  // Enough terms of the series for a turn and a half.
  var (term, sum): (Double, Double) = (1, 1)
  for number in 1..<20 {
    term *= -Double(angle) * Double(angle) / Double((2 * number - 1) * 2 * number)
    sum += term
  }
  return Float(sum)
}
