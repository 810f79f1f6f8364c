import Testing

@testable import Inference

struct `A network` {
  @Test(arguments: [Network.Purpose.throughput, .latency])
  func `computes in 32-bit floats`(purpose: Network.Purpose) throws {
    let network = try network("convolutions.onnx", for: purpose)
    #expect(try network.property("INFERENCE_PRECISION_HINT") == "f32")
    #expect(try network.property("PERFORMANCE_HINT") == purpose.rawValue)
  }

  @Test func `uses as many threads as it is told`() throws {
    #expect(try network("identity.onnx", threads: 1).property("INFERENCE_NUM_THREADS") == "1")
    #expect(try network("identity.onnx", for: .latency).requestCount == 1)
    #expect(try network("identity.onnx").requestCount >= 1)
  }

  @Test func `of TensorFlow Lite computes in one stream`() throws {
    let network = try network("dynamic_range.tflite")
    #expect(try network.property("NUM_STREAMS") == "1")
    #expect(network.requestCount == 3)
  }

  @Test func `takes every input by name`() async throws {
    let sum = try await network("add.onnx").infer(["b": [10, 20, 30, 40], "a": [1, 2, 3, 4]]) { outputs in
      #expect(try outputs.shape(of: "sum") == [1, 4])
      return try outputs.values(of: "sum")
    }
    #expect(sum == [11, 22, 33, 44])
  }

  @Test func `gives several outputs in place`() async throws {
    let (negative, total) = try await network("two_outputs.onnx").infer(["x": [1, 2, 3, 4]]) { outputs in
      (
        try outputs.withValues(of: "negative") { values in values.indices.map { values[$0] } },
        try outputs.withValues(of: "total") { $0[0] }
      )
    }
    #expect(negative == [-1, -2, -3, -4])
    #expect(total == 10)
  }

  @Test func `gives the same bytes for one and two threads and either purpose`() async throws {
    let image = numbers(3 * 32 * 32, seed: 7)
    var results: Set<[UInt32]> = []
    for purpose in [Network.Purpose.throughput, .latency] {
      for threads in [nil, 1, 2] {
        let network = try network("convolutions.onnx", for: purpose, threads: threads)
        let values = try await network.infer(["image": image]) { try $0.values(of: "y") }
        results.insert(values.map(\.bitPattern))
      }
    }
    #expect(results.count == 1)
  }

  @Test func `gives each task its own result, however many there are`() async throws {
    let network = try network("identity.onnx")
    let reading = Shared((now: 0, most: 0))
    try await withThrowingTaskGroup { group in
      for number in 0..<200 {
        group.addTask {
          let x = (0..<4).map { Float(number * 4 + $0) }
          let y = try await network.infer(["x": x]) { outputs in
            reading.change { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            defer { reading.change { $0.now -= 1 } }
            return try outputs.values(of: "y")
          }
          #expect(y == x)
        }
      }
      try await group.waitForAll()
    }
    #expect(reading.value.most <= network.requestCount)
  }

  @Test func `gives results that don't depend on the order`() async throws {
    let network = try network("convolutions.onnx")
    func result(_ seed: UInt64) async throws -> [Float] {
      try await network.infer(["image": numbers(3 * 32 * 32, seed: seed)]) { try $0.values(of: "y") }
    }
    var forwards: [UInt64: [Float]] = [:]
    for seed in 0..<10 as Range<UInt64> { forwards[seed] = try await result(seed) }
    for seed in (0..<10 as Range<UInt64>).reversed() { #expect(try await result(seed) == forwards[seed]) }
  }

  @Test func `an output's shape may depend on the values`() async throws {
    let network = try network("shape_from_input.onnx")
    #expect(network.outputs[0].shape == [nil, nil])
    let shape = try await network.infer(["x": [2, 3]]) { try $0.shape(of: "y") }
    #expect(shape == [2, 3])
  }

  @Test func `an error while computing is told, and the next inference works`() async throws {
    let network = try network("shape_from_input.onnx", threads: 1)
    for _ in 0..<3 {
      await #expect(
        throws: InferenceError.failed(
          call: "ov_infer_request_wait",
          reason: "[cpu]reshape: the shape of input data (6) conflicts with the reshape pattern (4.4)")
      ) { try await network.infer(["x": [4, 4]]) { try $0.values(of: "y") } }
      #expect(try await network.infer(["x": [3, 2]]) { try $0.values(of: "y") } == [0, 1, 2, 3, 4, 5])
    }
  }

  @Test func `an error of the reader gives the request back`() async throws {
    struct Refusal: Error {}
    let network = try network("identity.onnx")
    for _ in 0..<10 {
      await #expect(throws: Refusal.self) {
        try await network.infer(["x": [1, 2, 3, 4]]) { _ in throw Refusal() }
      }
    }
  }

  @Test func `an input that is free or holds no floats is refused`() throws {
    #expect(throws: InferenceError.freeDimension(port: "x", shape: [nil, 4])) {
      try network("dynamic_batch.onnx")
    }
    #expect(throws: InferenceError.unsupportedElementType(port: "x", type: "u8")) {
      try network("bytes.onnx")
    }
  }

  @Test func `an output of integers can't be read, the one beside it can`() async throws {
    let network = try network("integers.onnx")
    #expect(
      try await network.infer(["x": [1, 2, 3, 4]]) { try $0.values(of: "negative") } == [-1, -2, -3, -4])
    await #expect(throws: InferenceError.unsupportedElementType(port: "place", type: "i64")) {
      try await network.infer(["x": [1, 2, 3, 4]]) { try $0.values(of: "place") }
    }
  }
}
