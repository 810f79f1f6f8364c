internal import Foundation
internal import Testing
internal import VideoFiles

struct `Joined video` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Writes the frames as one file, and in pieces that are joined; returns the two paths.
  private func writeBothWays(
    frameCount: Int, piece: Int, format: VideoFormat
  ) throws -> (whole: String, joined: String) {
    let (whole, joined) = (folder.file("whole.mp4"), folder.file("joined.mp4"))
    try writeVideo(to: whole, format: format, frameCount: frameCount)
    var paths: [String] = []
    let plain = VideoFormat.test(
      width: format.width, height: format.height, frameRate: format.frameRate, preset: format.preset)
    for first in stride(from: 0, to: frameCount, by: piece) {
      paths.append(folder.file("\(first).mp4"))
      try writeVideo(
        to: paths.last ?? "", format: plain, frames: first..<min(first + piece, frameCount))
    }
    try joinVideos(
      paths, creating: joined, frameRate: format.frameRate, comment: format.comment, xmp: format.xmp)
    return (whole, joined)
  }

  @Test(arguments: [1, 240, 241, 242, 480, 481, 500], ["ultrafast", "medium"])
  func `has the bytes of one that was written at once`(frameCount: Int, preset: String) throws {
    let format = VideoFormat.test(
      width: 16, height: 16, frameRate: VideoFrameRate(30000, 1001), preset: preset, comment: "{\"a\":1}",
      xmp: "<x/>")
    let (whole, joined) = try writeBothWays(frameCount: frameCount, piece: 240, format: format)
    #expect(try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: joined)))
  }

  @Test(arguments: [1, 2, 3, 7])
  func `has every frame at its time, however short its pieces`(piece: Int) throws {
    let format = VideoFormat.test(
      width: 16, height: 16, frameRate: VideoFrameRate(5, 2), preset: "medium", framesPerEncoder: piece,
      comment: "x")
    let (whole, joined) = try writeBothWays(frameCount: 23, piece: piece, format: format)
    #expect(try frames(of: joined).map(\.time) == (0..<23).map { $0 * 2 })
    #expect(try frames(of: joined) == frames(of: whole))
    let facts = try VideoReader(opening: joined).facts
    #expect(facts == (try VideoReader(opening: whole).facts))
    #expect((facts.frameCount, facts.durationInTicks) == (23, 46))
  }

  @Test func `has its own XMP alone, whatever its pieces have`() throws {
    let format = VideoFormat.test(xmp: "<piece/>")
    let pieces = ["a", "b"].map(folder.file)
    for piece in pieces { try writeVideo(to: piece, format: format, frameCount: 3) }
    for (xmp, count) in [("<joined/>", 1), (nil, 0)] {
      try joinVideos(
        pieces, creating: folder.file("x"), frameRate: format.frameRate, comment: nil, xmp: xmp)
      let bytes = try Data(contentsOf: URL(filePath: folder.file("x")))
      #expect(bytes.ranges(of: Data("uuid".utf8)).count == count)
      #expect(bytes.range(of: Data("<piece/>".utf8)) == nil)
      #expect(try frames(of: folder.file("x")).count == 6)
    }
  }

  @Test func `is not made of pieces of different formats`() throws {
    for (number, width) in [32, 48].enumerated() {
      try writeVideo(to: folder.file("\(number)"), format: .test(width: width), frameCount: 3)
    }
    try writeVideo(to: folder.file("2"), format: .test(frameRate: VideoFrameRate(25)), frameCount: 3)
    for other in ["1", "2"] {
      #expect(throws: VideoError.headersDiffer) {
        try joinVideos(
          [folder.file("0"), folder.file(other)], creating: folder.file("x"), frameRate: VideoFrameRate(30),
          comment: nil)
      }
    }
  }

  @Test func `is not made of a piece that is cut off or missing`() throws {
    try writeVideo(to: folder.file("a"), format: .test(width: 96, height: 96), frameCount: 20)
    let bytes = try Data(contentsOf: URL(filePath: folder.file("a")))
    for count in [0, 100, bytes.count / 2, bytes.count - 1] {
      try bytes.prefix(count).write(to: URL(filePath: folder.file("b")))
      #expect(throws: VideoError.self) {
        try joinVideos(
          [folder.file("a"), folder.file("b")], creating: folder.file("x"), frameRate: VideoFrameRate(30),
          comment: nil)
      }
    }
    #expect(throws: VideoError.cannotRead(reason: "No such file or directory")) {
      try joinVideos(
        [folder.file("gone")], creating: folder.file("x"), frameRate: VideoFrameRate(30), comment: nil)
    }
  }

  @Test func `says when the disk is full`() throws {
    try writeVideo(to: folder.file("a"), format: .test(), frameCount: 20)
    #expect(throws: VideoError.cannotWrite(reason: "No space left on device")) {
      try joinVideos(
        [folder.file("a")], creating: "/dev/full", frameRate: VideoFrameRate(30), comment: nil)
    }
  }
}
