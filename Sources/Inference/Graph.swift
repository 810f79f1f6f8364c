internal import COpenVINO

/// A network as its file describes it, not yet compiled.
///
/// Not for two tasks at once, since `reshape` changes it.
package final class Graph {
  let handle: GraphHandle
  let format: NetworkFormat
  private var model: OpaquePointer { handle.model }

  /// In the order of the file.
  package private(set) var inputs: [Port] = []
  package private(set) var outputs: [Port] = []

  /// Reads an ONNX file (with its external data), an OpenVINO XML file (with the BIN file beside it) or a
  /// TensorFlow Lite file.
  package init(reading path: String, runtime: Runtime) throws(InferenceError) {
    format = try NetworkFile.format(of: path)
    handle = try GraphHandle(reading: path, runtime: runtime)
    try readPorts()
  }

  /// The input that has `name` among its names, or nil.
  package func input(named name: String) throws(InferenceError) -> Port? {
    var handle: OpaquePointer?
    guard ov_model_const_input_by_name(model, name, &handle) == OK, let handle else { return nil }
    return try Port(consuming: handle, fallbackName: name)
  }

  /// The output that has `name` among its names, or nil.
  package func output(named name: String) throws(InferenceError) -> Port? {
    var handle: OpaquePointer?
    guard ov_model_const_output_by_name(model, name, &handle) == OK, let handle else { return nil }
    return try Port(consuming: handle, fallbackName: name)
  }

  /// Fixes the shape of an input, and with it the shapes of whatever depends on it.
  ///
  /// Throws when some layer can't work with that shape; the graph then is as it was.
  package func reshape(_ input: Port, to shape: [Int]) throws(InferenceError) {
    guard let index = inputs.firstIndex(of: input) else { preconditionFailure("no input '\(input.name)'") }
    var partialShape = ov_partial_shape_t()
    try check(
      "ov_partial_shape_create_static",
      ov_partial_shape_create_static(Int64(shape.count), shape.map(Int64.init), &partialShape))
    defer { ov_partial_shape_free(&partialShape) }
    try check(
      "ov_model_reshape_by_port_indexes", ov_model_reshape_by_port_indexes(model, [index], &partialShape, 1))
    try readPorts()
  }

  private func readPorts() throws(InferenceError) {
    var inputCount = 0
    var outputCount = 0
    try check("ov_model_inputs_size", ov_model_inputs_size(model, &inputCount))
    try check("ov_model_outputs_size", ov_model_outputs_size(model, &outputCount))
    inputs = []
    outputs = []
    for index in 0..<inputCount {
      let port = try create("ov_model_const_input_by_index") {
        ov_model_const_input_by_index(model, index, &$0)
      }
      inputs.append(try Port(consuming: port, fallbackName: "input \(index)"))
    }
    for index in 0..<outputCount {
      let port = try create("ov_model_const_output_by_index") {
        ov_model_const_output_by_index(model, index, &$0)
      }
      outputs.append(try Port(consuming: port, fallbackName: "output \(index)"))
    }
  }
}

/// Owns OpenVINO's model of a graph, which the graph shares with what is compiled from it.
final class GraphHandle {
  let model: OpaquePointer

  init(reading path: String, runtime: Runtime) throws(InferenceError) {
    model = try create("ov_core_read_model") { ov_core_read_model(runtime.core, path, nil, &$0) }
  }

  deinit { ov_model_free(model) }
}
