internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Latent file of several arrays` {
  private func path(_ name: String) -> String { fixture("latents/\(name)") }

  private func counted(_ range: Range<Int>) -> Latent { Latent(range.map { Float($0) / 8 }) }

  private func problem(_ name: String, _ array: String? = nil) -> MorphError.Problem? {
    #expect(throws: MorphError.self) { try LatentFile(at: path(name), name: array) }?.problem
  }

  @Test(arguments: ["stored.npz", "packed.npz"])
  func `arrays of a NumPy archive are read by name, packed or not`(file: String) throws {
    let rows = try LatentFile(at: path(file), name: "a")
    #expect(try rows.rowCount(shape: [192]) == 5)
    #expect(try rows.latent(atRow: 3, shape: [192]) == counted(576..<768))
    #expect(try LatentFile(at: path(file), name: "b").latent(atRow: nil, shape: [192]) == counted(0..<192))
  }

  @Test func `what was packed is unpacked to the last number`() throws {
    let file = try LatentFile(at: path("packed.npz"), name: "c")
    let values = try file.values(shape: [192])
    #expect(values.count == 40 * 192)
    #expect(values.allSatisfy { [0, 1, 2].contains($0) })
    #expect(values.contains(2))
  }

  @Test func `tensors are read by name`() throws {
    let rows = try LatentFile(at: path("faces.safetensors"), name: "z")
    #expect(try rows.latent(atRow: 4, shape: [192]) == counted(768..<960))
    #expect(try rows.latent(atRow: 4, shape: [3, 8, 8]) == counted(768..<960))
    #expect(rows.origin == nil)
    let doubles = try LatentFile(at: path("faces.safetensors"), name: "d")
    #expect(try doubles.latent(atRow: 1, shape: [192]) == counted(192..<384))
    #expect(problem("faces.safetensors", "n") == .latents(.wrongType("I64")))
  }

  @Test func `of several arrays one must be named, and one that is there`() {
    #expect(problem("stored.npz") == .latents(.nameNeeded(["a", "b"])))
    #expect(problem("stored.npz", "c") == .latents(.noSuchArray("c", has: ["a", "b"])))
    #expect(problem("faces.safetensors") == .latents(.nameNeeded(["d", "n", "z"])))
    #expect(problem("faces.safetensors", "mu") == .latents(.noSuchArray("mu", has: ["d", "n", "z"])))
  }

  @Test func `Python objects are never loaded`() {
    #expect(problem("pickled.npz") == .latents(.pickled))
  }

  @Test func `a file of encoded faces comes back as it was`() async throws {
    try await withTemporaryFolder { folder in
      let faces = EncodedFaces(
        names: ["ada", "grace \"g\""],
        posteriors: [
          Posterior(mean: Latent([1, 2]), logVariance: [0, -2]),
          Posterior(mean: Latent([-3, 0.5]), logVariance: [2, 0]),
        ], shape: [2], origin: .init(model: "m", identity: "1a"))
      try faces.write(to: "\(folder)/f.safetensors", name: "f", as: .safetensors)
      let means = try LatentFile(at: "\(folder)/f.safetensors")
      #expect(means.origin == .init(model: "m", identity: "1a"))
      #expect(try means.values(shape: [2]) == [1, 2, -3, 0.5])
      let spreads = try LatentFile(at: "\(folder)/f.safetensors", name: "sigma").values(shape: [2])
      #expect(largestDifference(spreads, [1, 0.36787944, 2.7182817, 1]) < 1e-6)
      try faces.write(to: "\(folder)/f.npy", name: "f", as: .npy)
      #expect(try LatentFile(at: "\(folder)/f.npy").values(shape: [2]) == [1, 2, -3, 0.5])
      // As NumPy pads it.
      #expect(try contents("\(folder)/f.npy").count == 128 + 16)
    }
  }

  @Test func `a packed file that promises little gives no more`() throws {
    // A literal zero and repeats of 258 bytes in the fixed code.
    let packed: [UInt8] = [0x63, 0x60, 0x18, 0x05, 0xA3, 0x60, 0x14, 0x0C, 0x77, 0x00, 0x00]
    #expect(throws: LatentFileProblem.damagedArchive) { try Inflate.bytes(of: packed[...], limit: 100) }
    #expect(try Inflate.bytes(of: packed[...], limit: 100_000).allSatisfy { $0 == 0 })
  }

  @Test func `headers that say too much take no memory`() {
    func problem(_ header: String, _ content: [UInt8] = []) -> LatentFileProblem? {
      let length = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) }
      return #expect(throws: LatentFileProblem.self) {
        try SafeTensors(safetensors: length + Array(header.utf8) + content).array(named: "z")
      }
    }
    let far = #"{"z":{"dtype":"F32","shape":[4000000000,4000000000,4],"data_offsets":[0,4]}}"#
    #expect(problem(far) == .tooManyNumbers)
    let gone = #"{"z":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    #expect(problem(gone, [0]) == .truncated(expectedBytes: 8, bytes: 1))
    #expect(problem(#"{"z":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}"#) == .notSafeTensors)
    #expect(problem(#"{"z":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}"#) == .tooManyNumbers)
    #expect(problem(#"{"z":3}"#) == .notSafeTensors)
    #expect(problem(String(repeating: "[", count: 100_000)) == .notSafeTensors)
    #expect(throws: LatentFileProblem.notSafeTensors) {
      try SafeTensors(safetensors: [255, 255, 255, 255, 255, 255, 255, 255])
    }
  }

  @Test(arguments: ["stored.npz", "packed.npz"])
  func `1,000 damaged archives give a value or an error`(file: String) throws {
    var random = SeededRandom(seed: 11)
    let sound = try contents(path(file))
    for _ in 0..<1_000 {
      do throws(LatentFileProblem) {
        let archive = try NumPyArchive(npz: random.damaged(sound))
        for name in archive.names {
          _ = try archive.array(named: name)
        }
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func `1,000 damaged packings give bytes or an error`() throws {
    var random = SeededRandom(seed: 12)
    let sound = Array(try contents(path("packed.npz")).dropFirst(60).prefix(2_000))
    for _ in 0..<1_000 {
      do throws(LatentFileProblem) {
        #expect(try Inflate.bytes(of: random.damaged(sound)[...], limit: 50_000).count <= 50_000)
      } catch {
        #expect(error == .damagedArchive)
      }
    }
  }

  @Test func `2,000 damaged files of tensors give a value or an error`() throws {
    var random = SeededRandom(seed: 13)
    // Without most of the numbers, so that the header is hit.
    let sound = Array(try contents(path("faces.safetensors")).prefix(400))
    for _ in 0..<2_000 {
      do throws(LatentFileProblem) {
        let tensors = try SafeTensors(safetensors: random.damaged(sound))
        for name in tensors.names {
          _ = try tensors.array(named: name)
        }
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
  }
}
