import CFFmpeg
import Foundation
import TestSupport
import Testing
import VideoFiles

struct `Video file` {
  @Test func `the index stands before the pictures`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(), frameCount: 61)
    let boxes = try topLevelBoxes(of: path)
    let index = try #require(boxes.firstIndex(of: "moov"))
    let pictures = try #require(boxes.firstIndex(of: "mdat"))
    #expect(index < pictures)
  }

  @Test func `the comment travels along, and nothing else is told`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    let comment = #"{"identity":"0123abcd","text":"Zoë & Ada: 100 %"}"#
    try writeVideo(to: path, format: .test(comment: comment), frameCount: 2)
    #expect(try VideoReader(opening: path).facts.comment == comment)
    try writeVideo(to: path, format: .test(), frameCount: 2)
    #expect(try VideoReader(opening: path).facts.comment == nil)
    let content = try Data(contentsOf: URL(filePath: path))
    #expect(content.range(of: Data("Lavf".utf8)) == nil)
  }

  @Test func `XMP stands behind everything else, in the box that it has`() throws {
    let folder = try TemporaryFolder()
    let (plain, marked) = (folder.file("plain.mp4"), folder.file("marked.mp4"))
    try writeVideo(to: plain, format: .test(comment: "x"), frameCount: 61)
    try writeVideo(to: marked, format: .test(comment: "x", xmp: "<é/>"), frameCount: 61)
    var expected = try Data(at: plain)
    expected.append(contentsOf: [0, 0, 0, 29] + Array("uuid".utf8))
    let identifier: [UInt8] = [
      0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
    ]
    expected.append(contentsOf: identifier)
    expected.append(contentsOf: Array("<é/>".utf8))
    #expect(try Data(at: marked) == expected)
    #expect(try topLevelBoxes(of: marked).last == "uuid")
    #expect(try VideoReader(opening: marked).facts == VideoReader(opening: plain).facts)
    #expect(try frames(of: marked) == frames(of: plain))
  }

  @Test(arguments: [(96, 96), (320, 304)])
  func `equal pictures give equal files`(width: Int, height: Int) throws {
    let folder = try TemporaryFolder()
    let format = VideoFormat.test(width: width, height: height)
    for name in ["first.mp4", "second.mp4"] {
      try writeVideo(to: folder.file(name), format: format, frameCount: 250)
    }
    #expect(try Data(at: folder.file("first.mp4")) == Data(at: folder.file("second.mp4")))
  }

  /// The thread count follows from the size, so that the cores a process gets change no byte.
  @Test(arguments: [(96, 96), (320, 304)])
  func `one core gives the same file as several`(width: Int, height: Int) async throws {
    let folder = try TemporaryFolder()
    let format = VideoFormat.test(width: width, height: height)
    let onOneCore = folder.file("one.mp4")
    try writeVideo(to: folder.file("all.mp4"), format: format, frameCount: 250)
    await #expect(processExitsWith: .success) {
      [onOneCore = onOneCore as String, width = width as Int, height = height as Int] in
      try keepToOneCore()
      try writeVideo(to: onOneCore, format: .test(width: width, height: height), frameCount: 250)
    }
    #expect(try Data(at: onOneCore) == Data(at: folder.file("all.mp4")))
  }

  /// Of the colour conversion: swscale picks its routines by what the processor knows.
  @Test func `a processor without SIMD gives the same file`() async throws {
    let folder = try TemporaryFolder()
    let format = VideoFormat.test(width: 333, height: 111)
    try writeVideo(to: folder.file("simd.mp4"), format: format, frameCount: 5)
    await #expect(processExitsWith: .success) { [path = folder.file("plain.mp4") as String] in
      av_force_cpu_flags(0)
      try writeVideo(to: path, format: .test(width: 333, height: 111), frameCount: 5)
    }
    #expect(try Data(at: folder.file("plain.mp4")) == Data(at: folder.file("simd.mp4")))
  }

  @Test func `an older file is replaced whole`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(), frameCount: 100)
    try writeVideo(to: path, format: .test(), frameCount: 3)
    try writeVideo(to: folder.file("new.mp4"), format: .test(), frameCount: 3)
    #expect(try Data(at: path) == Data(at: folder.file("new.mp4")))
  }

  @Test func `any name is a file's name`() throws {
    let folder = try TemporaryFolder()
    for name in ["http:video.mp4", "a b ü %d.mp4", "no ending"] {
      try writeVideo(to: folder.file(name), format: .test(), frameCount: 2)
      #expect(try frames(of: folder.file(name)).count == 2)
    }
  }

  @Test func `a writer without an end closes its file`() throws {
    let folder = try TemporaryFolder()
    let before = try openFileCount(under: folder.path)
    for _ in 0..<3 {
      var writer = try VideoWriter(creating: folder.file("unfinished.mp4"), format: .test())
      try writer.append(movingPicture(0, width: 32, height: 32).span)
      #expect(try openFileCount(under: folder.path) == before + 1)
      _ = consume writer
    }
    #expect(try openFileCount(under: folder.path) == before)
  }
}

extension Data {
  fileprivate init(at path: String) throws { try self.init(contentsOf: URL(filePath: path)) }
}

/// The names of an MP4 file's outermost boxes, in order.
private func topLevelBoxes(of path: String) throws -> [String] {
  let bytes = [UInt8](try Data(at: path))
  var boxes: [String] = []
  var start = 0
  while start + 8 <= bytes.count {
    boxes.append(String(decoding: bytes[(start + 4)..<(start + 8)], as: UTF8.self))
    let size = bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
    try #require(size >= 8)
    start += size
  }
  return boxes
}

/// How many of this process's open files lie under a folder.
private func openFileCount(under folder: String) throws -> Int {
  try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { descriptor in
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/fd/\(descriptor)", &target, target.count)
    let bytes = target.prefix(max(count, 0)).map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self).hasPrefix(folder)
  }
}

/// Leaves this process one of the cores that it may use.
private func keepToOneCore() throws {
  let command = "taskset --all-tasks --pid --cpu-list \(try allowedCore()) \(getpid()) > /dev/null"
  try #require(system(command) == 0)
}
