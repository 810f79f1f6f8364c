internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Model folder` {
  private func error(at path: String) -> MorphError? {
    #expect(throws: MorphError.self) { try ModelFolder(at: path) }
  }

  private func edit(_ path: String, _ text: String, into other: String) throws {
    let yaml = String(decoding: try contents("\(path)/model.yaml"), as: UTF8.self)
    #expect(yaml.contains(text))
    try write(yaml.replacing(text, with: other), to: "\(path)/model.yaml")
  }

  @Test func `that isn't there, or holds no description, says so`() async throws {
    #expect(error(at: "/missing") == MorphError("/missing", ModelProblem.missingFolder))
    try await withTemporaryFolder { folder in
      #expect(error(at: folder) == MorphError(folder, ModelProblem.noDescription))
      try write("", to: "\(folder)/file")
      #expect(error(at: "\(folder)/file")?.problem == .model(.missingFolder))
      try write("", to: "\(folder)/model.yaml")
      #expect(
        error(at: folder) == MorphError("\(folder)/model.yaml", ModelProblem.setting(.emptyFile)))
      try write(String(repeating: "#", count: 1_000_001), to: "\(folder)/model.yaml")
      #expect(
        error(at: folder) == MorphError("\(folder)/model.yaml", ModelProblem.setting(.fileTooLarge)))
    }
  }

  @Test(arguments: [
    "../tiny/decoder.onnx", "/etc/passwd", "..", ".", "sub/decoder.onnx", "./decoder.onnx",
    "a/../decoder.onnx",
  ])
  func `may only name files by their bare name`(name: String) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      try edit(path, "file: decoder.onnx", into: "file: \(name)")
      #expect(error(at: path) == MorphError("\(path)/model.yaml", ModelProblem.notAFileName(name)))
    }
  }

  @Test func `that lacks a file which it names says which`() async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      try remove("\(path)/decoder.onnx")
      let missing = MorphError("\(path)/model.yaml", ModelProblem.fileMissing("decoder.onnx"))
      #expect(error(at: path) == missing)
      try write("", to: "\(path)/decoder.onnx/file")
      #expect(error(at: path) == missing)
    }
  }

  @Test(arguments: ["decoder.onnx", "encoder.onnx", "model.yaml"])
  func `may hold no link that leads out of it`(name: String) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      try remove("\(path)/\(name)")
      try makeLink("\(path)/\(name)", to: fixture("tiny/\(name)"))
      #expect(error(at: path) == MorphError(path, ModelProblem.linkOutOfFolder(name)))
    }
  }

  @Test func `may hold links within, and may itself be behind one`() async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      try move("\(path)/decoder.onnx", to: "\(path)/other.onnx")
      try makeLink("\(path)/decoder.onnx", to: "other.onnx")
      try makeLink("\(folder)/link", to: path)
      #expect(try ModelFolder(at: "\(folder)/link").identity == ModelFolder(at: fixture("tiny")).identity)
    }
  }

  @Test func `keeps weights in no file outside`() async throws {
    #expect(
      error(at: fixture("outside-data"))
        == MorphError(
          fixture("outside-data"),
          ModelProblem.externalDataOutside("../external-data/decoder.onnx.data", file: "decoder.onnx")))
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("external-data", in: folder)
      try remove("\(path)/decoder.onnx.data")
      #expect(
        error(at: path)
          == MorphError("\(path)/model.yaml", ModelProblem.fileMissing("decoder.onnx.data")))
      try makeLink("\(path)/decoder.onnx.data", to: fixture("external-data/decoder.onnx.data"))
      #expect(error(at: path) == MorphError(path, ModelProblem.linkOutOfFolder("decoder.onnx.data")))
    }
  }

  @Test(arguments: [
    ("tiny", "model.yaml"), ("tiny", "encoder.onnx"), ("tiny", "decoder.onnx"),
    ("external-data", "decoder.onnx.data"),
    ("ir", "decoder.xml"), ("ir", "decoder.bin"),
  ])
  func `has an identity that every file belongs to which loading reads`(
    name: String, file: String
  ) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture(name, in: folder)
      let before = try ModelFolder(at: path).identity
      #expect(try before == ModelFolder(at: fixture(name)).identity)
      try write(try contents("\(path)/\(file)") + [0x0A], to: "\(path)/\(file)")
      let after = try ModelFolder(at: path).identity
      #expect(after != before)
      #expect(after.count == 64)
    }
  }

  @Test func `has an identity that its other files don't belong to`() async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("checked", in: folder)
      let before = try ModelFolder(at: path).identity
      try write("other", to: "\(path)/check.png")
      try write("other", to: "\(path)/MODEL_CARD.md")
      #expect(try ModelFolder(at: path).identity == before)
    }
  }

  @Test(
    arguments: [
      ("decoder.onnx", Array("not a network".utf8)), ("decoder.onnx", []), ("encoder.onnx", [8, 9]),
    ] as [(String, [UInt8])])
  func `with a network that can't be read says which`(file: String, bytes: [UInt8]) async throws {
    try await withTemporaryFolder { folder in
      let path = try copyOfFixture("tiny", in: folder)
      try write(bytes, to: "\(path)/\(file)")
      let error = #expect(throws: MorphError.self) { try TestModels.load(at: path) }
      #expect(error?.subject == path)
      guard case .model(.network(file, let reason)) = error?.problem else {
        Issue.record("\(error?.description ?? "no error")")
        return
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
    }
  }
}
