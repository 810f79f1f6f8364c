import CVips
import Testing

@testable import PhotoFiles

/// libvips looks into arrays of ours, so nothing of it may be left when they go.
struct `libvips` {
  @Test(arguments: [
    ("JPEG", Fixture.jpeg), ("PNG", Fixture.png), ("WebP", Fixture.webp), ("TIFF", Fixture.tiff),
    ("GIF", Fixture.gif), ("AVIF", Fixture.avif), ("turned JPEG", Fixture.turnedJPEG),
    ("transparent PNG", Fixture.transparentPNG), ("PNG with a profile", Fixture.profiledPNG),
    ("CMYK JPEG", Fixture.cmykJPEG),
  ])
  func `keeps nothing of a file that it decoded, whole or cut short`(_ name: String, _ bytes: [UInt8]) throws
  {
    _ = try Picture(decoding: bytes)
    #expect(try objectsAlive() == 0)
    #expect(throws: PhotoError.self) { try Picture(decoding: Array(bytes.prefix(bytes.count / 3))) }
    #expect(throws: PhotoError.self) { try Picture(decoding: bytes, pixelLimit: 1) }
    #expect(try objectsAlive() == 0)
  }

  @Test func `keeps nothing of a picture or a text that it wrote`() throws {
    _ = try gradient.jpeg(quality: 90)
    _ = try TextStrip("Ada", width: 64, height: 16)
    #expect(try objectsAlive() == 0)
  }

  /// How many images, regions and operations there are while no other test uses libvips.
  private func objectsAlive() throws -> Int {
    try withVips { () throws(PhotoError) in
      var count = 0
      vips_object_map(
        { _, count, _ in
          count?.assumingMemoryBound(to: Int.self).pointee += 1
          return nil
        }, &count, nil)
      return count
    }
  }
}
