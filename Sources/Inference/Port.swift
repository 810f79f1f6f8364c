internal import COpenVINO

/// One input or output of a network.
package struct Port: Equatable, Sendable {
  /// Its tensor name; where a tensor has several, always the same one of them.
  package let name: String

  /// Its dimensions, outermost first; nil where the network leaves one free, empty for a single number.
  package let shape: [Int?]

  /// What it holds: "f32", "f16", "u8", "i64", ….
  package let elementType: String

  /// Reads the port at `handle` and frees it; `fallbackName` is for tensors without a name.
  init(consuming handle: OpaquePointer, fallbackName: String) throws(InferenceError) {
    defer { ov_output_const_port_free(handle) }
    var partialShape = ov_partial_shape_t()
    try check("ov_port_get_partial_shape", ov_port_get_partial_shape(handle, &partialShape))
    defer { ov_partial_shape_free(&partialShape) }
    var type = DYNAMIC
    try check("ov_port_get_element_type", ov_port_get_element_type(handle, &type))

    var name: UnsafeMutablePointer<CChar>?
    if ov_port_get_any_name(handle, &name) == OK, let name {
      self.name = String(cString: name)
      ov_free(name)
    } else {
      self.name = fallbackName
    }
    // ov_rank_is_dynamic and ov_dimension_is_dynamic are not asked, since they take a fixed 0 for a free one.
    guard partialShape.rank.min == partialShape.rank.max else {
      throw .failed(
        call: "ov_port_get_partial_shape", reason: "'\(self.name)' has no fixed number of dimensions")
    }
    shape = UnsafeBufferPointer(start: partialShape.dims, count: Int(partialShape.rank.max)).map {
      dimension in
      dimension.min == dimension.max ? Int(dimension.max) : nil
    }
    elementType = Self.elementTypes[type.rawValue] ?? "unknown"
  }

  private static let elementTypes: [UInt32: String] = [
    OV_BOOLEAN.rawValue: "boolean", BF16.rawValue: "bf16", F16.rawValue: "f16", F32.rawValue: "f32",
    F64.rawValue: "f64", I4.rawValue: "i4", I8.rawValue: "i8", I16.rawValue: "i16", I32.rawValue: "i32",
    I64.rawValue: "i64", U4.rawValue: "u4", U8.rawValue: "u8", U16.rawValue: "u16", U32.rawValue: "u32",
    U64.rawValue: "u64", STRING.rawValue: "string",
  ]
}
