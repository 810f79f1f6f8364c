import Testing

@testable import Inference

struct `Cancelling an inference` {
  @Test func `stops it and those that wait, and the network still works`() async throws {
    let network = try network("powers.onnx", threads: 1)
    let clock = ContinuousClock()
    let cancelled = await withTaskGroup { group in
      for _ in 0..<(network.requestCount + 3) {
        group.addTask {
          await #expect(throws: CancellationError.self) {
            try await network.infer(["side": [Self.slowSide]]) { try $0.values(of: "sum") }
          }
        }
      }
      while network.waiterCount < 3 { await Task.yield() }
      group.cancelAll()
      return clock.now
    }
    #expect(clock.now - cancelled < .seconds(120))
    #expect(try await network.infer(["side": [8]]) { try $0.values(of: "sum") } == [8])
  }

  @Test func `of a task that is cancelled already starts nothing`() async throws {
    let network = try network("identity.onnx")
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await network.infer(["x": [1, 2, 3, 4]]) { try $0.values(of: "y") }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `at any moment gives a whole result or none, and loses no request`() async throws {
    let network = try network("convolutions.onnx")
    let image = numbers(3 * 32 * 32, seed: 3)
    let expected = try await network.infer(["image": image]) { try $0.values(of: "y") }
    for round in 0..<200 {
      let tasks = (0..<4).map { _ in
        Task { try await network.infer(["image": image]) { try $0.values(of: "y") } }
      }
      for _ in 0..<(round % 20) { await Task.yield() }
      for task in tasks.dropLast(round % 2) { task.cancel() }
      for task in tasks {
        switch await task.result {
        case .success(let values): #expect(values == expected)
        case .failure(let error): #expect(error is CancellationError)
        }
      }
    }
    // As many at once as there are requests: a lost one would leave this waiting for ever.
    try await withThrowingTaskGroup { group in
      for _ in 0..<(network.requestCount * 4) {
        group.addTask { try await network.infer(["image": image]) { try $0.values(of: "y") } }
      }
      for try await values in group { #expect(values == expected) }
    }
  }

  @Test func `frees the network when the last task has gone`() async throws {
    weak var freed: Network?
    do {
      let network = try network("powers.onnx", threads: 1)
      freed = network
      let task = Task { try await network.infer(["side": [Self.slowSide]]) { try $0.values(of: "sum") } }
      await Task.yield()
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
    // The thread that ran the task may still be letting go of it.
    while freed != nil { await Task.yield() }
  }

  /// How large a matrix `powers.onnx` needs for an inference that takes one thread many minutes unless it is cancelled.
  private static let slowSide: Float = 3000
}
