internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Latent file` {
  /// Element i of the fixtures is i / 8.
  private func counted(_ range: Range<Int>) -> Latent { Latent(range.map { Float($0) / 8 }) }

  private func file(_ name: String) throws -> LatentFile { try LatentFile(at: fixture("numpy/\(name)")) }

  @Test(arguments: ["float32.npy", "float64.npy", "big-endian.npy", "version-2.npy"])
  func `rows are read, counted from 0`(name: String) throws {
    let file = try file(name)
    for row in 0..<5 {
      #expect(try file.latent(atRow: row, shape: [192]) == counted(row * 192..<(row + 1) * 192))
    }
  }

  @Test func `a file with one latent is one row`() throws {
    let file = try file("one-dimensional.npy")
    #expect(try file.latent(atRow: nil, shape: [192]) == counted(0..<192))
    #expect(try file.latent(atRow: 0, shape: [192]) == counted(0..<192))
    let error = #expect(throws: MorphError.self) { try file.latent(atRow: 1, shape: [192]) }
    #expect(error?.problem == .latents(.noSuchRow(1, count: 1)))
  }

  @Test func `spatial latents come as they are, or flat`() throws {
    let spatial = try file("spatial.npy")
    #expect(try spatial.latent(atRow: 3, shape: [3, 8, 8]) == counted(576..<768))
    let flat = try file("float32.npy")
    #expect(try flat.latent(atRow: 4, shape: [3, 8, 8]) == counted(768..<960))
  }

  @Test func `Fortran order is turned into C order`() throws {
    let file = try file("fortran.npy")
    #expect(try file.latent(atRow: 0, shape: [4]).values == [0, 0.125, 0.25, 0.375])
    #expect(try file.latent(atRow: 1, shape: [4]).values == [0.5, 0.625, 0.75, 0.875])
    #expect(try file.latent(atRow: 2, shape: [4]).values == [1, 1.125, 1.25, 1.375])
  }

  @Test func `of several rows one must be named`() throws {
    let file = try file("float32.npy")
    var error = #expect(throws: MorphError.self) { try file.latent(atRow: nil, shape: [192]) }
    #expect(error?.problem == .latents(.rowNeeded(count: 5)))
    error = #expect(throws: MorphError.self) { try file.latent(atRow: 5, shape: [192]) }
    #expect(error?.problem == .latents(.noSuchRow(5, count: 5)))
  }

  @Test(arguments: [[128], [5], [3, 8, 8, 1], [64, 3], [960]])
  func `rows of another shape than the model's latents are refused`(shape: [Int]) throws {
    let file = try file("spatial.npy")
    let error = #expect(throws: MorphError.self) { try file.latent(atRow: 0, shape: shape) }
    #expect(error?.problem == .latents(.wrongShape([4, 3, 8, 8], expected: shape)))
  }

  @Test(arguments: [
    ("int64.npy", LatentFileProblem.wrongType("<i8")),
    ("object.npy", .pickled),
    ("truncated.npy", .truncated(expectedBytes: 3840, bytes: 3740)),
    ("missing.npy", .missing),
    ("standard-normal.json", .notNumPy),
    ("", .unreadable(reason: "it is not a regular file")),
  ])
  func `what can't be used is refused by its name`(name: String, problem: LatentFileProblem) throws {
    let error = #expect(throws: MorphError.self) { try file(name) }
    #expect(error?.subject == fixture("numpy/\(name)"))
    #expect(error?.problem == .latents(problem))
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan, 2e30, -3e38])
  func `a number that is not finite, or huge, spoils its row alone`(value: Float) async throws {
    try await withTemporaryFolder { folder in
      try write(npy([1, 2, 3, value, 5, 6], shape: [3, 2]), to: "\(folder)/z.npy")
      let file = try LatentFile(at: "\(folder)/z.npy")
      #expect(try file.latent(atRow: 0, shape: [2]).values == [1, 2])
      #expect(try file.latent(atRow: 2, shape: [2]).values == [5, 6])
      let error = #expect(throws: MorphError.self) { try file.latent(atRow: 1, shape: [2]) }
      #expect(error?.problem == .latents(.notFinite(row: 1)))
    }
  }

  @Test func `a float64 that is too large for a float32 is not finite`() async throws {
    try await withTemporaryFolder { folder in
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }"
      try write(npy(header, littleEndian(1e300) + littleEndian(1.0)), to: "\(folder)/z.npy")
      let error = #expect(throws: MorphError.self) {
        try LatentFile(at: "\(folder)/z.npy").latent(atRow: nil, shape: [2])
      }
      #expect(error?.problem == .latents(.notFinite(row: 0)))
    }
  }

  @Test func `a file without rows has no row`() async throws {
    try await withTemporaryFolder { folder in
      try write(npy([], shape: [0, 2]), to: "\(folder)/z.npy")
      let error = #expect(throws: MorphError.self) {
        try LatentFile(at: "\(folder)/z.npy").latent(atRow: 0, shape: [2])
      }
      #expect(error?.problem == .latents(.noSuchRow(0, count: 0)))
    }
  }
}
