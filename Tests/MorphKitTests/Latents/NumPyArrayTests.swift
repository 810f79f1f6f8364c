internal import TestSupport
internal import Testing

@testable import MorphKit

struct `NumPy array` {
  private func header(_ type: String, order: String = "False", shape: String) -> String {
    "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  }

  private func problem(_ bytes: [UInt8]) -> LatentFileProblem? {
    #expect(throws: LatentFileProblem.self) { try NumPyArray(npy: bytes) }
  }

  @Test func `three dimensions in Fortran order become C order`() throws {
    let shape = [2, 3, 4]
    // Element (a, b, c) is 100 a + 10 b + c; the first dimension runs fastest in the file.
    var stored: [Float] = []
    for c in 0..<4 {
      for b in 0..<3 {
        for a in 0..<2 {
          stored.append(Float(100 * a + 10 * b + c))
        }
      }
    }
    let bytes = npy(header("<f4", order: "True", shape: "(2, 3, 4)"), stored.flatMap(littleEndian))
    let array = try NumPyArray(npy: bytes)
    #expect(array.shape == shape)
    #expect(array.values[0] == 0)
    #expect(array.values[1 * 12 + 2 * 4 + 3] == 123)
    #expect(array.values[0 * 12 + 1 * 4 + 2] == 12)
    #expect(array.values == array.values.sorted())
  }

  @Test(arguments: [UInt8(1), 2, 3])
  func `every version of the format is read`(version: UInt8) throws {
    let bytes = npy(header("<f4", shape: "(2,)"), version: version, [Float(1.5), -2].flatMap(littleEndian))
    #expect(try NumPyArray(npy: bytes).values == [1.5, -2])
  }

  @Test func `unknown versions are no NumPy files`() {
    for version: UInt8 in [0, 4, 255] {
      #expect(problem(npy(header("<f4", shape: "(0,)"), version: version, [])) == .notNumPy)
    }
  }

  @Test func `a single number has no dimension`() throws {
    let array = try NumPyArray(npy: npy(header("<f4", shape: "()"), littleEndian(Float(3))))
    #expect(array.shape.isEmpty)
    #expect(array.values == [3])
  }

  @Test(arguments: ["<f2", "<i4", "|u1", "<c8", "|b1", "<U3", "|S4"])
  func `other types are refused by name`(type: String) {
    #expect(problem(npy(header(type, shape: "(2,)"), [0, 0, 0, 0, 0, 0, 0, 0])) == .wrongType(type))
  }

  @Test func `Python objects are never loaded`() {
    #expect(problem(npy(header("|O", shape: "(2,)"), [0x80, 4])) == .pickled)
  }

  @Test func `a structured array is refused`() {
    let text = "{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (2,), }"
    guard case .wrongType = problem(npy(text, [])) else {
      Issue.record("no wrong type")
      return
    }
  }

  @Test(arguments: [
    "(4294967295, 4294967295, 4294967295)", "(1000000000,)", "(4294967295,)", "(65536, 65536, 65536, 65536)",
  ])
  func `a shape that promises more than the file holds takes no memory`(shape: String) {
    #expect(problem(npy(header("<f8", shape: shape), [0, 0])) == .tooManyNumbers)
  }

  @Test(arguments: [
    "", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': 3}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (18446744073709551617,)}",
  ])
  func `a header that says too little is no NumPy file`(text: String) {
    #expect(problem(npy(text, [0, 0, 0, 0])) == .notNumPy)
  }

  @Test func `2,000 damaged files give a value or an error`() throws {
    var random = SeededRandom(seed: 7)
    let sound = [
      npy((0..<12).map(Float.init), shape: [3, 4]),
      npy(header(">f8", order: "True", shape: "(2, 2)"), Array(repeating: 65, count: 32)),
      npy(header("<f4", shape: "(1,)"), version: 3, littleEndian(Float(1))),
    ]
    for round in 0..<2_000 {
      let bytes = random.damaged(sound[round % sound.count])
      do throws(LatentFileProblem) {
        let array = try NumPyArray(npy: bytes)
        #expect(array.values.count == array.shape.reduce(1, *))
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }
}
