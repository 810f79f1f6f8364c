internal import Testing

@testable import Inference

struct `Instructions that multiply bytes` {
  @Test func `are read from what Linux says of the first core`() {
    let text = """
      processor\t: 0
      flags\t\t: fpu avx512f avx_vnni avx512_vnni avx512_vnnix
      processor\t: 1
      flags\t\t: fpu amx_int8
      """
    #expect(ByteInstructions(processorText: text).names == ["avx_vnni", "avx512_vnni"])
  }

  @Test(arguments: ["", "processor : 0\n", "flags : fpu avx2 avx512f\n", "bugs : avx_vnni\n"])
  func `are none where none is named`(text: String) {
    #expect(ByteInstructions(processorText: text).names.isEmpty)
  }
}
