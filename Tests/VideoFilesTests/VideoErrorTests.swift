import Foundation
import Testing
import VideoFiles

struct `Video error` {
  @Test func `a missing folder is named as such`() {
    let error = #expect(throws: VideoError.self) {
      _ = try VideoWriter(creating: "/proc/nowhere/at/all/video.mp4", format: .test())
    }
    #expect(error == .cannotWrite(reason: "No such file or directory"))
    #expect(error?.description == "cannot be written: No such file or directory")
  }

  @Test func `a disk that is full from the start shows at once`() {
    #expect(throws: VideoError.cannotWrite(reason: "No space left on device")) {
      _ = try VideoWriter(creating: "/dev/full", format: .test())
    }
  }

  @Test func `a disk that fills up shows while pictures are added`() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .success) { [path = folder.file("video.mp4") as String] in
      try limitFiles(to: 50_000)
      let format = VideoFormat.test(width: 64, height: 64, crf: 1, preset: "ultrafast")
      var writer = try VideoWriter(creating: path, format: format)
      var generator = SystemRandomNumberGenerator()
      var caught: VideoError?
      for _ in 0..<60 where caught == nil {
        let noise = (0..<(64 * 64 * 3)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        do throws(VideoError) { try writer.append(noise.span) } catch { caught = error }
      }
      #expect(caught == .cannotWrite(reason: "File too large"))
    }
  }

  @Test func `a disk that fills up while the index is written shows`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(), frameCount: 30)
    let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
    await #expect(processExitsWith: .success) { [path = path as String, size = size as Int] in
      // The pictures fit, the index does not.
      try limitFiles(to: size - 100)
      var writer = try VideoWriter(creating: path, format: .test())
      for frame in 0..<30 { try writer.append(movingPicture(frame, width: 32, height: 32).span) }
      var caught: VideoError?
      do throws(VideoError) { try writer.finish() } catch { caught = error }
      #expect(caught == .cannotWrite(reason: "File too large"))
    }
  }

  @Test func `a format that x264 does not know is the programmer's mistake`() async {
    await #expect(processExitsWith: .failure) { _ = VideoFormat.test(preset: "quickest") }
    await #expect(processExitsWith: .failure) { _ = VideoFormat.test(crf: 52) }
    await #expect(processExitsWith: .failure) { _ = VideoFormat.test(height: 16_385) }
  }

  @Test func `the longest side works`() throws {
    let folder = try TemporaryFolder()
    let format = VideoFormat.test(width: VideoFormat.longestSide, height: 2)
    try writeVideo(to: folder.file("video.mp4"), format: format, frameCount: 1)
    #expect(try VideoReader(opening: folder.file("video.mp4")).facts.width == VideoFormat.longestSide)
  }

  @Test(arguments: VideoFormat.presets)
  func `every preset works`(preset: String) throws {
    let folder = try TemporaryFolder()
    try writeVideo(to: folder.file("video.mp4"), format: .test(preset: preset), frameCount: 3)
    #expect(try VideoReader(opening: folder.file("video.mp4")).facts.frameCount == 3)
  }

  @Test func `nothing is written to stderr`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardErrorContent]
    ) { [path = path as String] in
      try writeVideo(to: path, format: .test(width: 33, height: 31), frameCount: 241)
      _ = try frames(of: path)
      for bad in ["/proc/nowhere/video.mp4", "/dev/full"] {
        #expect(throws: VideoError.self) { try writeVideo(to: bad, format: .test(), frameCount: 1) }
      }
      try Data("no video at all".utf8).write(to: URL(filePath: path))
      #expect(throws: VideoError.self) { _ = try VideoReader(opening: path) }
    }
    #expect(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self) == "")
  }

  @Test func `what is no video says so`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    #expect(throws: VideoError.cannotRead(reason: "No such file or directory")) {
      _ = try VideoReader(opening: path)
    }
    try Data(repeating: 7, count: 5000).write(to: URL(filePath: path))
    #expect(throws: VideoError.cannotRead(reason: "Invalid data found when processing input")) {
      _ = try VideoReader(opening: path)
    }
  }

  @Test func `a file that is cut short is an error, not a shorter video`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 64, height: 64), frameCount: 61)
    let whole = try Data(contentsOf: URL(filePath: path))
    try whole.prefix(whole.count - 400).write(to: URL(filePath: path))
    #expect(throws: VideoError.self) { _ = try frames(of: path) }
  }

  @Test func `a damaged picture is an error with libav's last line, not a painted-over picture`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 64, height: 64), frameCount: 61)
    var bytes = try Data(contentsOf: URL(filePath: path))
    let start = try #require(bytes.range(of: Data("mdat".utf8))).upperBound + 1500
    for offset in start..<(start + 400) { bytes[offset] = 0xff }
    try bytes.write(to: URL(filePath: path))
    let error = #expect(throws: VideoError.self) { _ = try frames(of: path) }
    guard case .failed(call: "avcodec_send_packet", let reason, let line?) = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(reason == "Invalid data found when processing input")
    #expect(line == "Error splitting the input into NAL units.")
    #expect(error?.description == "avcodec_send_packet failed: \(reason) (\(line))")
  }
}

/// Lets this process make no file larger than this, as a full disk does.
private func limitFiles(to byteCount: Int) throws {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: rlim_t(byteCount), rlim_max: rlim_t(byteCount))
  try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
}
