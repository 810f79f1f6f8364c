internal import Inference
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Fast decoder` {
  private let options = TestRenders.options()

  private func model(_ decoder: DecoderKind?, threads: Int = 1) async throws -> FaceModel {
    try await FaceModel(
      in: ModelFolder(at: fixture("two-decoders"), decoder: decoder), parts: [.encoder, .decoder],
      threads: threads, runtime: TestModels.runtime())
  }

  /// The decoder that is used where this one is asked for.
  private func used(at path: String, _ decoder: DecoderKind? = nil) throws -> DecoderKind {
    try ModelFolder(at: path, decoder: decoder).decoder
  }

  /// A copy of the model `two-decoders`, with another text behind `fast: decoder-fast.onnx`.
  private func withModel(adding text: String, _ body: (String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("two-decoders", in: folder)
      let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
      let stated = "fast: decoder-fast.onnx"
      #expect(yaml.contains(stated))
      try write(yaml.replacing(stated, with: stated + text), to: "\(path)/model.yaml")
      try await body(path)
    }
  }

  @Test func `draws almost what the exact one draws`() async throws {
    let latent = Latent(seed: 7, dimension: 192)
    let exact = try await model(.exact).decode(latent)
    let fast = try await model(.fast).decode(latent)
    #expect(fast != exact)
    #expect(fast.largestDifference(from: exact) <= 1)
    let preferred = try await model(nil).decode(latent)
    #expect(preferred == exact)
  }

  @Test func `draws the same for any number of threads`() async throws {
    let (one, two) = (try await model(.fast), try await model(.fast, threads: 2))
    for seed in UInt32(0)..<8 {
      let latent = Latent(seed: seed, dimension: 192)
      let pictures = (try await one.decode(latent), try await two.decode(latent))
      #expect(pictures.0 == pictures.1)
    }
  }

  @Test func `is the default where model yaml says so`() async throws {
    try await withModel(adding: ", default: fast") { path in
      let (plain, asked) = (try used(at: path), try used(at: path, .exact))
      #expect(plain == .fast && asked == .exact)
    }
    try await withModel(adding: ", default: exact") { path in
      let plain = try used(at: path)
      #expect(plain == .exact)
    }
    #expect(try used(at: fixture("two-decoders")) == DecoderKind.exact)
  }

  @Test func `leaves the identity of jobs that use the other alone`() async throws {
    try await withModel(adding: "") { path in
      let exact = try ModelFolder(at: path).identity
      let fast = try ModelFolder(at: path, decoder: .fast).identity
      #expect(exact != fast)
      try write(try contents("\(path)/decoder.onnx"), to: "\(path)/decoder-fast.onnx")
      #expect(try ModelFolder(at: path).identity == exact)
      #expect(try ModelFolder(at: path, decoder: .fast).identity != fast)
    }
  }

  @Test func `must be there when it is asked for`() async throws {
    let path = fixture("tiny")
    let error = #expect(throws: MorphError.self) { try ModelFolder(at: path, decoder: .fast) }
    #expect(error == MorphError(path, ModelProblem.noFastDecoder))
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
      try write(
        yaml.replacing("file: decoder.onnx", with: "file: decoder.onnx, default: fast"),
        to: "\(path)/model.yaml")
      let error = #expect(throws: MorphError.self) { try ModelFolder(at: path) }
      #expect(
        error == MorphError("\(path)/model.yaml: line 8", ModelProblem.setting(.missingKey("fast"))))
    }
  }

  @Test func `is measured in the report of a model`() async throws {
    let report = try await inspectModel(at: fixture("two-decoders"), options: options)
    let facts = Dictionary(uniqueKeysWithValues: report.facts.map { ($0.name, $0.text) })
    #expect(facts["fast decoder"] == "decoder-fast.onnx")
    let figures = try #require(report.fastDecoder)
    #expect(figures.seedCount == 32)
    #expect(figures.worstPSNR > 48 && figures.meanPSNR >= figures.worstPSNR)
    #expect(figures.timesAsFast > 0)
    let plain = try await inspectModel(at: fixture("tiny"), options: options)
    #expect(plain.fastDecoder == nil)
    #expect(!plain.facts.contains { $0.name.hasPrefix("fast") })
  }

  @Test func `says what the processor lacks`() {
    var figures = FastDecoderFigures(seedCount: 32, meanPSNR: 57.38, worstPSNR: 45.94, timesAsFast: 2.94)
    #expect(figures.nearness == "57.4 dB from the exact ones, 45.9 dB at the worst of 32 seeds")
    let with = ByteInstructions(processorText: "flags : avx512_vnni")
    #expect(figures.speed(with: with) == "2.9 times the exact one's, with avx512_vnni")
    figures.timesAsFast = 0.88
    #expect(
      figures.speed(with: ByteInstructions(processorText: ""))
        == "0.9 times the exact one's, since this processor has no 8-bit instructions "
        + "(avx_vnni, avx512_vnni or amx_int8); use --decoder exact")
  }

  @Test func `that fails the check is found`() async throws {
    try await withModel(adding: "") { path in
      try write(try contents("\(fixture("gray"))/decoder.onnx"), to: "\(path)/decoder-fast.onnx")
      await #expect(throws: MorphError.self) { try await inspectModel(at: path, options: options) }
    }
  }
}
