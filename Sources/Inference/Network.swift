internal import COpenVINO

/// A compiled network.
///
/// Safe to use from several tasks at once: OpenVINO's compiled model is, and each inference has a request to
/// itself.
package final class Network: @unchecked Sendable {
  /// What a network is compiled for.
  package enum Purpose: String, Sendable {
    /// Many inferences at once, each on few threads.
    case throughput = "THROUGHPUT"

    /// One inference at a time, on all threads.
    case latency = "LATENCY"
  }

  package let inputs: [Port]
  package let outputs: [Port]

  /// How many inferences run at once at full speed or wait in the runtime; further ones wait here.
  package var requestCount: Int { pool.count }

  /// How many inferences wait their turn now.
  var waiterCount: Int { pool.waiterCount }

  /// Inferences that wait in the runtime, so that no core is idle until a task has started the next one.
  private static let waitingCount = 2

  private let model: CompiledModel
  private let pool: Pool<Request>

  /// Compiles `graph` for the processor, to compute in 32-bit floats.
  ///
  /// `threads` is how many threads compute; nil is one for each core that the process may use. It does not
  /// change results. Every input must hold 32-bit floats and have a fixed shape.
  package init(
    compiling graph: Graph, for purpose: Purpose = .throughput, threads: Int? = nil, runtime: Runtime
  ) throws(InferenceError) {
    for input in graph.inputs {
      guard input.elementType == "f32" else {
        throw .unsupportedElementType(port: input.name, type: input.elementType)
      }
      guard !input.shape.contains(nil) else { throw .freeDimension(port: input.name, shape: input.shape) }
    }
    inputs = graph.inputs
    outputs = graph.outputs
    model = try CompiledModel(compiling: graph, for: purpose, threads: threads, runtime: runtime)
    let count = Int(try model.property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")) ?? 1
    var requests: [Request] = []
    let waiting = purpose == .throughput ? Network.waitingCount : 0
    for _ in 0..<(max(count, 1) + waiting) {
      requests.append(try Request(of: model, inputs: inputs, outputs: outputs))
    }
    pool = Pool(requests)
  }

  /// What the runtime says of one of its properties, such as INFERENCE_PRECISION_HINT.
  package func property(_ name: String) throws(InferenceError) -> String { try model.property(name) }

  /// Runs the network once and gives its outputs to `read`.
  ///
  /// `values` has an array for every input, by the port's name, as long as its shape says. The outputs are
  /// read in place: `read` should be quick, since the next inference waits for it. Throws `InferenceError`,
  /// whatever `read` throws, and `CancellationError`, soon, when the task is cancelled.
  package func infer<Result: Sendable>(
    _ values: [String: [Float]], read: (borrowing Outputs) throws -> Result
  ) async throws -> Result {
    let request = try await pool.take()
    defer { pool.giveBack(request) }
    request.fill(values)
    try await request.run()
    return try read(Outputs(of: request))
  }
}
