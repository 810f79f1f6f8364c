internal import COpenVINO

/// What kept a network from being read, compiled or run.
package enum InferenceError: Error, Equatable, CustomStringConvertible {
  /// The runtime's function `call` failed; `reason` is one line, in the runtime's own words.
  case failed(call: String, reason: String)

  /// The file can't be opened, for a reason in the system's words.
  case unreadable(reason: String)

  /// The file's name does not say which format it has.
  case unknownEnding

  /// The file does not begin as one of its format ("ONNX", "OpenVINO", "TensorFlow Lite") does, or is cut off.
  case notANetwork(format: String)

  /// An input or output does not hold 32-bit floats but `type` ("u8", "f16", …).
  case unsupportedElementType(port: String, type: String)

  /// An input still has a free dimension (nil in `shape`), so it can't be compiled: reshape it first.
  case freeDimension(port: String, shape: [Int?])

  package var description: String {
    switch self {
    case .failed(_, let reason):
      reason
    case .unreadable(let reason):
      "can't be read: \(reason)"
    case .unknownEnding:
      "is not a .onnx, .xml or .tflite file"
    case .notANetwork(let format):
      "holds no \(format) network, or only a part of one"
    case .unsupportedElementType(let port, let type):
      "'\(port)' holds \(type) values, and only f32 is supported"
    case .freeDimension(let port, let shape):
      "'\(port)' has the shape \(shape.map { $0.map(String.init) ?? "?" }.joined(separator: " × "))"
        + ", which is not fixed"
    }
  }
}

/// Throws what the runtime says of `call`, unless `status` is a success.
///
/// The message is the process's last one, so this must follow the call at once.
func check(_ call: StaticString, _ status: ov_status_e) throws(InferenceError) {
  guard status != OK else { return }
  throw .failed(call: "\(call)", reason: lastErrorLine() ?? String(cString: ov_get_error_info(status)))
}

/// Returns the handle that a C constructor fills in.
func create(
  _ call: StaticString, _ constructor: (inout OpaquePointer?) -> ov_status_e
) throws(InferenceError) -> OpaquePointer {
  var handle: OpaquePointer?
  try check(call, constructor(&handle))
  guard let handle else { throw .failed(call: "\(call)", reason: "no handle") }
  return handle
}

/// Returns the text that a C function fills in, and frees the original.
func text(
  _ call: StaticString, _ function: (inout UnsafeMutablePointer<CChar>?) -> ov_status_e
) throws(InferenceError) -> String {
  var text: UnsafeMutablePointer<CChar>?
  try check(call, function(&text))
  guard let text else { throw .failed(call: "\(call)", reason: "no text") }
  defer { ov_free(text) }
  return String(cString: text)
}

/// The last line of the runtime's last message: the others are its stack of source files.
private func lastErrorLine() -> String? {
  guard let message = ov_get_last_err_msg() else { return nil }
  defer { ov_free(message) }
  return String(cString: message).split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
    .map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
}
