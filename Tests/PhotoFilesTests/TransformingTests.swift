import Foundation
import PhotoFiles
import Testing

struct `Transforming a picture` {
  let original = noise(12, 9, seed: 4)

  @Test func `the identity changes nothing`() {
    #expect(original.transformed(by: .identity, width: 12, height: 9) == original)
  }

  @Test func `a shift by whole pixels moves them, and repeats the edge`() {
    let shift = PixelTransform(a: 1, b: 0, c: 0, d: 1, tx: 3, ty: -2)
    let shifted = original.transformed(by: shift, width: 12, height: 9)
    let expected = picture(12, 9) { x, y in original.color(min(x + 3, 11), max(y - 2, 0)).map(Int.init) }
    #expect(shifted == expected)
  }

  @Test func `a quarter turn keeps every pixel`() {
    let turn = PixelTransform(a: cos(.pi / 2), b: 1, c: -1, d: cos(.pi / 2), tx: 0, ty: 9)
    let turned = original.transformed(by: turn, width: 9, height: 12)
    #expect(turned == picture(9, 12) { x, y in original.color(y, 8 - x).map(Int.init) })
  }

  @Test(arguments: [2.0, 3, 3.7])
  func `flat stays flat, whatever the transform`(_ scale: Double) {
    let flat = picture(40, 31) { _, _ in [0, 131, 255] }
    let transform = PixelTransform(a: scale, b: 0.4, c: -0.4, d: scale, tx: -9.3, ty: 4.1)
    #expect(
      flat.transformed(by: transform, width: 20, height: 20) == picture(20, 20) { _, _ in [0, 131, 255] })
  }

  @Test func `a shrink by three averages squares of three`() {
    let shrunk = original.transformed(
      by: PixelTransform(a: 3, b: 0, c: 0, d: 3, tx: 0, ty: 0), width: 4, height: 3)
    let expected = picture(4, 3) { x, y in
      (0..<3).map { channel in
        var sum = 0
        for place in 0..<9 { sum += Int(original.color(3 * x + place % 3, 3 * y + place / 3)[channel]) }
        return (sum + 4) / 9
      }
    }
    #expect(shrunk == expected)
  }

  @Test func `squares that stick out repeat the edge`() {
    let shrunk = picture(3, 1) { x, _ in [90 * x, 0, 255] }.transformed(
      by: PixelTransform(a: 2, b: 0, c: 0, d: 2, tx: 0, ty: 0), width: 2, height: 1)
    #expect(shrunk == Picture(width: 2, height: 1, pixels: [45, 0, 255, 180, 0, 255]))
  }

  @Test func `half a pixel further is Catmull–Rom's mean of four`() {
    let row = Picture(width: 4, height: 1, pixels: [10, 0, 0, 50, 0, 0, 110, 0, 0, 30, 0, 0])
    let between = row.transformed(
      by: PixelTransform(a: 1, b: 0, c: 0, d: 1, tx: 1.5, ty: 0), width: 1, height: 1)
    #expect(between.pixels[0] == 88)  // (9 × (50 + 110) − 10 − 30) / 16 = 87.5
  }

  @Test func `overshoot ends at black and white`() {
    let edge = picture(8, 8) { x, _ in x < 4 ? [0, 0, 0] : [255, 255, 255] }
    let shifted = edge.transformed(
      by: PixelTransform(a: 0.25, b: 0, c: 0, d: 0.25, tx: 0, ty: 0), width: 32, height: 32)
    let row = shifted.pixels.prefix(32 * 3)
    #expect(row.prefix(42).allSatisfy { $0 == 0 } && row.suffix(42).allSatisfy { $0 == 255 })
  }

  @Test func `far outside is the nearest edge`() {
    let far = original.transformed(
      by: PixelTransform(a: 1, b: 0, c: 0, d: 1, tx: 1e9, ty: -1e9), width: 3, height: 2)
    #expect(far == picture(3, 2) { _, _ in original.color(11, 0).map(Int.init) })
  }

  @Test func `huge and flattening transforms take no more than the picture`() {
    let huge = PixelTransform(a: 1e9, b: 3e8, c: -3e8, d: 1e9, tx: -5e8, ty: -5e8)
    #expect(original.transformed(by: huge, width: 5, height: 4).width == 5)
    let nothing = PixelTransform(a: 0, b: 0, c: 0, d: 0, tx: 4.5, ty: 2.5)
    #expect(
      original.transformed(by: nothing, width: 6, height: 6)
        == picture(6, 6) { _, _ in original.color(4, 2).map(Int.init) })
    let line = PixelTransform(a: 1e9, b: 0, c: 0, d: 0, tx: 0, ty: 2.5)
    #expect(original.transformed(by: line, width: 6, height: 6).color(5, 5) == original.color(11, 2))
  }

  @Test func `a part far into a large picture is the same as cut out by hand`() {
    let large = noise(300, 200, seed: 5)
    let transform = PixelTransform(a: 2.5, b: 0.7, c: -0.7, d: 2.5, tx: 140, ty: 90)
    let whole = large.transformed(by: transform, width: 30, height: 30)
    // Moved by 20 of its own pixels: the same positions from another corner.
    let start = transform.position(x: 20, y: 20)
    var moved = transform
    moved.tx = start.x
    moved.ty = start.y
    let part = large.transformed(by: moved, width: 10, height: 10)
    #expect(part == picture(10, 10) { x, y in whole.color(x + 20, y + 20).map(Int.init) })
  }
}
