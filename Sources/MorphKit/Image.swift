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

  /// The picture with `share` of another of its size laid over it, 0 giving itself and 1 the other.
  func mixed(with other: Image, share: Double) -> Image {
    precondition(width == other.width && height == other.height, "pictures of one size")
    let mixed = zip(pixels, other.pixels).map { own, other in
      UInt8((Double(own) * (1 - share) + Double(other) * share).rounded())
    }
    return Image(width: width, height: height, pixels: mixed)
  }

  /// The size as people write it, `512 × 512`.
  var sizeText: String { "\(width) × \(height)" }
}
