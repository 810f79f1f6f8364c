internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Check of a model` {
  private let options = TestRenders.options()

  /// A copy of the model `checked`, with another text in the place of its check.
  private func withCheck(_ check: String, _ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("checked", in: folder)
      let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
      let stated = "check: {image: check.png, psnr: 38.86}"
      #expect(yaml.contains(stated))
      try write(yaml.replacing(stated, with: check), to: "\(path)/model.yaml")
      try await body(path)
    }
  }

  @Test func `passes with the stated figure`() async throws {
    let check = try await TestModels.load("checked").check()
    #expect(check.expected == 38.86)
    #expect(abs(try #require(check.found) - 38.86) < 0.02)
  }

  @Test(arguments: [(38.37, true), (39.35, true), (38.34, false), (39.38, false), (0, false), (200, false)])
  func `allows half a decibel`(stated: Double, passes: Bool) async throws {
    try await withCheck("check: {image: check.png, psnr: \(stated)}") { path in
      let model = try await TestModels.load(at: path)
      guard !passes else {
        _ = try await model.check()
        return
      }
      let error = await #expect(throws: MorphError.self) { try await model.check() }
      #expect(error?.subject == path)
      guard case .model(.checkFailed(let expected, let found)) = error?.problem else {
        Issue.record("\(error?.description ?? "no error")")
        return
      }
      #expect(expected == stated)
      #expect(abs(found - 38.86) < 0.02)
    }
  }

  @Test func `is nothing to fail where no picture is stated, or no encoder`() async throws {
    #expect(try await TestModels.load("tiny").check() == ModelCheck(expected: nil, found: nil))
    let decoder = try await TestModels.load("no-encoder", parts: [.decoder])
    #expect(try await decoder.check() == ModelCheck(expected: nil, found: nil))
  }

  @Test func `fails for an encoder that draws the sample itself`() async throws {
    let error = await #expect(throws: MorphError.self) { try await TestModels.load("random-encoder").check() }
    #expect(error == MorphError(fixture("random-encoder"), ModelProblem.randomEncoder))
  }

  @Test(
    arguments: [
      ("other.png", nil, ModelProblem.checkPicture("other.png"), false),
      ("../check.png", nil, .notAFileName("../check.png"), true),
      ("missing.png", nil, .fileMissing("missing.png"), true),
      (
        "small.png", Image(width: 31, height: 32, filledWith: .black),
        .checkPictureSize("small.png", width: 32, height: 32), false
      ),
    ] as [(String, Image?, ModelProblem, Bool)])
  func `fails for a picture that can't be one`(
    name: String, picture: Image?, problem: ModelProblem, isTheDescriptions: Bool
  ) async throws {
    try await withCheck("check: {image: \(name), psnr: 38.86}") { path in
      try write("not a picture", to: "\(path)/other.png")
      if let picture {
        try writePNG(picture, to: "\(path)/\(name)")
      }
      let model = try await TestModels.load(at: path)
      let error = await #expect(throws: MorphError.self) { try await model.check() }
      #expect(error == MorphError(isTheDescriptions ? path + "/model.yaml" : path, problem))
    }
  }

  @Test func `fails for a wrong range, channel order or layout of pictures`() async throws {
    for (stated, instead) in [
      ("range: [0, 1]", "range: [-1, 1]"), ("activation: none", "activation: sigmoid"),
    ] {
      try await withTemporaryFolder { folder in
        let path = try copyOfFixture("checked", in: folder)
        let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
        try write(yaml.replacing(stated, with: instead), to: "\(path)/model.yaml")
        let error = await #expect(throws: MorphError.self) {
          try await inspectModel(at: path, options: options)
        }
        guard case .model(.checkFailed(38.86, _)) = error?.problem else {
          Issue.record("\(error?.description ?? "no error")")
          return
        }
      }
    }
  }

  @Test func `stands in the report of a model`() async throws {
    var report = try await inspectModel(at: fixture("checked"), options: options)
    var facts = Dictionary(uniqueKeysWithValues: report.facts.map { ($0.name, $0.text) })
    #expect(report.name == "checked")
    #expect(facts["pictures"] == "32 × 32, colour")
    #expect(facts["latents"] == "192, prior standard")
    #expect(facts["encoder"] == "encoder.onnx, mean and log variance")
    #expect(facts["check"] == "passed: 38.9 dB, 38.9 dB stated")
    #expect(facts["identity"] == (try ModelFolder(at: fixture("checked")).identity))

    report = try await inspectModel(at: fixture("no-encoder"), options: options)
    facts = Dictionary(uniqueKeysWithValues: report.facts.map { ($0.name, $0.text) })
    #expect(facts["encoder"] == "none: photos can't be keyframes")
    #expect(facts["check"] == "no check picture is stated")

    report = try await inspectModel(at: fixture("prior-none"), options: options)
    facts = Dictionary(uniqueKeysWithValues: report.facts.map { ($0.name, $0.text) })
    #expect(facts["latents"] == "192, prior none")
  }
}
