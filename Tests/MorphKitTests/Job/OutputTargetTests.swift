internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Output's name` {
  private func target(
    _ text: String, for command: JobCommand = .morph, in folder: String = "/proc/nowhere"
  ) throws(MorphError) -> OutputTarget {
    try OutputTarget(
      PlacedText(text: text, place: .option("--output")), for: command, folder: folder)
  }

  @Test(arguments: [
    ("x.mp4", OutputTarget.Kind.video, "/proc/nowhere/x.mp4"), ("X.MP4", .video, "/proc/nowhere/X.MP4"),
    ("x.png", .grid, "/proc/nowhere/x.png"), ("a/b.c/x.Png", .grid, "/proc/nowhere/a/b.c/x.Png"),
    ("x#1.png", .grid, "/proc/nowhere/x#1.png"), ("100%.png", .grid, "/proc/nowhere/100%.png"),
    ("frames", .frames, "/proc/nowhere/frames"), ("frames/", .frames, "/proc/nowhere/frames"),
    ("frames//", .frames, "/proc/nowhere/frames"), ("x.png/", .frames, "/proc/nowhere/x.png"),
    ("/a.mp4", .video, "/a.mp4"),
  ])
  func `says what the result is`(text: String, kind: OutputTarget.Kind, path: String) throws {
    let target = try target(text)
    #expect(target.kind == kind)
    #expect(target.path == path)
    #expect(target.names == .folder)
  }

  @Test func `of an existing folder means single pictures`() async throws {
    try await withTemporaryFolder { folder in
      try write("", to: "\(folder)/v1.2/file")
      #expect(try target("v1.2", in: folder).kind == .frames)
    }
  }

  @Test(arguments: [
    ("f_%06d.png", "f_000042.png"), ("f_####.png", "f_0042.png"), ("%d.png", "42.png"),
    ("a/##.PNG", "42.PNG"),
    ("%3d.png", "042.png"), ("a%b_%012d.png", "a%b_000000000042.png"), ("####.png", "0042.png"),
    ("%04d_#.png", "0042_#.png"),
  ])
  func `with a pattern names single pictures`(text: String, name: String) throws {
    let target = try target(text)
    #expect(target.kind == .frames)
    guard case .pattern(let pattern) = target.names else {
      Issue.record("no pattern")
      return
    }
    #expect(pattern.fileName(ofFrame: 42) == name)
    #expect(pattern.number(inFileName: name) == 42)
    #expect(target.path == "/proc/nowhere/\(text)")
  }

  @Test func `with a pattern knows its own frames among other files`() throws {
    guard case .pattern(let pattern) = try target("out/f_%04d.png").names else {
      Issue.record("no pattern")
      return
    }
    #expect(pattern.number(inFileName: "f_12345.png") == 12_345)
    for other in [
      "f_042.png", "f_00042.png", "f_0042.jpg", "g_0042.png", "f_.png", "f_+042.png", "f_004a.png",
      "f_0042.png.json",
    ] {
      #expect(pattern.number(inFileName: other) == nil)
    }
  }

  @Test(arguments: [
    "%06d_%d.png", "##_##.png", "##%d.png", "%013d.png", "%99999999999999999999999999d.png",
    "#############.png",
  ])
  func `with two patterns, or an endless one, is refused`(text: String) {
    let error = #expect(throws: MorphError.self) { try target(text) }
    #expect(error?.subject == "--output")
    #expect(
      error?.problem
        == .setting(
          .value("/proc/nowhere/\(text)", allowed: "one %06d or #### in the name, with at most 12 digits")))
  }

  private static let endings = [
    ".mp4 (a video)", ".png (a grid)", "a folder with / at the end (single pictures)",
  ]

  @Test(arguments: ["x.gif", "x.mov", "v1.2", "x.jpg", "x.mp4.json", "x_%06d.jpg", "x_%06d.mp4"])
  func `with another ending is answered with those that can be`(text: String) {
    let error = #expect(throws: MorphError.self) { try target(text) }
    #expect(error?.problem == .setting(.unknownEnding(text, allowed: Self.endings)))
  }

  @Test(arguments: ["x_%06d", "x_####"])
  func `with a pattern and no ending is answered with the ending`(text: String) {
    let error = #expect(throws: MorphError.self) { try target(text) }
    #expect(error?.problem == .setting(.unknownEnding(text, allowed: [".png"])))
  }

  @Test(arguments: ["", "-"])
  func `must be one`(text: String) {
    let error = #expect(throws: MorphError.self) { try target(text) }
    #expect(error?.problem == .setting(.value(text, allowed: "the name of a file or folder")))
  }

  @Test(arguments: [".png", "a/.mp4", ".PNG/", ".npy", ".safetensors"])
  func `must be more than an ending`(text: String) {
    let error = #expect(throws: MorphError.self) { try target(text) }
    #expect(error?.problem == .setting(.value(text, allowed: "a name before the ending")))
  }

  @Test(arguments: [
    (JobCommand.reconstruct, "x.mp4", "a video"), (.reconstruct, "x/", "single pictures"),
    (.align, "x.mp4", "a video"),
  ])
  func `must be of a kind that the command makes`(command: JobCommand, text: String, kind: String) {
    let error = #expect(throws: MorphError.self) { try target(text, for: command) }
    guard case .setting(.notForThisCommand(kind, command: command.rawValue, _)) = error?.problem else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
  }

  @Test(arguments: [
    (JobCommand.morph, OutputTarget.Kind.video), (.sample, .grid), (.reconstruct, .grid), (.align, .frames),
  ])
  func `may be left out`(command: JobCommand, kind: OutputTarget.Kind) throws {
    let target = try OutputTarget(nil, for: command, folder: ".")
    #expect(target.kind == kind)
    #expect(target.path == nil)
  }
}
