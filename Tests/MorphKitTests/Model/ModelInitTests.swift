internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Making a model folder` {
  /// Without the face finder's files, so that no crop is measured.
  private let options = RenderOptions(
    installation: Installation(modelsFolder: "/missing", facesFolder: "/missing"), threads: 1)

  private func hints(_ stated: [String: String]) throws -> ModelHints {
    var hints = ModelHints()
    for (option, text) in stated {
      try hints.state(option, text)
    }
    return hints
  }

  /// Makes a folder `made` of a fixture's networks and a smooth colourful picture, and gives it to `body`.
  private func make(
    _ name: String, _ stated: [String: String] = [:], decoder: String = "decoder.onnx",
    picture: Image = gradient(width: 32, height: 32, blue: 90),
    _ body: (String) async throws -> Void = { _ in }
  ) async throws {
    try await withTemporaryFolder { folder in
      try writePNG(picture, to: "\(folder)/face.png")
      do {
        _ = try await makeModelFolder(
          at: "\(folder)/made", encoder: fixture("\(name)/encoder.onnx"),
          decoder: fixture("\(name)/\(decoder)"),
          image: "\(folder)/face.png", hints: hints(stated), options: options)
      } catch {
        #expect(try names(in: folder) == ["face.png"])
        throw error
      }
      #expect(try names(in: folder) == ["face.png", "made"])
      try await body("\(folder)/made")
    }
  }

  private func problem(
    _ name: String, _ stated: [String: String] = [:],
    picture: Image = gradient(width: 32, height: 32, blue: 90)
  ) async -> ModelProblem? {
    let error = await #expect(throws: MorphError.self) { try await make(name, stated, picture: picture) }
    if case .model(let problem) = error?.problem { return problem }
    return nil
  }

  /// Where networks are linear, several ranges or orders of channels bring a picture back alike, and one is stated.
  static let models: [(name: String, stated: [String: String])] = [
    ("tiny", ["--channels": "rgb"]), ("gray", [:]), ("sigmoid", ["--channels": "rgb"]),
    ("nhwc-bgr-tanh", ["--channels": "bgr", "--range": "-1,1"]), ("spread-sigma", ["--channels": "rgb"]),
    ("spread-log-sigma", ["--channels": "rgb"]), ("moments-halves", ["--channels": "rgb"]),
    ("moments-interleaved", ["--channels": "rgb"]), ("autoencoder", ["--channels": "rgb"]),
    ("batch-4", ["--channels": "rgb"]), ("mean-std", ["--channels": "rgb", "--range": "imagenet"]),
  ]

  @Test(arguments: models)
  func `finds out what the model's own description says`(name: String, stated: [String: String]) async throws
  {
    try await make(name, stated) { path in
      #expect(try names(in: path) == ["check.png", "decoder.onnx", "encoder.onnx", "model.yaml"])
      let (found, expected) = (
        try ModelFolder(at: path).description, try ModelFolder(at: fixture(name)).description
      )
      #expect(found.name == "made")
      #expect(found.image == expected.image)
      #expect(found.encoder?.output == expected.encoder?.output)
      #expect(
        (found.encoder?.input, found.decoder.input, found.decoder.output) == ("image", "latent", "image"))
      for (range, other) in [
        (found.encoder?.range, expected.encoder?.range), (found.decoder.range, expected.decoder.range),
      ] {
        #expect(largestDifference(range?.factors ?? [], other?.factors ?? [1]) < 1e-5)
        #expect(largestDifference(range?.offsets ?? [], other?.offsets ?? [1]) < 1e-5)
      }
      #expect(found.latent == expected.latent)
      #expect(found.prior == .standard)
      #expect(found.crop == nil)
      #expect(try #require(found.check).psnr > 30)
      _ = try await inspectModel(at: path, options: options)
    }
  }

  @Test func `copies what networks need beside them`() async throws {
    let always = ["check.png", "encoder.onnx", "model.yaml"]
    try await make("external-data", ["--channels": "rgb"]) { path in
      let found = try names(in: path)
      #expect(found == (always + ["decoder.onnx", "decoder.onnx.data"]).sorted())
    }
    try await make("ir", ["--channels": "rgb"], decoder: "decoder.xml") { path in
      let found = try names(in: path)
      #expect(found == (always + ["decoder.bin", "decoder.xml"]).sorted())
    }
  }

  @Test func `writes what was stated`() async throws {
    let stated = [
      "--channels": "bgr", "--range": "0,1", "--activation": "none", "--layout": "nchw",
      "--spread-as": "log_sigma",
    ]
    try await withTemporaryFolder { folder in
      try writePNG(gradient(width: 300, height: 200), to: "\(folder)/face.png")
      var hints = try hints(stated)
      hints.name = "Ada's \"model\": 1"
      hints.scale = "0.5"
      hints.shift = "-1"
      let report = try await makeModelFolder(
        at: "\(folder)/made", encoder: fixture("tiny/encoder.onnx"), decoder: fixture("tiny/decoder.onnx"),
        image: "\(folder)/face.png", hints: hints, options: options)
      #expect(report.name == "Ada's \"model\": 1")
      let description = try ModelFolder(at: "\(folder)/made").description
      #expect(description.image.channels == .bgr)
      #expect(
        description.encoder?.output == .meanAndSpread(mean: "mean", spread: "log_variance", as: .logSigma))
      #expect(description.latent == .init(shape: [192], scale: [0.5], shift: [-1]))
      // The picture is scaled and centre-cropped to the model's size.
      #expect(try readPicture("\(folder)/made/check.png").sizeText == "32 × 32")
    }
  }

  @Test func `says what can't be found out, and how to state it`() async {
    #expect(
      await problem("tiny")
        == .unclear(
          what: "the order of its colour channels (a colourful picture tells)",
          option: "--channels rgb or --channels bgr"))
    let noise = Image(
      width: 32, height: 32, pixels: (0..<3072).map { UInt8($0 * 7919 % 251 % 2 * 255) })
    guard case .noReconstruction(let psnr) = await problem("tiny", ["--channels": "rgb"], picture: noise)
    else {
      Issue.record("a picture came back that can't")
      return
    }
    #expect(psnr < 12)
  }

  @Test func `refuses networks that are no pair`() async throws {
    guard case .shape = await problem("mismatch", ["--channels": "rgb"]) else {
      Issue.record("a pair that does not fit was taken")
      return
    }
    guard case .network = await problem("outside-data", ["--channels": "rgb"]) else {
      Issue.record("weights outside the folder were taken")
      return
    }
    try await withTemporaryFolder { folder in
      try writePNG(gradient(width: 32, height: 32), to: "\(folder)/face.png")
      let error = await #expect(throws: MorphError.self) {
        try await makeModelFolder(
          at: "\(folder)/made", encoder: fixture("tiny/decoder.onnx"), decoder: fixture("tiny/encoder.onnx"),
          image: "\(folder)/face.png", hints: ModelHints(), options: options)
      }
      #expect(
        error?.problem
          == .model(.notAVAE("the encoder must take one picture, four dimensions with the batch")))
    }
  }

  @Test func `leaves alone what is there already`() async throws {
    try await withTemporaryFolder { folder in
      try write("mine", to: "\(folder)/made/diary.txt")
      let error = await #expect(throws: MorphError.self) {
        try await makeModelFolder(
          at: "\(folder)/made", encoder: fixture("tiny/encoder.onnx"), decoder: fixture("tiny/decoder.onnx"),
          image: "\(folder)/face.png", hints: ModelHints(), options: options)
      }
      #expect(error == MorphError("\(folder)/made", OutputProblem.modelFolderExists))
      #expect(try names(in: "\(folder)/made") == ["diary.txt"])
    }
  }

  @Test(arguments: [
    ("--spread-as", "variance", "log_variance, log_sigma or sigma"),
    ("--order", "pairs", "halves or interleaved"),
    ("--layout", "hwc", "nchw or nhwc"), ("--channels", "rgba", "rgb, bgr or gray"),
    ("--activation", "relu", "none, sigmoid or tanh"), ("--range", "0,2", "0,1, -1,1, 0,255 or imagenet"),
    ("--image-size", "128", "WIDTHxHEIGHT, as in 128x128"),
    ("--image-size", "0x128", "WIDTHxHEIGHT, as in 128x128"),
    ("--image-size", "1x2x3", "WIDTHxHEIGHT, as in 128x128"),
  ])
  func `refuses a statement that can't be`(option: String, text: String, allowed: String) {
    let error = #expect(throws: MorphError.self) { try hints([option: text]) }
    #expect(error == MorphError(option, SettingProblem.value(text, allowed: allowed)))
  }
}
