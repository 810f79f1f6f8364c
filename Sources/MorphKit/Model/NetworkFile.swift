internal import Inference

/// A network of a model folder before it is compiled, held against what model.yaml says of it.
struct NetworkFile {
  private let name: String
  private let folder: String
  private let graph: Graph
  private let runtime: Runtime

  init(_ name: String, in folder: ModelFolder, runtime: Runtime) throws(MorphError) {
    self.name = name
    self.folder = folder.path
    self.runtime = runtime
    let path = try ModelFolder.file(name, in: folder.path)
    do throws(InferenceError) {
      graph = try Graph(reading: path, runtime: runtime)
    } catch {
      throw MorphError(folder.path, ModelProblem.network(file: name, reason: error.description))
    }
  }

  /// The input called `tensor`, or the only one.
  func input(_ tensor: String?, key: String) throws(MorphError) -> Port {
    try port(tensor, key: key, among: graph.inputs) { name throws(InferenceError) in
      try graph.input(named: name)
    }
  }

  /// The output called `tensor`, or the only one.
  func output(_ tensor: String?, key: String) throws(MorphError) -> Port {
    try port(tensor, key: key, among: graph.outputs) { name throws(InferenceError) in
      try graph.output(named: name)
    }
  }

  private func port(
    _ tensor: String?, key: String, among ports: [Port],
    find: (String) throws(InferenceError) -> Port?
  ) throws(MorphError) -> Port {
    guard let tensor else {
      guard ports.count == 1, let port = ports.first else {
        throw MorphError(folder, ModelProblem.tensorNeeded(key, file: name, has: ports.map(\.name)))
      }
      return port
    }
    guard let port = try translating({ () throws(InferenceError) in try find(tensor) }) else {
      throw MorphError(folder, ModelProblem.noSuchTensor(tensor, file: name, has: ports.map(\.name)))
    }
    return port
  }

  /// Gives `input` exactly this shape, whose first number is the batch.
  func fix(_ input: Port, to shape: [Int], setting: String) throws(MorphError) {
    let agrees =
      input.shape.count == shape.count
      && zip(input.shape, shape).dropFirst().allSatisfy { found, expected in found == nil || found == expected
      }
    guard agrees else {
      throw MorphError(
        folder,
        ModelProblem.shape(
          tensor: input.name, file: name, found: text(input.shape), expected: text(shape.map(\.self)),
          setting: "'\(setting)'"))
    }
    guard input.shape != shape.map(\.self) else { return }
    do throws(InferenceError) {
      try graph.reshape(input, to: shape)
    } catch {
      throw MorphError(folder, ModelProblem.fixedBatch(file: name, reason: error.description))
    }
  }

  /// Throws unless `output` holds as many numbers as `shape`, for one picture.
  func expect(_ output: Port, toHold shape: [Int], setting: String) throws(MorphError) {
    // Found again, since fixing an input's shape settles those of the outputs.
    let current = graph.outputs.first { $0.name == output.name } ?? output
    guard !current.shape.contains(nil), let found = product(current.shape.compactMap(\.self)),
      found == product(shape)
    else {
      throw MorphError(
        folder,
        ModelProblem.shape(
          tensor: output.name, file: name, found: text(current.shape),
          expected: text(([1] + shape).map(\.self)),
          setting: "'\(setting)'"))
    }
  }

  /// The names of the tensors that hold the posterior; with shared moments both are in `mean`.
  func tensors(
    of output: ModelDescription.Encoder.Output, latent: ModelDescription.LatentFormat
  ) throws(MorphError) -> (mean: String, spread: String?) {
    switch output {
    case .mean(let mean):
      let port = try self.output(mean, key: "encoder: mean")
      try expect(port, toHold: latent.shape, setting: "latent")
      return (port.name, nil)
    case .meanAndSpread(let mean, let spread, _):
      let spreadPort = try self.output(spread, key: "encoder: spread: output")
      let others = graph.outputs.filter { $0.name != spreadPort.name }
      let meanPort = try port(mean, key: "encoder: mean", among: mean == nil ? others : graph.outputs) {
        name throws(InferenceError) in try graph.output(named: name)
      }
      try expect(meanPort, toHold: latent.shape, setting: "latent")
      try expect(spreadPort, toHold: latent.shape, setting: "latent")
      return (meanPort.name, spreadPort.name)
    case .moments(let moments, _, _):
      let port = try self.output(moments, key: "encoder: moments: output")
      try expect(port, toHold: [2] + latent.shape, setting: "latent")
      return (port.name, nil)
    }
  }

  func compiled(for purpose: Network.Purpose, threads: Int?) throws(MorphError) -> Network {
    try translating { () throws(InferenceError) in
      try Network(compiling: graph, for: purpose, threads: threads, runtime: runtime)
    }
  }

  private func translating<Value>(_ body: () throws(InferenceError) -> Value) throws(MorphError) -> Value {
    do throws(InferenceError) {
      return try body()
    } catch {
      throw MorphError(folder, ModelProblem.network(file: name, reason: error.description))
    }
  }

  private func text(_ shape: [Int?]) -> String {
    "[\(shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", "))]"
  }
}
