internal import PhotoFiles
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Photo aligner` {
  private let options = TestRenders.options()

  private func align(_ picture: Image) async throws -> AlignedPhoto {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/a.png"
      try writePNG(picture, to: path)
      let aligner = try PhotoAligner(
        for: ModelFolder(at: fixture("tiny")), looksForFaces: false, options: options)
      return try await aligner.align(PhotoFile(at: path), PhotoReference(path: path))
    }
  }

  @Test func `without faces leaves a picture of the model's size as it is`() async throws {
    let picture = TestModels.blocks(seed: 1)
    let aligned = try await align(picture)
    #expect(aligned.image == picture)
    #expect(aligned.face == nil)
    #expect(aligned.choice == nil)
  }

  /// Red, green and blue thirds, side by side or, turned, one above the other.
  private func thirds(_ third: Int, across: Int, isTurned: Bool) -> Image {
    let colors: [[UInt8]] = [[255, 0, 0], [0, 255, 0], [0, 0, 255]]
    var pixels: [UInt8] = []
    for y in 0..<(isTurned ? 3 * third : across) {
      for x in 0..<(isTurned ? across : 3 * third) {
        pixels += colors[(isTurned ? y : x) / third]
      }
    }
    return Image(
      width: isTurned ? across : 3 * third, height: isTurned ? 3 * third : across, pixels: pixels)
  }

  @Test(arguments: [16, 32, 64, 160], [false, true])
  func `without faces scales a picture and cuts off both ends alike`(third: Int, isTurned: Bool) async throws
  {
    // The middle third is square, and all that is left.
    let aligned = try await align(thirds(third, across: third, isTurned: isTurned)).image
    #expect(aligned.sizeText == "32 × 32")
    let inner = (0..<32).flatMap { y in (0..<32).map { x in (x, y) } }.filter { x, y in
      (3..<29).contains(isTurned ? y : x)
    }
    #expect(
      inner.allSatisfy { x, y in
        let pixel = (y * 32 + x) * 3
        return aligned.pixels[pixel] <= 2 && aligned.pixels[pixel + 1] >= 253
          && aligned.pixels[pixel + 2] <= 2
      })
  }
}

private enum Examples {
  static let folder = packageFolder + "/Pipelines/faces"
  static let areThere = FaceFinder.files.allSatisfy { isThere("\(testInstallation.facesFolder)/\($0)") }
}

/// On the example photos, which show faces that nobody has.
@Suite(.enabled(if: Examples.areThere, "the face finder's files are missing: run Scripts/setup"))
struct `Photo aligner with faces` {
  private func align(_ name: String, face: Int? = nil) async throws -> AlignedPhoto {
    let path = "\(Examples.folder)/\(name)"
    let aligner = try PhotoAligner(
      for: ModelFolder(at: fixture("tiny-aligned")), looksForFaces: true,
      options: TestRenders.options())
    return try await aligner.align(PhotoFile(at: path), PhotoReference(path: path, face: face))
  }

  @Test func `takes the only face`() async throws {
    let aligned = try await align("ada.jpg")
    #expect(aligned.choice == nil)
    #expect(try #require(aligned.face).box.width > 100)
    #expect(aligned.image.sizeText == "32 × 32")
    #expect(try await align("ada.jpg", face: 1).image == aligned.image)
  }

  @Test func `takes the largest of several, and tells of all from left to right`() async throws {
    let aligned = try await align("family.jpg")
    let choice = try #require(aligned.choice)
    #expect(choice.photo.hasSuffix("family.jpg"))
    #expect(choice.faces.count >= 2)
    #expect(choice.faces.map(\.centerX) == choice.faces.map(\.centerX).sorted())
    #expect(choice.faces[choice.chosen - 1].width == choice.faces.map(\.width).max())
    #expect(aligned.face.map { Int($0.box.width.rounded()) } == choice.faces[choice.chosen - 1].width)

    // Any may be picked by its number; then there is nothing to tell.
    for number in 1...choice.faces.count {
      let picked = try await align("family.jpg", face: number)
      #expect(picked.choice == nil)
      #expect((picked.image == aligned.image) == (number == choice.chosen))
    }
    let error = await #expect(throws: MorphError.self) { try await align("family.jpg", face: 9) }
    #expect(error?.problem == .photo(.noSuchFace(number: 9, count: choice.faces.count)))
  }

  @Test func `a picture without a face is named`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/wall.png"
      try writePNG(gradient(width: 200, height: 160), to: path)
      let aligner = try PhotoAligner(
        for: ModelFolder(at: fixture("tiny-aligned")), looksForFaces: true,
        options: TestRenders.options())
      for face in [nil, 1] {
        let error = await #expect(throws: MorphError.self) {
          try await aligner.align(PhotoFile(at: path), PhotoReference(path: path, face: face))
        }
        #expect(error == MorphError(path, PhotoProblem.noFace))
      }
    }
  }
}

struct `Match of a photo` {
  private func match(_ psnr: Double, _ grade: PhotoMatch.Grade?, width: Int? = nil) -> String {
    PhotoMatch(photo: "a.jpg", psnr: psnr, ssim: 0.5, grade: grade, smallFaceWidth: width).text
  }

  @Test func `is told in words`() {
    #expect(match(24.06, .good) == "good match, 24.1 dB")
    #expect(match(20, .fair) == "fair match, 20.0 dB")
    #expect(match(15.94, .poor) == "poor match, 15.9 dB: it will not look much like the photo")
    #expect(
      match(15.94, .poor, width: 40)
        == "poor match, 15.9 dB: it will not look much like the photo, because the face is only 40 pixels wide"
    )
    #expect(match(24.06, nil) == "match 24.1 dB")
    #expect(match(.infinity, .good) == "good match, no difference")
    #expect(match(-0.04, nil) == "match 0.0 dB")
    #expect(match(-3.96, nil) == "match -4.0 dB")
  }
}
