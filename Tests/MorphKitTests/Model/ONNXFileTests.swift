internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `ONNX file` {
  private func names(_ path: String) throws -> [String] {
    try ONNXFile.externalDataNames(inFile: path, limit: 1_000_000)
  }

  private func names(of bytes: [UInt8]) async throws -> [String] {
    try await withTemporaryFolder { folder in
      try write(bytes, to: "\(folder)/x.onnx")
      return try names("\(folder)/x.onnx")
    }
  }

  /// A field of a protocol buffer message that holds bytes.
  private func field(_ number: Int, _ content: [UInt8]) -> [UInt8] {
    variableLength(number << 3 | 2) + variableLength(content.count) + content
  }

  private func variableLength(_ number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  /// A tensor whose numbers lie in another file.
  private func tensor(in file: String) -> [UInt8] {
    field(8, Array("weights".utf8))
      + field(13, field(1, Array("offset".utf8)) + field(2, Array("0".utf8)))
      + field(13, field(1, Array("location".utf8)) + field(2, Array(file.utf8)))
      + field(13, field(1, Array("length".utf8)) + field(2, Array("12".utf8)))
  }

  @Test(arguments: [
    ("tiny/decoder.onnx", []), ("tiny/encoder.onnx", []),
    ("external-data/decoder.onnx", ["decoder.onnx.data"]),
    ("outside-data/decoder.onnx", ["../external-data/decoder.onnx.data"]),
  ])
  func `names the files that hold its weights`(file: String, expected: [String]) throws {
    #expect(try names(fixture(file)) == expected)
  }

  @Test func `names those of every place that a tensor can be in`() async throws {
    let inNode = field(5, field(5, tensor(in: "node")) + field(10, tensor(in: "nodes")))
    let inner = field(1, inNode) + field(5, tensor(in: "inner"))
    let graph =
      field(1, field(5, field(6, inner)))
      + field(1, field(5, field(11, field(5, tensor(in: "graphs")))))
      + field(5, tensor(in: "outer")) + field(5, tensor(in: "outer"))
      + field(15, field(1, tensor(in: "values")) + field(2, tensor(in: "indices")))
    let function = field(7, field(5, field(5, tensor(in: "function"))))
    let model = [8, 9] + field(2, Array("maker".utf8)) + field(7, graph) + field(25, function)
    #expect(
      try await names(of: model) == [
        "function", "graphs", "indices", "inner", "node", "nodes", "outer", "values",
      ])
  }

  @Test func `goes no deeper than 32 graphs`() async throws {
    var graph = field(5, tensor(in: "deep"))
    for _ in 0..<31 {
      graph = field(1, field(5, field(6, graph)))
    }
    #expect(try await names(of: field(7, graph)) == ["deep"])
    for _ in 0..<200 {
      graph = field(1, field(5, field(6, graph)))
    }
    #expect(try await names(of: field(7, graph)) == [])
  }

  @Test func `over the limit, or missing, is told`() {
    #expect(throws: FileProblem.missing) { try names("/missing") }
    #expect(throws: FileProblem.tooLarge(bytes: 591)) {
      try ONNXFile.externalDataNames(inFile: fixture("tiny/decoder.onnx"), limit: 590)
    }
  }

  @Test func `2,000 damaged files do no harm`() async throws {
    let sound = try ["external-data", "tiny"].map { try contents(fixture("\($0)/decoder.onnx")) }
    var random = SeededRandom(seed: 13)
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x.onnx"
      for round in 0..<2_000 {
        try Data(random.damaged(sound[round % 2])).write(to: URL(filePath: path))
        #expect(try names(path).count <= 3)
      }
    }
  }
}
