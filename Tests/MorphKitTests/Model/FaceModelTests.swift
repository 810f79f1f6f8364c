internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Face model` {
  @Test func `tiny averages blocks, and its decoder enlarges them`() async throws {
    let model = try TestModels.load("tiny")
    let picture = TestModels.blocks(seed: 1)
    let posterior = try await model.encode(picture)
    // mean = (block − 0.5) × 4, channel by channel, block by block.
    let expected = (0..<192).map { index -> Float in
      let (channel, row, column) = (index / 64, index / 8 % 8, index % 8)
      return (Float(picture.pixels[(row * 4 * 32 + column * 4) * 3 + channel]) / 255 - 0.5) * 4
    }
    #expect(largestDifference(posterior.mean.values, expected) < 1e-5)
    #expect(largestDifference(try #require(posterior.logVariance), Array(repeating: -4, count: 192)) < 1e-5)

    let decoded = try await model.decode(posterior.mean)
    #expect(decoded.largestDifference(from: enlarged(picture)) <= 1)
  }

  /// The blocks' colours, enlarged by 4 with linear interpolation between their middles.
  private func enlarged(_ blocks: Image) -> Image {
    func color(_ row: Int, _ column: Int, _ channel: Int) -> Double {
      Double(blocks.pixels[(min(max(row, 0), 7) * 4 * 32 + min(max(column, 0), 7) * 4) * 3 + channel])
    }
    var pixels: [UInt8] = []
    for y in 0..<32 {
      for x in 0..<32 {
        let (v, u) = ((Double(y) + 0.5) / 4 - 0.5, (Double(x) + 0.5) / 4 - 0.5)
        let (row, column) = (v.rounded(.down), u.rounded(.down))
        let (top, left) = (Int(row), Int(column))
        for channel in 0..<3 {
          let upper =
            color(top, left, channel) * (1 - u + column) + color(top, left + 1, channel) * (u - column)
          let lower =
            color(top + 1, left, channel) * (1 - u + column)
            + color(top + 1, left + 1, channel) * (u - column)
          pixels.append(UInt8((upper * (1 - v + row) + lower * (v - row)).rounded()))
        }
      }
    }
    return Image(width: 32, height: 32, pixels: pixels)
  }

  @Test(arguments: [
    "tiny-aligned", "checked", "names-left-out", "nhwc-bgr-tanh", "sigmoid", "spread-sigma",
    "spread-log-sigma",
    "moments-halves", "moments-interleaved", "spatial-scaled", "spatial-channels", "mean-std", "two-ranges",
    "batch-1",
    "batch-4", "prior-none", "external-data", "ir",
  ])
  func `in another dialect behaves as tiny does`(name: String) async throws {
    let (tiny, other) = (try TestModels.load("tiny"), try TestModels.load(name))
    for seed: UInt64 in 1...3 {
      let picture = TestModels.blocks(seed: seed)
      let (expected, found) = (try await tiny.encode(picture), try await other.encode(picture))
      #expect(largestDifference(found.mean.values, expected.mean.values) < 1e-3)
      #expect(
        largestDifference(try #require(found.logVariance), try #require(expected.logVariance)) < 1e-3)
      #expect(
        try await other.decode(expected.mean).largestDifference(from: tiny.decode(expected.mean)) <= 1)
    }
    // A latent far out is clamped alike.
    let far = Latent(seed: 7, dimension: 192)
    #expect(try await other.decode(far).largestDifference(from: tiny.decode(far)) <= 1)
  }

  @Test func `of one channel sees grey, and answers with it`() async throws {
    let (tiny, gray) = (try TestModels.load("tiny"), try TestModels.load("gray"))
    let picture = TestModels.blocks(seed: 4, isGray: true)
    let (expected, found) = (try await tiny.encode(picture), try await gray.encode(picture))
    #expect(largestDifference(found.mean.values, Array(expected.mean.values.prefix(64))) < 1e-3)
    let decoded = try await gray.decode(found.mean)
    #expect(try await decoded.largestDifference(from: tiny.decode(expected.mean)) <= 1)

    // Colours are weighed as BT.601 says.
    let color = Image(width: 32, height: 32, filledWith: Color(red: 200, green: 100, blue: 50))
    let level: Float = (59.8 + 58.7 + 5.7) / 255
    let mean = try await gray.encode(color).mean.values
    #expect(largestDifference(mean, Array(repeating: (level - 0.5) * 4, count: 64)) < 1e-3)
  }

  @Test func `without a spread is a plain autoencoder`() async throws {
    let (tiny, other) = (try TestModels.load("tiny"), try TestModels.load("autoencoder"))
    let picture = TestModels.blocks(seed: 5)
    let posterior = try await other.encode(picture)
    #expect(posterior.logVariance == nil)
    #expect(largestDifference(posterior.mean.values, try await tiny.encode(picture).mean.values) < 1e-3)
  }

  @Test func `without an encoder decodes`() async throws {
    let (tiny, other) = (
      try TestModels.load("tiny", parts: [.decoder]), try TestModels.load("no-encoder", parts: [.decoder])
    )
    let latent = Latent(seed: 3, dimension: 192)
    #expect(try await other.decode(latent) == tiny.decode(latent))
    let error = #expect(throws: MorphError.self) { try TestModels.load("no-encoder") }
    #expect(error == MorphError(fixture("no-encoder"), ModelProblem.noEncoder))
  }

  @Test func `whose networks contradict model yaml is refused with both shapes`() {
    let error = #expect(throws: MorphError.self) { try TestModels.load("mismatch") }
    #expect(
      error
        == MorphError(
          fixture("mismatch"),
          ModelProblem.shape(
            tensor: "mean", file: "encoder.onnx", found: "[1, 48]", expected: "[1, 192]", setting: "'latent'")
        ))
  }

  @Test func `that can't take one picture at a time is refused`() {
    let error = #expect(throws: MorphError.self) { try TestModels.load("batch-4-rigid") }
    #expect(error?.subject == fixture("batch-4-rigid"))
    guard case .model(.fixedBatch(file: "decoder.onnx", let reason)) = error?.problem else {
      Issue.record("\(error?.description ?? "no error")")
      return
    }
    #expect(!reason.isEmpty && !reason.contains("\n"))
  }

  @Test func `works for several tasks at once`() async throws {
    let model = try TestModels.load("tiny")
    let expected = try await (0..<8).asyncMap { try await model.decode(Latent(seed: $0, dimension: 192)) }
    try await withThrowingTaskGroup(of: (Int, Image).self) { group in
      for round in 0..<64 {
        group.addTask {
          (round % 8, try await model.decode(Latent(seed: UInt32(round % 8), dimension: 192)))
        }
      }
      for try await (index, image) in group {
        #expect(image == expected[index])
      }
    }
  }

  static let tensors: [(String, String, ModelProblem)] = [
    ("input: image", "input: picture", .noSuchTensor("picture", file: "encoder.onnx", has: ["image"])),
    ("mean: mean", "mean: mu", .noSuchTensor("mu", file: "encoder.onnx", has: ["mean", "log_variance"])),
    (
      "output: log_variance", "output: spread",
      .noSuchTensor("spread", file: "encoder.onnx", has: ["mean", "log_variance"])
    ),
    (
      "  mean: mean\n  spread: {output: log_variance, as: log_variance}\n", "",
      .tensorNeeded("encoder: mean", file: "encoder.onnx", has: ["mean", "log_variance"])
    ),
    ("output: image}", "output: picture}", .noSuchTensor("picture", file: "decoder.onnx", has: ["image"])),
    ("input: latent", "input: z", .noSuchTensor("z", file: "decoder.onnx", has: ["latent"])),
    (
      "width: 32", "width: 64",
      .shape(
        tensor: "image", file: "encoder.onnx", found: "[?, 3, 32, 32]", expected: "[1, 3, 32, 64]",
        setting: "'image'")
    ),
    (
      "layout: nchw", "layout: nhwc",
      .shape(
        tensor: "image", file: "encoder.onnx", found: "[?, 3, 32, 32]", expected: "[1, 32, 32, 3]",
        setting: "'image'")
    ),
    (
      "channels: rgb", "channels: gray",
      .shape(
        tensor: "image", file: "encoder.onnx", found: "[?, 3, 32, 32]", expected: "[1, 1, 32, 32]",
        setting: "'image'")
    ),
    (
      "shape: [192]", "shape: [3, 8, 8]",
      .shape(
        tensor: "latent", file: "decoder.onnx", found: "[?, 192]", expected: "[1, 3, 8, 8]",
        setting: "'latent'")
    ),
  ]

  @Test(arguments: tensors)
  func `whose tensors are not as stated says which there are`(
    stated: String, instead: String, problem: ModelProblem
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
      #expect(yaml.contains(stated))
      try write(yaml.replacing(stated, with: instead), to: "\(path)/model.yaml")
      let error = #expect(throws: MorphError.self) { try TestModels.load(at: path) }
      #expect(error == MorphError(path, problem))
    }
  }
}

extension Sequence {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self {
      values.append(try await transform(element))
    }
    return values
  }
}
