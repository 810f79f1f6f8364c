/// An 8-bit RGB picture.
public struct Image: Equatable, Sendable {
  public let width: Int
  public let height: Int

  /// Height × width × 3 bytes: rows from the top, pixels from the left, R then G then B.
  public let pixels: [UInt8]

  /// Takes `pixels`, which must be `height × width × 3` bytes.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * 3, "an image needs height × width × 3 bytes")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A picture of one colour.
  init(width: Int, height: Int, filledWith color: Color) {
    var pixels = [UInt8]()
    pixels.reserveCapacity(width * height * 3)
    for _ in 0..<(width * height) {
      pixels.append(contentsOf: [color.red, color.green, color.blue])
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The size as people write it, `512 × 512`.
  var sizeText: String { "\(width) × \(height)" }
}
