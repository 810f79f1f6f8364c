import Foundation
import PhotoFiles
import Testing

@Suite(.enabled("shared/photos is not there") { photosFolder != nil })
struct `The shared photos` {
  @Test(arguments: [
    "odd-16bit.png", "odd-adobe-rgb.jpg", "odd-alpha.png", "odd-cmyk.jpg", "odd-grey.jpg", "odd-heic.heic",
    "odd-png-named.jpg", "odd-webp.webp", "london-007-neutral.jpg",
  ])
  func `colours survive every depth, model and format`(_ name: String) throws {
    let decoded = try photo(name)
    // All have a light, greyish background at the top.
    let corner = decoded.resized(toWidth: 16, height: 16).color(0, 0).map(Int.init)
    #expect((corner.max() ?? 0) - (corner.min() ?? 0) < 25 && (corner.min() ?? 0) > 120, "\(corner)")
  }

  @Test func `the four orientations show one picture`() throws {
    let upright = try photo("odd-exif-3.jpg")
    for name in ["odd-exif-5.jpg", "odd-exif-6.jpg", "odd-exif-8.jpg"] {
      #expect(differences(upright, try photo(name)).mean < 2, "\(name)")
    }
  }

  @Test func `Adobe RGB looks like the sRGB photo that it was made from`() throws {
    let original = try photo("london-007-neutral.jpg").resized(toWidth: 128, height: 128)
    let adobe = try photo("odd-adobe-rgb.jpg").resized(toWidth: 128, height: 128)
    #expect(differences(original, adobe).mean < 3)
  }

  @Test(arguments: [
    ("odd-truncated.jpg", PhotoError.truncated), ("odd-empty.jpg", .empty),
    ("odd-not-a-picture.jpg", .notAPicture),
  ])
  func `broken files are told apart`(_ name: String, _ error: PhotoError) {
    #expect(throws: error) { try photo(name) }
  }
}

private func photo(_ name: String) throws -> Picture {
  let folder = try #require(photosFolder)
  return try Picture(decoding: Array(Data(contentsOf: folder.appending(path: name))))
}
