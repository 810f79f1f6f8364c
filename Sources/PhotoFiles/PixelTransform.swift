/// An affine map from positions in a new picture to positions in the picture that it is made from.
///
/// Positions are continuous: (0, 0) is the top left corner of a picture, (0.5, 0.5) the centre of its first
/// pixel. The position (x, y) comes from (a x + b y + tx, c x + d y + ty).
package struct PixelTransform: Equatable, Sendable {
  package var a: Double
  package var b: Double
  package var c: Double
  package var d: Double
  package var tx: Double
  package var ty: Double

  package init(a: Double, b: Double, c: Double, d: Double, tx: Double, ty: Double) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.tx = tx
    self.ty = ty
  }

  package static let identity = PixelTransform(a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0)

  /// Where the position (x, y) of the new picture comes from.
  package func position(x: Double, y: Double) -> (x: Double, y: Double) {
    (a * x + b * y + tx, c * x + d * y + ty)
  }

  /// How many old pixels one new pixel spans, in the direction where that is least.
  var shrink: Double {
    let turned = ((a + d) * (a + d) + (c - b) * (c - b)).squareRoot()
    let mirrored = ((a - d) * (a - d) + (c + b) * (c + b)).squareRoot()
    return abs(turned - mirrored) / 2
  }

  var isReasonable: Bool { [a, b, c, d, tx, ty].allSatisfy { abs($0) <= 1e9 } }
}
