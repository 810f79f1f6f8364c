internal import TestSupport
internal import Testing
internal import VideoFiles

@testable import MorphKit

struct `Video sink` {
  /// Even pictures, each of its own grey level.
  private let levels: [UInt8] = [16, 60, 110, 160, 200, 240, 128]

  private func picture(_ level: UInt8, width: Int, height: Int) -> Image {
    Image(width: width, height: height, filledWith: Color(red: level, green: level, blue: level))
  }

  private func write(
    to path: String, settings: MorphJob.VideoSettings = .init(crf: 10, preset: "ultrafast"),
    width: Int = 32, height: Int = 32
  ) throws {
    var sink = try VideoSink(
      creating: path, name: "x.mp4", settings: settings, width: width, height: height,
      comment: "{\"a\":\"ü\"}")
    for level in levels {
      let picture = picture(level, width: width, height: height)
      try sink.write(VideoPicture(picture, width: width, height: height))
    }
    try sink.finish()
  }

  @Test(arguments: ["30", "30000/1001", "1", "23.976"])
  func `makes a video that has every frame once, in order, at its time`(text: String) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x"
      let rate = try FrameRate(parsing: text)
      try write(to: path, settings: .init(frameRate: rate, crf: 10, preset: "ultrafast"))
      var reader = try VideoReader(opening: path)
      let facts = reader.facts
      #expect((facts.width, facts.height, facts.frameCount) == (32, 32, levels.count))
      #expect(facts.frameRate == VideoFrameRate(Int32(rate.numerator), Int32(rate.denominator)))
      #expect(abs(facts.seconds - Double(levels.count) / rate.framesPerSecond) < 1e-9)
      #expect(facts.comment == "{\"a\":\"ü\"}")
      #expect(facts.colour == .highDefinition)
      for (number, level) in levels.enumerated() {
        let frame = try #require(try reader.next())
        #expect(frame.pixels.allSatisfy { abs(Int($0) - Int(level)) <= 3 })
        let seconds =
          Double(frame.time) * Double(facts.ticksPerSecond.denominator)
          / Double(facts.ticksPerSecond.numerator)
        #expect(abs(seconds - Double(number) / rate.framesPerSecond) < 1e-9)
      }
      #expect(try reader.next() == nil)
    }
  }

  @Test func `pads an odd side by one row or column`() async throws {
    try await withTemporaryFolder { folder in
      try write(to: "\(folder)/x", width: 31, height: 17)
      let facts = try VideoReader(opening: "\(folder)/x").facts
      #expect((facts.width, facts.height) == (32, 18))
    }
  }

  @Test func `gives the same bytes for the same frames`() async throws {
    try await withTemporaryFolder { folder in
      try write(to: "\(folder)/x")
      try write(to: "\(folder)/y")
      #expect(try contents("\(folder)/x") == contents("\(folder)/y"))
    }
  }

  @Test func `names the result when its file can't be made`() async throws {
    try await withTemporaryFolder { folder in
      let error = #expect(throws: MorphError.self) { try write(to: "\(folder)/missing/x") }
      #expect(error?.subject == "x.mp4")
      guard case .output(.cannotWrite) = error?.problem else {
        Issue.record("\(error?.description ?? "no error")")
        return
      }
    }
  }

  @Test func `knows x264's presets alone`() throws {
    #expect(try MorphJob.VideoSettings.preset(named: "veryslow") == "veryslow")
    let problem = #expect(throws: SettingProblem.self) { try MorphJob.VideoSettings.preset(named: "Fast") }
    guard case .value("Fast", _) = problem else {
      Issue.record("\(problem?.message ?? "no problem")")
      return
    }
  }
}
