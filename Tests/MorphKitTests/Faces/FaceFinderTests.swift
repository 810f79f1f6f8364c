internal import Foundation
internal import Inference
internal import PhotoFiles
internal import Testing

@testable import MorphKit

struct `Face finder` {
  @Test func `a missing file is named`() throws {
    let runtime = try Runtime()
    let error = #expect(throws: MissingFaceFile.self) {
      try FaceFinder(filesIn: "/missing", runtime: runtime, threads: nil)
    }
    #expect(error?.description == "/missing/face_detection_short_range.tflite: the file is missing")
  }

  @Test func `an even picture and a picture of one pixel have no face`() async throws {
    let finder = try RealPhotos.finder()
    for (width, height) in [(1, 1), (3, 900), (640, 480)] {
      let picture = Picture(
        width: width, height: height, pixels: Array(repeating: 128, count: width * height * 3))
      #expect(try await finder.faces(in: picture).isEmpty)
    }
  }
}

@Suite(.enabled(if: RealPhotos.isThere, "\(RealPhotos.comment)"))
struct `Faces in real photos` {
  /// The model `portraits-128` has this crop.
  private let crop = FaceCrop(
    leftEye: Point(x: 0.354, y: 0.470), rightEye: Point(x: 0.645, y: 0.470), mouth: Point(x: 0.5, y: 0.773))

  @Test(arguments: [
    "london-001-neutral.jpg", "london-001-smiling.jpg", "london-004-neutral.jpg", "london-004-smiling.jpg",
    "london-007-neutral.jpg", "london-010-neutral.jpg", "london-013-neutral.jpg", "london-017-neutral.jpg",
    "london-020-neutral.jpg", "london-024-neutral.jpg", "odd-16bit.png", "odd-adobe-rgb.jpg", "odd-alpha.png",
    "odd-cmyk.jpg", "odd-exif-3.jpg", "odd-exif-5.jpg", "odd-exif-6.jpg", "odd-exif-8.jpg", "odd-grey.jpg",
    "odd-heic.heic", "odd-png-named.jpg", "odd-tilted-38.jpg", "odd-webp.webp",
  ])
  func `one face is found`(name: String) async throws {
    let picture = try RealPhotos.picture(name)
    let faces = try await RealPhotos.finder().faces(in: picture)
    #expect(faces.count == 1)
    let face = try #require(faces.first)
    #expect(face.score > 0.9)
    // All of them are the same kind of portrait, so the eyes are a seventh of the picture apart.
    let apart = face.landmarks.leftEye.distance(to: face.landmarks.rightEye) / Double(picture.width)
    #expect(apart > 0.13 && apart < 0.17)
    #expect(face.landmarks.leftEye.x < face.landmarks.rightEye.x)
    for point in face.landmarks.points {
      #expect(point.x > face.box.x && point.x < face.box.x + face.box.width)
      #expect(point.y > face.box.y && point.y < face.box.y + face.box.height)
    }
  }

  @Test func `two faces come from left to right`() async throws {
    let faces = try await RealPhotos.finder().faces(in: RealPhotos.picture("odd-two-faces.jpg"))
    #expect(faces.count == 2)
    #expect(faces[0].landmarks.mouth.distance(to: Point(x: 456, y: 516)) < 6)
    #expect(faces[1].landmarks.mouth.distance(to: Point(x: 1400, y: 618)) < 6)
  }

  @Test func `a face of 80 pixels in 3000 is found`() async throws {
    let faces = try await RealPhotos.finder().faces(in: RealPhotos.picture("odd-tiny-face.jpg"))
    #expect(faces.count == 1)
    let face = try #require(faces.first)
    #expect(face.box.center.distance(to: Point(x: 2410, y: 1605)) < 20)
    #expect(face.box.width > 50 && face.box.width < 90)
  }

  @Test(arguments: ["london-001-neutral.jpg", "london-013-neutral.jpg", "london-024-neutral.jpg"])
  func `a face that is cut off by the picture's edges is found`(name: String) async throws {
    let finder = try RealPhotos.finder()
    let whole = try RealPhotos.picture(name)
    let face = try #require(try await finder.faces(in: whole).first)
    let side = 220
    let middle = Point.mean(face.landmarks.points)
    let (left, top) = (Int(middle.x) - side / 2, Int(middle.y) - side / 2)
    let cut = whole.transformed(
      by: PixelTransform(a: 1, b: 0, c: 0, d: 1, tx: Double(left), ty: Double(top)), width: side, height: side
    )
    let found = try #require(try await finder.faces(in: cut).first)
    // What lies outside is guessed, so the points are less exact than in a whole face.
    let tolerance = face.box.width / 20
    for (inCut, inWhole) in zip(found.landmarks.points, face.landmarks.points) {
      #expect(Point(x: inCut.x + Double(left), y: inCut.y + Double(top)).distance(to: inWhole) < tolerance)
    }
  }

  @Test func `a picture without a face has none`() async throws {
    #expect(try await RealPhotos.finder().faces(in: RealPhotos.picture("odd-no-face.jpg")).isEmpty)
  }

  @Test func `the same photo in four orientations has its landmarks in the same places`() async throws {
    let finder = try RealPhotos.finder()
    var all: [FaceLandmarks] = []
    for name in orientations {
      all.append(try #require(try await finder.faces(in: RealPhotos.picture(name)).first).landmarks)
    }
    for other in all.dropFirst() {
      for (a, b) in zip(all[0].points, other.points) { #expect(a.distance(to: b) < 1) }
    }
  }

  @Test func `a tilted face is level once aligned`() async throws {
    let finder = try RealPhotos.finder()
    let aligned = try await aligned("odd-tilted-38.jpg", by: finder, size: 256)
    let face = try #require(try await finder.faces(in: aligned).first)
    let angle = face.landmarks.leftEye.angle(to: face.landmarks.rightEye)
    #expect(abs(angle) < 2 * .pi / 180)
  }

  @Test func `the same photo in four orientations gives the same aligned picture`() async throws {
    let finder = try RealPhotos.finder()
    var pictures: [Picture] = []
    for name in orientations { pictures.append(try await aligned(name, by: finder, size: 128)) }
    for first in pictures.indices {
      for second in pictures.indices where second > first {
        #expect(meanDifference(pictures[first], pictures[second]) <= 2)
      }
    }
  }

  @Test func `an Adobe RGB copy gives nearly the aligned picture of its original`() async throws {
    let finder = try RealPhotos.finder()
    let copy = try await aligned("odd-adobe-rgb.jpg", by: finder, size: 128)
    let original = try await aligned("london-007-neutral.jpg", by: finder, size: 128)
    #expect(meanDifference(copy, original) <= 3)
  }

  @Test func `tasks at once and other numbers of threads find exactly the same`() async throws {
    let picture = try RealPhotos.picture("odd-two-faces.jpg")
    let one = try RealPhotos.finder(threads: 1)
    let two = try RealPhotos.finder(threads: 2)
    async let first = one.faces(in: picture)
    async let second = one.faces(in: picture)
    async let third = two.faces(in: picture)
    let found = try await [first, second, third]
    #expect(found[0].count == 2)
    #expect(found[1] == found[0])
    #expect(found[2] == found[0])
  }

  private let orientations = ["odd-exif-3.jpg", "odd-exif-5.jpg", "odd-exif-6.jpg", "odd-exif-8.jpg"]

  private func aligned(_ name: String, by finder: FaceFinder, size: Int) async throws -> Picture {
    let picture = try RealPhotos.picture(name)
    let face = try #require(try await finder.faces(in: picture).first)
    let transform = crop.transform(from: face.landmarks, width: size, height: size)
    return picture.transformed(by: transform, width: size, height: size)
  }

  private func meanDifference(_ one: Picture, _ other: Picture) -> Double {
    let sum = zip(one.pixels, other.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    return Double(sum) / Double(one.pixels.count)
  }
}
