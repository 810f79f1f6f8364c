/// An 8-bit RGB picture, sRGB and upright.
package struct Picture: Equatable, Sendable {
  package let width: Int
  package let height: Int

  /// Height × width × 3 bytes: rows from the top, pixels from the left, R then G then B.
  package let pixels: [UInt8]

  package init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    precondition(pixels.count == width * height * 3, "a picture has three bytes a pixel")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
