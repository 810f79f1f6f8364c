internal import COpenVINO
internal import Glibc

/// Owns OpenVINO's compiled model, and keeps alive the runtime and the graph that it came from.
final class CompiledModel {
  let model: OpaquePointer
  private let runtime: Runtime

  /// Kept since OpenVINO promises nowhere that weights outlive the graph that they were read with.
  ///
  /// Never looked into, since the graph may change. It takes no memory, as OpenVINO 2026.4 keeps the weights too.
  private let graph: GraphHandle

  init(
    compiling graph: Graph, for purpose: Network.Purpose, threads: Int?, runtime: Runtime
  ) throws(InferenceError) {
    self.runtime = runtime
    self.graph = graph.handle
    var properties = [
      // Left alone, OpenVINO picks bf16 where it can, and results change with the thread count.
      "INFERENCE_PRECISION_HINT": "f32",
      "PERFORMANCE_HINT": purpose.rawValue,
    ]
    if graph.format == .tensorFlowLite {
      // Streams prepare their weights side by side. With weights of 8 bits (tf.lite.Optimize.DEFAULT) OpenVINO
      // 2026.4 gets that wrong in about one of twenty compilations. One stream computes on all threads.
      properties["NUM_STREAMS"] = "1"
    }
    if let threads { properties["INFERENCE_NUM_THREADS"] = String(threads) }
    model = try create("ov_core_compile_model") { model in
      withCProperties(properties) { count, properties in
        ov_core_compile_model_props(runtime.core, graph.handle.model, "CPU", count, properties, &model)
      }
    }
  }

  deinit { ov_compiled_model_free(model) }

  func property(_ name: String) throws(InferenceError) -> String {
    try text("ov_compiled_model_get_property") { ov_compiled_model_get_property(model, name, &$0) }
  }
}

/// Calls `body` with `properties` as C has them.
private func withCProperties(
  _ properties: [String: String], _ body: (Int, UnsafePointer<ov_property_t>?) -> ov_status_e
) -> ov_status_e {
  let cProperties = properties.map { key, value in ov_property_t(key: strdup(key), value: strdup(value)) }
  defer {
    for property in cProperties {
      free(UnsafeMutableRawPointer(mutating: property.key))
      free(UnsafeMutableRawPointer(mutating: property.value))
    }
  }
  return body(cProperties.count, cProperties)
}
