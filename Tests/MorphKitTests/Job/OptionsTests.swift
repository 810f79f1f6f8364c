internal import Testing

@testable import MorphKit

struct `Options and job files` {
  struct Case: CustomTestStringConvertible {
    var command: JobCommand
    var options: [JobOption]
    var output: String
    var yaml: String

    var testDescription: String { yaml }
  }

  private static func keyframes(_ texts: String...) -> JobOption {
    JobOption("keyframes", .list(texts), option: "morph")
  }

  private static func photos(_ texts: String...) -> JobOption {
    JobOption("photos", .list(texts), option: "photos")
  }

  private static func option(_ key: String, _ text: String) -> JobOption {
    JobOption(key, .text(text), option: "--" + key.replacing("_", with: "-"))
  }

  static let cases = [
    Case(
      command: .morph, options: [keyframes("ada.jpg", "b.jpg#2", "seed:3", "z.npy:1")], output: "x.mp4",
      yaml: "morph: {keyframes: [ada.jpg, b.jpg#2, seed:3, {latents: z.npy, row: 1}]}"),
    Case(
      command: .morph, options: [keyframes("seed:1", "seed:2", "seed:3"), option("frames", "3,5")],
      output: "x.png", yaml: "morph: {keyframes: [seed:1, {seed: 2}, seed:3], frames: [3, 5]}"),
    Case(
      command: .morph,
      options: [keyframes("seed:1", "seed:2"), option("seconds", "1.5"), option("fps", "30000/1001")],
      output: "x.mp4", yaml: "morph: {keyframes: [seed:1, seed:2], seconds: 1.5, fps: 30000/1001}"),
    Case(
      command: .morph,
      options: [
        keyframes("seed:1", "seed:2"), option("crf", "30"), option("preset", "fast"), option("size", "256"),
        option("no_align", "true"),
      ],
      output: "x.mp4",
      yaml: "morph: {keyframes: [seed:1, seed:2], crf: 30, preset: fast, size: 256, no_align: true}"),
    Case(
      command: .morph, options: [keyframes("seed:1", "seed:2"), option("size", "native")], output: "f/",
      yaml: "morph: {keyframes: [seed:1, seed:2], size: native}"),
    Case(
      command: .sample,
      options: [
        option("seeds", "1,2,5-10"), option("columns", "3"), option("gap", "0"),
        option("background", "#102030"),
      ],
      output: "x.png", yaml: "sample: {seeds: [1, 2, 5-10], columns: 3, gap: 0, background: \"#102030\"}"),
    Case(command: .sample, options: [], output: "f_%04d.png", yaml: "sample:"),
    Case(
      command: .sample, options: [option("seeds", "7"), option("fps", "2")], output: "x.mp4",
      yaml: "sample: {seeds: 7, fps: 2}"),
    Case(
      command: .reconstruct, options: [photos("ada.jpg", "b.jpg#2"), option("no_align", "false")],
      output: "x.png", yaml: "reconstruct: {photos: [ada.jpg, {photo: b.jpg, face: 2}], no_align: false}"),
    Case(command: .align, options: [photos("ada.jpg")], output: "f/", yaml: "align: {photos: ada.jpg}"),
  ]

  @Test(arguments: cases)
  func `make equal jobs`(example: Case) throws {
    let fromOptions = try MorphJob(
      example.command, options: example.options, model: "tiny", output: example.output,
      installation: testInstallation)
    let fromFile = try job("\(example.yaml)\nmodel: tiny\noutput: \(example.output)")
    #expect(fromOptions == fromFile)
  }

  @Test func `are both refused for the same reason, each with its own place`() throws {
    let options = [Self.keyframes("seed:1", "seed:2"), Self.option("fps", "0")]
    let fromOptions = #expect(throws: MorphError.self) {
      try MorphJob(
        .morph, options: options, model: "tiny", output: "x.mp4", installation: testInstallation)
    }
    let fromFile = #expect(throws: MorphError.self) {
      try job("morph: {keyframes: [seed:1, seed:2],\n  fps: 0}\nmodel: tiny\noutput: x.mp4")
    }
    #expect(fromOptions?.subject == "--fps")
    #expect(fromFile?.subject == "job.yaml: line 2")
    #expect(fromOptions?.problem == fromFile?.problem)
  }

  @Test func `of which one names a keyframe that can't be are told it by its own text`() {
    let error = #expect(throws: MorphError.self) {
      try MorphJob(
        .morph, options: [Self.keyframes("seed:1", "seed:x")], model: "tiny", output: nil,
        installation: testInstallation)
    }
    #expect(error?.subject == "seed:x")
    #expect(error?.problem == .setting(.notOneSeed("x")))
  }

  @Test func `without a model mean the default one`() throws {
    let installation = Installation(modelsFolder: "/proc/nowhere", facesFolder: "/proc/nowhere")
    let error = #expect(throws: MorphError.self) {
      try MorphJob(.sample, options: [], model: nil, output: nil, installation: installation)
    }
    #expect(error?.subject == "--model")
    #expect(error?.problem == .setting(.modelNotInstalled("portraits-128", installed: [])))
  }
}
