internal import TestSupport
internal import Testing

@testable import MorphKit

/// The time of a morph, as job files state it.
struct `Timing of a morph` {
  private func job(_ settings: String, output: String = "x.mp4") throws(MorphError) -> MorphJob {
    try MorphKitTests.job("model: tiny\nmorph:\n  \(settings)\noutput: \(output)")
  }

  private func timeline(_ settings: String, output: String = "x.mp4") throws -> Timeline {
    guard
      case .morph(_, let timeline) = try job(
        "keyframes: [seed:1, seed:2, seed:3]\n  " + settings, output: output
      ).content
    else { preconditionFailure("a morph was asked for") }
    return timeline
  }

  private func expect(
    _ settings: String, _ lengths: [Int], holds: [Int]? = nil, course: Timeline.Course = .open,
    eases: [Ease]? = nil, frames: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let timeline = try timeline(settings)
    #expect(
      timeline
        == Timeline(
          transitionLengths: lengths, holds: holds, eases: eases, course: course,
          frameRate: timeline.frameRate),
      sourceLocation: sourceLocation)
    #expect(timeline.frameCount == frames, sourceLocation: sourceLocation)
  }

  @Test func `has one value, or one for each transition`() throws {
    try expect("frames: 5", [5, 5], frames: 11)
    try expect("frames: 5,7", [5, 7], frames: 13)
    try expect("seconds: [1, 0.5]", [30, 15], frames: 46)
    try expect("fps: 10", [20, 20], frames: 41)
    try expect("ease: [quad-in, back-out]\n  frames: 4", [4, 4], eases: [.quadIn, .backOut], frames: 9)
    try expect("ease: smoothstep\n  frames: 4", [4, 4], eases: [.smoothstep, .smoothstep], frames: 9)
  }

  @Test func `a whole length is that of the result, with everything in it`() throws {
    try expect("duration: 3", [45, 44], frames: 90)
    try expect("duration: 3\n  loop: true", [30, 30, 30], course: .loop, frames: 90)
    try expect("duration: 4\n  pingpong: true", [30, 30], course: .pingpong, frames: 120)
    try expect("duration: 3\n  hold: 0.5", [30, 29], holds: [15, 0, 15], frames: 90)
    try expect("duration: 0.1", [1, 1], frames: 3)
  }

  @Test func `holds are those of the ends, of each keyframe, or what a keyframe says itself`() throws {
    try expect("frames: 2\n  hold: 0.1", [2, 2], holds: [3, 0, 3], frames: 11)
    try expect("frames: 2\n  hold: [0.1, 0.2, 0]", [2, 2], holds: [3, 6, 0], frames: 14)
    try expect(
      "frames: 2\n  hold: 0.1,0.2,0\n  loop: yes", [2, 2, 2], holds: [3, 6, 0], course: .loop, frames: 15)
    try expect(
      "frames: 2\n  hold: 0.1\n  pingpong: yes", [2, 2], holds: [3, 0, 3], course: .pingpong, frames: 14)
    let own = try job(
      "keyframes: [{seed: 1, hold: 1}, {seed: 2, hold: 0.5}, seed:3]\n  frames: 2\n  hold: 0.1")
    #expect(
      own.content
        == .morph(
          keyframes: [.seed(1), .seed(2), .seed(3)],
          Timeline(transitionLengths: [2, 2], holds: [30, 15, 3], frameRate: .thirty)))
  }

  @Test func `switches that are off change nothing`() throws {
    let plain = try job("keyframes: [seed:1, seed:2]")
    let stated = try job(
      "keyframes: [seed:1, {seed: 2, hold: 0}]\n  loop: false\n  pingpong: no\n  hold: 0\n  ease: linear\n  interpolation: linear\n  pace: time"
    )
    #expect(plain == stated)
  }

  @Test func `stills are single pictures, in a folder unless a grid is named`() throws {
    let job = try MorphJob(
      .morph,
      options: [
        JobOption("keyframes", .list(["seed:1", "seed:2"]), option: "morph"),
        JobOption("at", .text("0:1:0.1"), option: "--at"),
      ], model: "tiny", output: nil, installation: testInstallation)
    #expect(job.output.format == .frames(.folder))
    #expect(job.frameNames(3) == "percent_030.png")
    #expect(job.pictureCount == 11)
    #expect(try timeline("at: [0, 0.5, 1]", output: "x.png").frameCount == 3)
  }

  static let problems: [(String, SettingProblem)] = [
    ("duration: 0.05", .durationTooShort(seconds: 0.05, shortest: 0.1)),
    ("duration: 0", .durationTooShort(seconds: 0, shortest: 0.1)),
    ("duration: -1", .value("-1", allowed: "a number from 0 to 10000000")),
    ("duration: 9000000", .tooManyFrames),
    ("{duration: 3, seconds: 1}", .exclusive("seconds", "duration")),
    ("{duration: 3, frames: 1}", .exclusive("frames", "duration")),
    ("hold: long", .value("long", allowed: "a number from 0 to 10000000")),
    ("hold: 0.01", .shorterThanFrame("0.01", frameRate: .thirty)),
    ("hold: [1, 2]", .wrongCount(of: "keyframes", 2, expected: 3)),
    ("hold: 9000000", .tooManyFrames),
    ("{hold: 1, loop: true}", .loopHasNoEnds("1")),
    ("ease: slow", .value("slow", allowed: list(Ease.allCases.map(\.rawValue), last: "or"))),
    ("ease: [quad-in, quad-in, quad-in]", .wrongCount(of: "transitions", 3, expected: 2)),
    ("{ease: quad-in, pace: even}", .exclusive("ease", "pace")),
    ("interpolation: slerp", .value("slerp", allowed: "linear, spherical or cubic")),
    ("loop: maybe", .value("maybe", allowed: "true or false")),
    ("{loop: true, pingpong: true}", .exclusive("loop", "pingpong")),
    ("{loop: true, frames: [1, 2]}", .wrongCount(of: "transitions", 2, expected: 3)),
    ("pace: fast", .value("fast", allowed: "time or even")),
    (
      "{pace: even, frames: [1, 2]}",
      .value(
        "1,2", allowed: "one value, since an even pace gives each transition the time that it needs")
    ),
    ("dissolve: 1", .retiredKey("dissolve")),
    (
      "at: 0:1:0.1",
      .notForThisCommand(
        "a video", command: "at",
        allowed: [
          "a folder with / at the end (single pictures)", ".png (a grid)",
        ])
    ),
  ]

  @Test(arguments: problems)
  func `that can't be is refused with its line`(settings: String, problem: SettingProblem) {
    let inner = settings.hasPrefix("{") ? String(settings.dropFirst().dropLast()) : settings
    let error = #expect(throws: MorphError.self) {
      try MorphKitTests.job(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2, seed:3], \(inner)}\noutput: x.mp4")
    }
    #expect(error?.problem == .setting(problem))
    #expect(error?.isWrongUse == true)
  }

  @Test(arguments: [
    "frames: 3", "seconds: 1", "duration: 1", "hold: 1", "ease: quad-in", "loop: true", "pingpong: true",
    "pace: even", "fps: 3",
  ])
  func `stills have no time`(setting: String) {
    let error = #expect(throws: MorphError.self) {
      try MorphKitTests.job(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2], at: 0, \(setting)}\noutput: x/")
    }
    #expect(error?.problem == .setting(.exclusive("at", String(setting.prefix { $0 != ":" }))))
  }

  @Test(arguments: [
    ("{keyframes: [{seed: 1, hold: 1}, seed:2], at: 0}\noutput: x/", SettingProblem.exclusive("at", "hold")),
    (
      "{keyframes: [seed:1, seed:2], at: 0}\noutput: x_###.png",
      .value(
        "x_###.png", allowed: "a folder with / at the end, since stills are named after their positions")
    ),
    ("{keyframes: [seed:1, seed:2, seed:1], loop: true}\noutput: x.mp4", .loopRepeatsFirst),
    (
      "{keyframes: [{seed: 1, hold: [1]}, seed:2]}\noutput: x.mp4",
      .wrongKind(key: "hold", expected: "a number of seconds")
    ),
  ])
  func `keyframes and outputs that don't go with it are refused`(morph: String, problem: SettingProblem) {
    let error = #expect(throws: MorphError.self) { try MorphKitTests.job("model: tiny\nmorph: \(morph)") }
    #expect(error?.problem == .setting(problem))
  }
}
