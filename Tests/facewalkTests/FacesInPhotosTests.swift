internal import PhotoFiles
internal import TestSupport
internal import Testing

struct `Photos of several faces` {
  @Test func `are listed, and another face can be picked`() async throws {
    try await withCommandFolder { folder in
      try folder.copy("\(packageFolder)/Pipelines/faces/family.jpg", to: "family.jpg")
      try folder.addTinyModel("tiny-aligned")
      let line = "seed:1 -m tiny-aligned --frames 2"
      let result = try folder.expectResult("largest.png", "family.jpg \(line) -o largest.png")
      let listed = Array(result.errorLines.dropFirst().prefix(4))
      #expect(
        listed.first == "family.jpg: 3 faces; face 3, the largest, is taken. Pick another with family.jpg#N:")
      for (number, line) in zip(1...3, listed.dropFirst()) {
        #expect(line.wholeMatch(of: /\s\s#(\d)\s\sat \(\d+, \d+\), \d+ pixels wide/)?.1 == "\(number)")
      }
      let third = try folder.expectResult("third.png", "family.jpg#3 \(line) -o third.png")
      #expect(!third.errors.contains("Pick another"))
      try folder.expectResult("first.png", "family.jpg#1 \(line) -o first.png")
      let pixels = try ["largest.png", "third.png", "first.png"].map { try folder.picture($0).pixels }
      #expect(pixels[0] == pixels[1] && pixels[0] != pixels[2])
      try folder.expectError(
        "family.jpg: has no face 9: 3 faces were found, counted from the left.", code: 1,
        "family.jpg#9 \(line) -o ninth.png -q")
    }
  }
}

struct `Real photos` {
  private static let isThere = photosFolder != nil
  private static let comment: Comment = "shared/photos is not there"

  @Test(.enabled(if: isThere, comment))
  func `of odd kinds become keyframes, and nothing but the command speaks`() async throws {
    let photos = try #require(photosFolder)
    try await withCommandFolder { folder in
      let names = ["odd-tilted-38.jpg", "odd-heic.heic", "odd-cmyk.jpg", "odd-16bit.png", "odd-exif-6.jpg"]
      for name in names { try folder.copy("\(photos)/\(name)", to: name) }
      let line = "morph \(names.joined(separator: " ")) --frames 1 -o out.png"
      let result = try folder.expectResult("out.png", line)
      let matches = result.errorLines.dropFirst().prefix(names.count)
      for (line, name) in zip(matches, names) {
        #expect(line.hasPrefix("\(name): ") && line.contains(" match, "), "\(line)")
      }
      // One more at the start.
      #expect(result.messages.count == names.count + 1)
    }
  }

  @Test(
    .enabled(if: isThere, comment),
    arguments: [
      ("odd-empty.jpg", "is empty. Copy the picture again."),
      (
        "odd-no-face.jpg",
        "shows no face. Crop the photo closer to the face, or use --no-align if it is a crop already."
      ),
      (
        "odd-not-a-picture.jpg",
        "is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF."
      ),
      ("odd-truncated.jpg", "is cut off: the file ends before the picture does. Copy it again."),
    ])
  func `that can't be keyframes say why`(_ name: String, _ message: String) async throws {
    let photos = try #require(photosFolder)
    try await withCommandFolder { folder in
      try folder.copy("\(photos)/\(name)", to: name)
      try folder.expectError("\(name): \(message)", code: 1, "\(name) seed:1 -o out.mp4 -q")
    }
  }
}
