internal import TestSupport
internal import Testing

@testable import MorphKit

struct `NumPy archive of a stranger's` {
  private let rows = npy((0..<8).map { Float($0) }, shape: [2, 4])

  private func problem(_ archive: [UInt8], _ name: String = "z") -> LatentFileProblem? {
    #expect(throws: LatentFileProblem.self) { try NumPyArchive(npz: archive).array(named: name) }
  }

  @Test func `the checksum is that of ZIP files`() {
    #expect(crc32(of: Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(crc32(of: []) == 0)
  }

  @Test(arguments: ["stored.npz", "packed.npz"])
  func `a flipped bit in its numbers is found`(file: String) throws {
    var bytes = try contents(fixture("latents/\(file)"))
    _ = try NumPyArchive(npz: bytes).array(named: "a")
    bytes[1_000] ^= 1
    #expect(problem(bytes, "a") == .damagedArchive)
  }

  @Test func `members that share bytes are refused`() throws {
    var builder = ArchiveBuilder()
    builder.add("z.npy", rows, size: rows.count, checksum: crc32(of: rows))
    #expect(try NumPyArchive(npz: builder.archive).array(named: "z")?.shape == [2, 4])
    var second = builder.members[0]
    second.name = "y.npy"
    builder.members.append(second)
    #expect(throws: LatentFileProblem.damagedArchive) { try NumPyArchive(npz: builder.archive) }
  }

  @Test func `a member is as long as its header says`() {
    for (extra, expected) in [
      (100, LatentFileProblem.damagedArchive),
      (-4, .truncated(expectedBytes: rows.count, bytes: rows.count - 4)),
    ] {
      var builder = ArchiveBuilder()
      let bytes = extra > 0 ? rows + Array(repeating: 0, count: extra) : Array(rows.dropLast(-extra))
      builder.add("z.npy", bytes, size: bytes.count, checksum: crc32(of: bytes))
      #expect(problem(builder.archive) == expected)
    }
  }

  @Test func `what unpacks to many times its size is not unpacked`() throws {
    func archive(runs: Int) -> [UInt8] {
      let size = runs * 258 + 1
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(size / 4), 1), }"
      let start = npy(header, [])
      var builder = ArchiveBuilder()
      let content = packed(start, zeroRuns: runs)
      builder.add(
        "z.npy", content, method: 8, size: start.count + size,
        checksum: crc32(of: start + Array(repeating: 0, count: size)))
      return builder.archive
    }
    // A byte is left over.
    #expect(problem(archive(runs: 82)) == .damagedArchive)
    #expect(problem(archive(runs: 100_000)) == .packedTooTightly(megabytes: 25))
  }

  @Test func `its arrays are known by their bytes alone`() throws {
    var builder = ArchiveBuilder()
    for (name, first) in [("e\u{301}", Float(1)), ("\u{E9}", 2)] {
      let bytes = npy([first, 0], shape: [1, 2])
      builder.add(name + ".npy", bytes, size: bytes.count, checksum: crc32(of: bytes))
    }
    let archive = try NumPyArchive(npz: builder.archive)
    #expect(try archive.array(named: "\u{E9}")?.values.first == 2)
    #expect(try archive.array(named: "e\u{301}")?.values.first == 1)
  }

  @Test func `is read once for all its arrays, and hashed once while it stays as it is`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/z.npz"
      try write(try contents(fixture("latents/stored.npz")), to: path)
      let shared = SharedReads()
      let first = try shared.latentFile(at: path, name: "a")
      let content = try LatentContent(at: path)
      let stamp = try #require(content.stamp)
      #expect(try LatentContent(at: path, known: (stamp, "ab")).sha256 == "ab")
      try write(try contents(fixture("latents/packed.npz")), to: path)
      #expect(try LatentContent(at: path, known: (stamp, "ab")).sha256.count == 64)
      try remove(path)
      #expect(try shared.latentFile(at: path, name: "b").sha256 == first.sha256)
    }
  }

  @Test func `a name is refused where arrays have none`() throws {
    let path = fixture("numpy/one-dimensional.npy")
    let error = #expect(throws: MorphError.self) { try LatentFile(at: path, name: "z") }
    #expect(error?.problem == .latents(.namesNoArrays("z")))
  }
}
