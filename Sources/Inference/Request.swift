internal import COpenVINO
internal import Synchronization

/// One inference request: the tensors and the state of one inference at a time.
///
/// One task at a time uses it, which `Pool` sees to.
final class Request: @unchecked Sendable {
  private let handle: RequestHandle
  private let inputs: [(port: Port, tensor: Tensor, values: UnsafeMutableBufferPointer<Float>)]
  private let outputs: [Port]
  private let completion = Completion()

  /// The number of the inference under way, so that a late cancellation can't hit the next one; nil between.
  private let running = Mutex<Int?>(nil)
  private var runCount = 0

  init(of model: CompiledModel, inputs ports: [Port], outputs: [Port]) throws(InferenceError) {
    self.outputs = outputs
    handle = try RequestHandle(of: model, completion: completion)
    var inputs: [(Port, Tensor, UnsafeMutableBufferPointer<Float>)] = []
    for (index, port) in ports.enumerated() {
      let tensor = try Tensor("ov_infer_request_get_input_tensor_by_index") { [handle] tensor in
        ov_infer_request_get_input_tensor_by_index(handle.request, index, &tensor)
      }
      inputs.append((port, tensor, try tensor.values))
    }
    self.inputs = inputs
  }

  /// Copies `values`, an array for every input by name, into the input tensors.
  func fill(_ values: [String: [Float]]) {
    for input in inputs {
      guard let source = values[input.port.name] else {
        preconditionFailure("no values for '\(input.port.name)'")
      }
      precondition(
        source.count == input.values.count,
        "'\(input.port.name)' takes \(input.values.count) values, not \(source.count)")
      _ = input.values.update(fromContentsOf: source)
    }
  }

  /// Runs one inference, after which the outputs can be read.
  func run() async throws {
    try Task.checkCancellation()
    runCount += 1
    let run = runCount
    running.withLock { $0 = run }
    defer { running.withLock { $0 = nil } }
    try await withTaskCancellationHandler {
      var failure: InferenceError?
      await completion.wait {
        do throws(InferenceError) {
          try check("ov_infer_request_start_async", ov_infer_request_start_async(handle.request))
          if Task.isCancelled { cancel(run) }  // The handler may have come too early.
        } catch {
          failure = error
          completion.signal()
        }
      }
      if let failure { throw failure }
      // Returns at once, but is where an error shows; and only now is OpenVINO done with the callback.
      let status = ov_infer_request_wait(handle.request)
      if Task.isCancelled || status == INFER_CANCELLED { throw CancellationError() }
      try check("ov_infer_request_wait", status)
    } onCancel: {
      cancel(run)
    }
  }

  private func cancel(_ run: Int) {
    running.withLock { if $0 == run { _ = ov_infer_request_cancel(handle.request) } }
  }

  /// The output called `name`, as the last inference left it.
  func output(_ name: String) throws(InferenceError) -> Tensor {
    guard let index = outputs.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("no output '\(name)'")
    }
    guard outputs[index].elementType == "f32" else {
      throw .unsupportedElementType(port: name, type: outputs[index].elementType)
    }
    return try Tensor("ov_infer_request_get_output_tensor_by_index") { tensor in
      ov_infer_request_get_output_tensor_by_index(handle.request, index, &tensor)
    }
  }
}
