import Foundation
import Inference
import Testing

struct `A graph` {
  let runtime: Runtime

  init() throws { runtime = try Runtime() }

  @Test func `names its inputs and outputs with their shapes`() throws {
    let graph = try Graph(reading: fixture("two_outputs.onnx"), runtime: runtime)
    #expect(graph.inputs.map(\.name) == ["x"])
    #expect(graph.inputs.map(\.shape) == [[1, 4]])
    #expect(graph.inputs.map(\.elementType) == ["f32"])
    #expect(graph.outputs.map(\.name) == ["negative", "total"])
    #expect(graph.outputs.map(\.shape) == [[1, 4], []])
    #expect(try graph.output(named: "total") == graph.outputs[1])
    #expect(try graph.output(named: "nothing") == nil)
    #expect(try graph.input(named: "x") == graph.inputs[0])
  }

  @Test func `tells what its tensors hold`() throws {
    #expect(try Graph(reading: fixture("bytes.onnx"), runtime: runtime).inputs[0].elementType == "u8")
    #expect(try Graph(reading: fixture("integers.onnx"), runtime: runtime).outputs[1].elementType == "i64")
  }

  @Test func `a free batch can be fixed`() throws {
    let graph = try Graph(reading: fixture("dynamic_batch.onnx"), runtime: runtime)
    #expect(graph.inputs[0].shape == [nil, 4])
    try graph.reshape(graph.inputs[0], to: [1, 4])
    #expect(graph.inputs[0].shape == [1, 4])
    #expect(graph.outputs[0].shape == [1, 4])
  }

  @Test func `a batch of 4 can become 1 where no layer insists on it`() throws {
    let graph = try Graph(reading: fixture("batch_of_4.onnx"), runtime: runtime)
    try graph.reshape(graph.inputs[0], to: [1, 2])
    #expect(graph.outputs[0].shape == [1, 2])
  }

  @Test func `a batch of 4 that a layer insists on stays, and the graph is as it was`() throws {
    let graph = try Graph(reading: fixture("only_batch_of_4.onnx"), runtime: runtime)
    #expect(
      throws: InferenceError.failed(
        call: "ov_model_reshape_by_port_indexes",
        reason: "Requested output shape [2,4] is incompatible with input shape")
    ) { try graph.reshape(graph.inputs[0], to: [1, 2]) }
    #expect(graph.inputs[0].shape == [4, 2])
    _ = try Network(compiling: graph, runtime: runtime)
  }

  @Test(arguments: ["batch_of_4.onnx", "dynamic_range.tflite"])
  func `may lose the runtime that read it`(name: String) throws {
    let graph = try Graph(reading: fixture(name), runtime: Runtime())
    let input = try #require(try graph.input(named: graph.inputs[0].name))
    #expect(input == graph.inputs[0])
    try graph.reshape(input, to: [2] + input.shape.dropFirst().map { $0 ?? 1 })
    #expect(graph.outputs[0].shape.first == 2)
    _ = try Network(compiling: graph, runtime: runtime)
  }

  @Test func `a file that is missing, a folder or a pipe is not read`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).onnx")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
    let pipe = folder.appending(path: "pipe.onnx").path
    #expect(mkfifo(pipe, 0o600) == 0)
    expect(fixture("missing.onnx"), fails: .unreadable(reason: "No such file or directory"))
    expect(folder.path, fails: .unreadable(reason: "Not a regular file"))
    expect(pipe, fails: .unreadable(reason: "Not a regular file"))
    expect(fixture("make_networks.py"), fails: .unknownEnding)
  }

  @Test(arguments: [
    ("text.onnx", "ONNX"), ("empty.onnx", "ONNX"), ("truncated.onnx", "ONNX"), ("text.xml", "OpenVINO"),
    ("text.tflite", "TensorFlow Lite"),
  ])
  func `a file that holds no network is refused`(name: String, format: String) {
    expect(fixture(name), fails: .notANetwork(format: format))
  }

  @Test func `a network whose inside is broken is refused in one line`() throws {
    expect(
      fixture("broken.onnx"), fails: .failed(call: "ov_core_read_model", reason: "Model can't be parsed"))
  }

  @Test func `weights may lie in a file beside the network`() async throws {
    let network = try network("external.onnx")
    let y = try await network.infer(["x": Array(repeating: 0.5, count: 256)]) { try $0.values(of: "y") }
    #expect(y == (0..<256).map { Float($0) + 0.5 })
  }

  @Test func `weights outside the network's folder, or missing, are refused`() throws {
    let outside = #expect(throws: InferenceError.self) {
      try Graph(reading: fixture("folder/outside.onnx"), runtime: runtime)
    }
    #expect(outside?.description.hasPrefix("Path '../external.onnx.data' resolves to ") == true)
    #expect(outside?.description.contains("which is outside the base directory") == true)
    #expect(outside?.description.contains("\n") == false)
    let missing = #expect(throws: InferenceError.self) {
      try Graph(reading: fixture("missing_data.onnx"), runtime: runtime)
    }
    #expect(missing?.description.contains("missing.data") == true)
    #expect(missing?.description.contains("\n") == false)
  }

  @Test(
    .enabled(if: facesFolder != nil, "the face finder's files are missing: run Scripts/setup"),
    arguments: faceNetworks)
  func `a TensorFlow Lite file compiles as it is`(name: String) async throws {
    let folder = try #require(facesFolder)
    let graph = try Graph(reading: folder.appending(path: "\(name).tflite").path, runtime: runtime)
    let network = try Network(compiling: graph, for: .latency, runtime: runtime)
    let input = try #require(network.inputs.first)
    let count = input.shape.reduce(1) { $0 * ($1 ?? 0) }
    let shapes = try await network.infer([input.name: numbers(count, seed: 1)]) { outputs in
      try network.outputs.map { try outputs.shape(of: $0.name) }
    }
    #expect(shapes == network.outputs.map(\.shape))
  }

  private func expect(_ path: String, fails error: InferenceError) {
    // The runtime's last message is one for the whole process: a failure of another test may take it away, which then
    // shows as a general error.
    var seen: InferenceError?
    for _ in 0..<20 where seen != error {
      do {
        _ = try Graph(reading: path, runtime: runtime)
      } catch let failure {
        seen = failure
      }
    }
    #expect(seen == error)
    #expect(!error.description.contains("\n"))
  }
}
