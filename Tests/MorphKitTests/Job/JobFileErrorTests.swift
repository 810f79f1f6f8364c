internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Errors of a job file` {
  private func error(_ yaml: String) -> MorphError? {
    #expect(throws: MorphError.self) { try job(yaml) }
  }

  private static let anyRate = "a number over 0 and up to 1000, or a fraction like 30000/1001"
  private static let commands = JobCommand.allCases.map(\.rawValue)
  private static let presets =
    "ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow or placebo"

  /// A setting of a morph into a video, at line 4, and what is wrong with it.
  static let videoSettings: [(String, SettingProblem)] = [
    ("framse: 3", .unknownKey("framse", nearest: "frames")),
    ("second: 3", .unknownKey("second", nearest: "seconds")),
    ("FPS: 3", .unknownKey("FPS", nearest: "fps")),
    ("no-align: true", .unknownKey("no-align", nearest: "no_align")),
    ("colour: red", .unknownKey("colour", nearest: nil)),
    ("fps: 0", .value("0", allowed: anyRate)),
    ("fps: -1", .value("-1", allowed: anyRate)),
    ("fps: .nan", .value(".nan", allowed: anyRate)),
    ("fps: [30]", .wrongKind(key: "fps", expected: "a single value")),
    ("frames: 0", .value("0", allowed: "a whole number from 1 to 100000000")),
    ("frames: 1.5", .value("1.5", allowed: "a whole number from 1 to 100000000")),
    (
      "frames: 99999999999999999999",
      .value("99999999999999999999", allowed: "a whole number from 1 to 100000000")
    ),
    ("frames: 100000000", .tooManyFrames),
    ("frames: [1, 2, 3]", .wrongCount(of: "transitions", 3, expected: 2)),
    ("frames: {a: 1}", .wrongKind(key: "frames", expected: "a value or a list of values")),
    ("seconds: 1:30", .value("1:30", allowed: "a number from 0 to 10000000")),
    ("seconds: -1", .value("-1", allowed: "a number from 0 to 10000000")),
    ("seconds: .inf", .value(".inf", allowed: "a number from 0 to 10000000")),
    ("seconds: nan", .value("nan", allowed: "a number from 0 to 10000000")),
    ("seconds: 0x10", .value("0x10", allowed: "a number from 0 to 10000000")),
    ("seconds: 9000000", .tooManyFrames),
    ("seconds: 0.001", .transitionTooShort(seconds: 0.001, frameRate: .thirty)),
    ("size: 8", .value("8", allowed: "'native', or the longer side in pixels from 16 to 16384")),
    ("size: 99999", .value("99999", allowed: "'native', or the longer side in pixels from 16 to 16384")),
    ("crf: 52", .value("52", allowed: "a whole number from 0 to 51")),
    ("crf: good", .value("good", allowed: "a whole number from 0 to 51")),
    ("preset: slowest", .value("slowest", allowed: presets)),
    ("no_align: perhaps", .value("perhaps", allowed: "true or false")),
    ("columns: 2", .notForThisOutput("a grid setting", output: "a video")),
    ("gap: 2", .notForThisOutput("a grid setting", output: "a video")),
    ("background: white", .notForThisOutput("a grid setting", output: "a video")),
    ("output: y.mp4", .unknownKey("output", nearest: nil)),
  ]

  @Test(arguments: videoSettings)
  func `a setting of a video that can't be is found with its line`(text: String, problem: SettingProblem) {
    let error = error("model: tiny\nmorph:\n  keyframes: [seed:1, seed:2, seed:3]\n  \(text)\noutput: x.mp4")
    #expect(error?.subject == "job.yaml: line 4")
    #expect(error?.problem == .setting(problem))
    #expect(error?.isWrongUse == true)
  }

  static let gridSettings: [(String, SettingProblem)] = [
    ("crf: 18", .notForThisOutput("a video setting", output: "a PNG grid")),
    ("preset: fast", .notForThisOutput("a video setting", output: "a PNG grid")),
    ("fps: 30", .notForThisOutput("a frame rate", output: "a PNG grid")),
    ("columns: 0", .value("0", allowed: "a whole number from 1 to 1000000")),
    ("gap: -1", .value("-1", allowed: "a whole number from 0 to 10000")),
    ("background: beige", .value("beige", allowed: "black, white, gray or #RRGGBB")),
    ("seeds: 9-5", .backwardSeeds("9-5", turned: "5-9")),
    ("seeds: 1,,2", .notASeed("")),
    ("seeds: [1, x]", .notASeed("x")),
    ("seeds: 4294967296", .notASeed("4294967296")),
    ("seeds: 0-4294967295", .tooManyFrames),
    ("no_align: true", .unknownKey("no_align", nearest: nil)),
    ("keyframes: [seed:1]", .unknownKey("keyframes", nearest: nil)),
  ]

  @Test(arguments: gridSettings)
  func `a setting of a grid that can't be is found with its line`(text: String, problem: SettingProblem) {
    let error = error("model: tiny\n\nsample:\n  \(text)\noutput: x.png")
    #expect(error?.subject == "job.yaml: line 4")
    #expect(error?.problem == .setting(problem))
  }

  static let keyframes: [(String, SettingProblem)] = [
    ("seed:x", .notOneSeed("x")), ("seed:-1", .notOneSeed("-1")),
    ("seed:4294967296", .notOneSeed("4294967296")),
    ("{sead: 1}", .unknownKey("sead", nearest: "seed")),
    ("{seed: 1, face: 2}", .needsOneOf(["photo (with face)", "seed", "latents (with row)"])),
    ("{photo: a.jpg, seed: 2}", .needsOneOf(["photo (with face)", "seed", "latents (with row)"])),
    ("{face: 2}", .needsOneOf(["photo (with face)", "seed", "latents (with row)"])),
    ("{photo: a.jpg, face: 0}", .value("0", allowed: "a whole number from 1 to 10000")),
    (
      "{latents: z.npy, row: -1}",
      .value("-1", allowed: "the number of a row, counted from 0, or rows like 0-9")
    ),
    ("[seed:1]", .wrongKind(key: "keyframes", expected: "a mapping of settings")),
    ("z.npy:x", .value("z.npy:x", allowed: "the number of a row, counted from 0, as in z.npy:0")),
    (
      "ada.jpg#0",
      .value("ada.jpg#0", allowed: "the number of a face, counted from 1 from the left, as in ada.jpg#1")
    ),
  ]

  @Test(arguments: keyframes)
  func `a keyframe that can't be is found with its own line`(text: String, problem: SettingProblem) {
    let error = error("model: tiny\nmorph:\n  keyframes:\n    - seed:1\n    - \(text)\noutput: x.mp4")
    #expect(error?.subject == "job.yaml: line 5")
    #expect(error?.problem == .setting(problem))
  }

  static let wholes: [(String, Int?, SettingProblem)] = [
    ("", nil, .emptyFile), ("# Nothing.\n", nil, .emptyFile), ("~", nil, .emptyFile),
    ("---\n...\n", nil, .emptyFile),
    ("- a\n- b", 1, .syntax("settings are expected, each as 'key: value'")),
    ("just words", 1, .syntax("settings are expected, each as 'key: value'")),
    ("model: tiny\noutput: x.mp4", nil, .needsOneOf(commands)),
    ("sample:\nmorph:\noutput: x.mp4", nil, .needsOneOf(commands)),
    ("morhp: {}\noutput: x.mp4", 1, .unknownKey("morhp", nearest: "morph")),
    ("morf: {}\noutput: x.mp4", 1, .unknownKey("morf", nearest: "morph")),
    (
      "model: tiny\nmorph:\n  keyframe: [seed:1, seed:2]\noutput: x.mp4", 3,
      .unknownKey("keyframe", nearest: "keyframes")
    ),
    ("model: tiny\nalign:\n  photo: [a.jpg]\noutput: x/", 3, .unknownKey("photo", nearest: "photos")),
    ("model: tiny\nsample: {trunc: 0.5}\noutput: x.png", 2, .unknownKey("trunc", nearest: "temperature")),
    ("sample:\nmodle: tiny\noutput: x.png", 2, .unknownKey("modle", nearest: "model")),
    ("sample:\nmodel: tiny\noutput: x.png\nfps: 3", 4, .unknownKey("fps", nearest: nil)),
    ("sample:\nmodel: tiny", 1, .missingKey("output")),
    ("sample:\noutput:", 2, .noValue("output")),
    ("sample: 3\noutput: x.png", 1, .wrongKind(key: "sample", expected: "a mapping of settings")),
    ("morph:\noutput: x.mp4\nmodel: tiny", 1, .tooFewKeyframes(0)),
    ("model: tiny\nmorph:\n  keyframes: []\noutput: x.mp4", 3, .tooFewKeyframes(0)),
    ("model: tiny\nmorph:\n  keyframes: [seed:1]\noutput: x.mp4", 3, .tooFewKeyframes(1)),
    (
      "model: tiny\nmorph:\n  keyframes: seed:1\noutput: x.mp4", 3,
      .wrongKind(key: "keyframes", expected: "a list of keyframes")
    ),
    (
      "model: tiny\nmorph: {keyframes: [seed:1, seed:2],\n  seconds: 1,\n  frames: 2}\noutput: x.mp4", 4,
      .exclusive("frames", "seconds")
    ),
    ("model: tiny\nalign:\n  no_align: true\noutput: x/", 2, .missingKey("photos")),
    (
      "model: tiny\nalign:\n  photos:\n    - seed:1\noutput: x/", 4,
      .wrongKind(key: "photos", expected: "a list of photos")
    ),
    (
      "model: tiny\nsample:\noutput: x.gif", 3,
      .unknownEnding(
        "x.gif",
        allowed: [".png (a grid)", "a folder with / at the end (single pictures)", ".mp4 (a video)"])
    ),
    (
      "model: tiny\nreconstruct: {photos: a.jpg}\noutput: x.mp4", 3,
      .notForThisCommand("a video", command: "reconstruct", allowed: [".png (a grid)"])
    ),
    ("model: tiny\nsample:\n  gap: 1\n  seeds: 1\n  gap: 2\noutput: x.png", 3, .repeatedKey("gap")),
    ("model: tiny\nsample:\noutput: x.png\nmodel: tiny", 1, .repeatedKey("model")),
    ("sample: {gap: 1, \"gap\": 2}\noutput: x.png", 1, .repeatedKey("gap")),
  ]

  @Test(arguments: wholes)
  func `what is wrong with the whole is found with its line`(
    yaml: String, line: Int?, problem: SettingProblem
  ) {
    let error = error(yaml)
    #expect(error?.subject == "job.yaml" + (line.map { ": line \($0)" } ?? ""))
    #expect(error?.problem == .setting(problem))
  }

  @Test(arguments: [
    ("sample:\n\tgap: 1\n", 2), ("sample: [1,\noutput: x.png\n", 3), ("a: 'b\n", 2), ("a: b: c\n", 1),
    ("a\nb: c\n", 2),
    ("{a: 1\n", 2), ("sample: @x\n", 1), ("x: \"\\q\"\n", 1), ("a: 1\n---\nb: 2\n", 2), ("[a]: b\n", 1),
    ("!!python/object:os.system {a: b}: c\n", 1),
  ])
  func `broken YAML is told with its line`(yaml: String, line: Int) {
    let error = error(yaml)
    #expect(error?.subject == "job.yaml: line \(line)")
    guard case .setting(.syntax) = error?.problem else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
  }

  @Test func `a model that is not installed is named, with those that are`() {
    let error = error("model: nowhere\nsample:\noutput: x.png")
    #expect(error?.subject == "job.yaml: line 1")
    guard case .setting(.modelNotInstalled("nowhere", let installed)) = error?.problem else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
    #expect(installed.contains("tiny"))
    #expect(installed == installed.sorted())
    #expect(!installed.contains("numpy"))
  }

  @Test func `a file that can't be read is told apart`() async throws {
    try await withTemporaryFolder { folder in
      let cases: [(String, SettingProblem)] = [
        ("missing.yaml", .missingFile), ("", .unreadable(reason: "it is not a regular file")),
      ]
      for (name, problem) in cases {
        let error = #expect(throws: MorphError.self) {
          try MorphJob(contentsOf: "\(folder)/\(name)", installation: testInstallation)
        }
        #expect(error?.subject == "\(folder)/\(name)")
        #expect(error?.problem == .setting(problem))
      }
    }
  }
}
