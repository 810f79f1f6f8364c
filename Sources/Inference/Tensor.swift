internal import COpenVINO

/// Owns an OpenVINO tensor of 32-bit floats.
final class Tensor {
  private let handle: OpaquePointer

  /// Takes over the handle that `constructor` fills in.
  init(
    _ call: StaticString, _ constructor: (inout OpaquePointer?) -> ov_status_e
  ) throws(InferenceError) {
    handle = try create(call, constructor)
  }

  deinit { ov_tensor_free(handle) }

  var shape: [Int] {
    get throws(InferenceError) {
      var shape = ov_shape_t()
      try check("ov_tensor_get_shape", ov_tensor_get_shape(handle, &shape))
      defer { ov_shape_free(&shape) }
      return UnsafeBufferPointer(start: shape.dims, count: Int(shape.rank)).map(Int.init)
    }
  }

  /// Its numbers, innermost dimension first; valid as long as the tensor lives.
  var values: UnsafeMutableBufferPointer<Float> {
    get throws(InferenceError) {
      var count = 0
      try check("ov_tensor_get_size", ov_tensor_get_size(handle, &count))
      var data: UnsafeMutableRawPointer?
      try check("ov_tensor_data", ov_tensor_data(handle, &data))
      return UnsafeMutableBufferPointer(start: data?.assumingMemoryBound(to: Float.self), count: count)
    }
  }
}
