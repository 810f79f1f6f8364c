import Testing
import VideoFiles

struct `Video time` {
  /// One frame, a pair, a second encoder's first frame, and more: where a frame or its time gets lost.
  static let frameCounts = [1, 2, 3, 61, 240, 241, 242, 500]

  @Test(arguments: frameCounts)
  func `every frame comes back, one tick apart, across encoders`(frameCount: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 16, height: 16), frameCount: frameCount)
    let facts = try VideoReader(opening: path).facts
    #expect(facts.frameCount == frameCount)
    #expect(facts.ticksPerSecond == VideoFrameRate(30))
    #expect(facts.frameRate == VideoFrameRate(30))
    #expect(facts.durationInTicks == Int64(frameCount))
    #expect(try frames(of: path).map(\.time) == (0..<frameCount).map(Int64.init))
  }

  @Test(arguments: [VideoFrameRate(30), VideoFrameRate(30000, 1001), VideoFrameRate(1), VideoFrameRate(5, 2)])
  func `durations are exact at any rate`(rate: VideoFrameRate) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 16, height: 16, frameRate: rate), frameCount: 241)
    let facts = try VideoReader(opening: path).facts
    #expect(facts.frameRate == rate)
    #expect(facts.ticksPerSecond == VideoFrameRate(rate.numerator))
    #expect(facts.durationInTicks == 241 * Int64(rate.denominator))
    #expect(facts.seconds == 241 * Double(rate.denominator) / Double(rate.numerator))
    #expect(try frames(of: path).map(\.time) == (0..<241).map { $0 * Int64(rate.denominator) })
  }

  @Test(arguments: ["ultrafast", "medium", "veryslow"])
  func `presets that reorder frames differently keep every time`(preset: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 16, height: 16, preset: preset), frameCount: 250)
    #expect(try VideoReader(opening: path).facts.durationInTicks == 250)
    #expect(try frames(of: path).map(\.time) == (0..<250).map(Int64.init))
  }

  @Test func `reading goes on from the encoder's first frame before a time`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 16, height: 16), frameCount: 700)
    var reader = try VideoReader(opening: path)
    let all = try frames(of: path)
    for time in [480, 500, 0, 240, 239, 699, 3] {
      try reader.seek(to: Int64(time))
      let first = try #require(try reader.next())
      #expect(first.time <= time && first.time >= time / 240 * 240)
      #expect(time % 240 > 0 || first.time == time)
      #expect(first == all[Int(first.time)])
      #expect(try first.time == 699 || reader.next() == all[Int(first.time) + 1])
    }
  }

  @Test func `a frame rate is kept in lowest terms`() {
    #expect(VideoFrameRate(60, 2) == VideoFrameRate(30))
    #expect(VideoFrameRate(60, 2).description == "30")
    #expect(VideoFrameRate(30000, 1001).description == "30000/1001")
  }
}
