internal import COpenVINO
internal import Synchronization

/// Owns OpenVINO's request and the callback that it keeps a pointer to.
///
/// Freeing waits for an inference that still runs, and no callback comes afterwards.
final class RequestHandle {
  let request: OpaquePointer
  private let model: CompiledModel
  private let callback: UnsafeMutablePointer<ov_callback_t>
  private let completion: Completion

  /// `completion` is signalled once after every inference that was started, whatever its outcome.
  init(of model: CompiledModel, completion: Completion) throws(InferenceError) {
    self.model = model
    self.completion = completion
    callback = .allocate(capacity: 1)
    callback.initialize(
      to: ov_callback_t(
        callback_func: { completion in
          guard let completion else { return }
          Unmanaged<Completion>.fromOpaque(completion).takeUnretainedValue().signal()
        },
        args: Unmanaged.passUnretained(completion).toOpaque()))
    do throws(InferenceError) {
      request = try create("ov_compiled_model_create_infer_request") {
        ov_compiled_model_create_infer_request(model.model, &$0)
      }
    } catch {
      callback.deallocate()
      throw error
    }
    try check("ov_infer_request_set_callback", ov_infer_request_set_callback(request, callback))
  }

  deinit {
    ov_infer_request_free(request)
    callback.deallocate()
  }
}

/// Where a task waits for the end of an inference.
final class Completion: Sendable {
  private let continuation = Mutex<UnsafeContinuation<Void, Never>?>(nil)

  /// Suspends the task until `signal` is called, which may happen while `start` still runs.
  func wait(afterStarting start: () -> Void) async {
    await withUnsafeContinuation { continuation in
      self.continuation.withLock { $0 = continuation }
      start()
    }
  }

  func signal() { continuation.withLock { $0.take() }?.resume() }
}
