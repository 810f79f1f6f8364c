import Foundation
import Testing

@testable import Inference

/// Networks whose graph nobody else holds, and whose memory others have used since.
struct `A network without its graph` {
  let runtime: Runtime

  init() throws { runtime = try Runtime() }

  @Test func `keeps what OpenVINO read until it goes itself`() throws {
    weak var handle: GraphHandle?
    do {
      let network = try network("identity.onnx") { handle = $0.handle }
      #expect(handle != nil)
      _ = consume network
    }
    #expect(handle == nil)
  }

  @Test func `gives TensorFlow Lite's answers with weights of 8 bits, 30 times of 30`() async throws {
    let examples = try Example.all()
    for _ in 0..<30 {
      let network = try networkAlone(fixture("dynamic_range.tflite"), for: .throughput)
      for example in examples {
        let answer = try await answers(of: network, to: example.input)[0]
        #expect(answer.count == example.answer.count)
        #expect(zip(answer, example.answer).allSatisfy { abs($0 - $1) <= 0.02 })
      }
    }
  }

  @Test(
    .enabled(if: facesFolder != nil, "needs .deps/faces, which Scripts/setup fills"), arguments: faceNetworks)
  func `finds faces as one whose graph is there`(name: String) async throws {
    let path = try #require(facesFolder).appending(path: "\(name).tflite").path
    let graph = try Graph(reading: path, runtime: runtime)
    let input = numbers(graph.inputs[0].shape.reduce(1) { $0 * ($1 ?? 0) }, seed: 1)
    let expected = try await answers(
      of: Network(compiling: graph, for: .latency, runtime: runtime), to: input)
    withExtendedLifetime(graph) {}
    for _ in 0..<3 {
      #expect(try await answers(of: networkAlone(path, for: .latency), to: input) == expected)
    }
  }

  @Test func `is not changed by a graph that is`() async throws {
    let graph = try Graph(reading: fixture("batch_of_4.onnx"), runtime: runtime)
    let network = try Network(compiling: graph, runtime: runtime)
    try graph.reshape(graph.inputs[0], to: [1, 2])
    #expect(try await answers(of: network, to: numbers(8, seed: 1)) == [numbers(8, seed: 1).map { $0 * 2 }])
  }

  /// All outputs for the one input.
  private func answers(of network: Network, to input: [Float]) async throws -> [[Float]] {
    try await network.infer([network.inputs[0].name: input]) { outputs in
      try network.outputs.map { try outputs.values(of: $0.name) }
    }
  }

  private func network(_ name: String, look: (Graph) -> Void) throws -> Network {
    let graph = try Graph(reading: fixture(name), runtime: runtime)
    look(graph)
    return try Network(compiling: graph, runtime: runtime)
  }

  private func networkAlone(_ path: String, for purpose: Network.Purpose) throws -> Network {
    let network = try Network(
      compiling: Graph(reading: path, runtime: runtime), for: purpose, runtime: runtime)
    fillFreeMemory()
    _ = try Graph(reading: fixture("convolutions.onnx"), runtime: runtime)
    fillFreeMemory()
    return network
  }

  /// Writes over what this thread has freed: blocks of every size that weights have here.
  private func fillFreeMemory() {
    var blocks: [UnsafeMutableRawPointer] = []
    defer { for block in blocks { free(block) } }
    for exponent in 6..<17 {
      for quarters in 4..<8 {
        let size = (1 << exponent) * quarters / 4
        for _ in 0..<16 {
          guard let block = malloc(size) else { continue }
          memset(block, 0x45, size)
          blocks.append(block)
        }
      }
    }
  }
}

/// What TensorFlow Lite answers to an input of `dynamic_range.tflite`.
private struct Example: Decodable {
  var input: [Float]
  var answer: [Float]

  /// Those that `make_dynamic_range.py` wrote down.
  static func all() throws -> [Example] {
    try JSONDecoder().decode(
      [Example].self, from: Data(contentsOf: URL(filePath: fixture("dynamic_range.json"))))
  }
}
