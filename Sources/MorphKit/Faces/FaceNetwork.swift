internal import Inference
internal import Synchronization

/// A network in a file, compiled when it is first needed and then kept.
///
/// Safe to use from several tasks at once; those that come while it compiles wait.
final class FaceNetwork: Sendable {
  private let path: String
  private let runtime: Runtime
  private let threads: Int?
  private let compiled = Mutex<Network?>(nil)

  init(at path: String, runtime: Runtime, threads: Int?) {
    self.path = path
    self.runtime = runtime
    self.threads = threads
  }

  /// Runs the network on its one input, and gives its outputs in the order of the file.
  func infer(_ input: [Float]) async throws -> [[Float]] {
    let network = try network()
    return try await network.infer([network.inputs[0].name: input]) { outputs in
      try network.outputs.map { try outputs.values(of: $0.name) }
    }
  }

  private func network() throws -> Network {
    try compiled.withLock { compiled in
      if let compiled { return compiled }
      // One face after another is looked at, so what counts is the time of a single inference.
      let network = try Network(
        compiling: Graph(reading: path, runtime: runtime), for: .latency, threads: threads, runtime: runtime)
      compiled = network
      return network
    }
  }
}
