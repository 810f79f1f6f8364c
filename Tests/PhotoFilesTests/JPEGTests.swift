import PhotoFiles
import Testing

struct `Picture as a JPEG` {
  @Test func `comes back nearly as it was`() throws {
    let bytes = try gradient.jpeg(quality: 95)
    let again = try Picture(decoding: bytes)
    #expect((again.width, again.height) == (32, 24))
    #expect(differences(gradient, again).mean < 4)
    #expect(try gradient.jpeg(quality: 10).count < bytes.count)
    #expect(try gradient.jpeg(quality: 95) == bytes)
  }
}
