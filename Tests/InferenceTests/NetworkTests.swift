import Inference
import Testing

struct `A network` {
  @Test func `a missing file is an error of one line`() throws {
    let runtime = try Runtime()
    let error = #expect(throws: InferenceError.self) {
      try Graph(reading: "/missing/network.onnx", runtime: runtime)
    }
    #expect(error?.description == #"onnx: Could not open the file: "/missing/network.onnx""#)
  }
}
