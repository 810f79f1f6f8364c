import PhotoFiles
import Testing

struct `Decoding a photo` {
  @Test(arguments: [
    ("PNG", Fixture.png, 0), ("WebP", Fixture.webp, 0), ("TIFF", Fixture.tiff, 0), ("JPEG", Fixture.jpeg, 8),
    ("first picture of a GIF", Fixture.gif, 20), ("AVIF", Fixture.avif, 12),
  ])
  func `every format gives the picture`(_ name: String, _ bytes: [UInt8], _ tolerance: Int) throws {
    let decoded = try Picture(decoding: bytes)
    #expect(decoded.width == 32 && decoded.height == 24)
    let largest = differences(decoded, gradient).max()
    #expect(largest ?? 256 <= tolerance, "\(name): \(String(describing: largest))")
  }

  @Test func `the EXIF orientation sets it upright`() throws {
    let decoded = try Picture(decoding: Fixture.turnedJPEG)
    #expect(decoded.width == 32 && decoded.height == 24)
    #expect(differences(decoded, gradient).max() ?? 256 <= 8)
  }

  @Test func `16 bits a channel become 8`() throws {
    #expect(try Picture(decoding: Fixture.deepPNG) == gradient)
  }

  @Test func `transparent parts lie on white`() throws {
    let decoded = try Picture(decoding: Fixture.transparentPNG)
    #expect(decoded == picture(32, 24) { x, y in x < 16 ? [8 * x, 10 * y, 4 * (x + y)] : [255, 255, 255] })
  }

  @Test func `a profile is followed`() throws {
    #expect(differences(try Picture(decoding: Fixture.profiledPNG), gradient).max() ?? 256 <= 1)
  }

  @Test func `grey becomes three channels, and a profile that does not fit is passed over`() throws {
    let decoded = try Picture(decoding: Fixture.greyJPEG)
    #expect(decoded == picture(16, 16) { _, _ in [100, 100, 100] })
  }

  @Test func `CMYK without a profile becomes what is left of each colour`() throws {
    let color = try Picture(decoding: Fixture.cmykJPEG).color(8, 8)
    #expect(color == [255, 0, 0])
  }

  @Test func `the pixel limit is the last size that is decoded`() throws {
    #expect(try Picture(decoding: Fixture.png, pixelLimit: 32 * 24) == gradient)
    #expect(throws: PhotoError.tooLarge(width: 32, height: 24)) {
      try Picture(decoding: Fixture.png, pixelLimit: 32 * 24 - 1)
    }
  }

  @Test func `several threads decode at once, and each gets its own error`() async throws {
    let cut = Array(Fixture.png.dropLast(40))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<40 {
        group.addTask { () async throws in
          if number.isMultiple(of: 2) {
            #expect(try Picture(decoding: Fixture.png) == gradient)
          } else {
            #expect(throws: PhotoError.truncated) { try Picture(decoding: cut) }
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
