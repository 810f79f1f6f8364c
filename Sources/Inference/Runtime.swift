internal import COpenVINO

/// The inference runtime: what reads and compiles networks.
///
/// One is enough for a process. Safe to use from several tasks at once: OpenVINO's core locks itself.
package final class Runtime: @unchecked Sendable {
  let core: OpaquePointer

  package init() throws(InferenceError) {
    core = try create("ov_core_create") { ov_core_create(&$0) }
  }

  deinit { ov_core_free(core) }
}
