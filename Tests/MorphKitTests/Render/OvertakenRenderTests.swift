internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A run whose job another process finishes` {
  /// The other publishes the same result and begins to clear the folder that both work in.
  @Test(arguments: ["x", "x_####.png"], [ChunkShare.all, .shard(Shard(1, of: 1), firstChunk: 0)])
  func `leaves the other's result alone, and nothing of its own`(
    output: String, share: ChunkShare
  ) async throws {
    let expected = try await ChunkBench.expected(output)
    try await withTemporaryFolder { folder in
      let other = ChunkBench(folder: folder + "/other", output: output)
      try await other.run()
      let bench = ChunkBench(folder: folder + "/own", output: output)
      try FileManager.default.createDirectory(atPath: bench.folder, withIntermediateDirectories: true)
      let workFolder = try bench.workFolder()
      var options = bench.options(share)
      options.mends = true
      let result = try await render(bench.job(), options: options) { event in
        guard case .progressed(let progress) = event, progress.framesWritten == progress.frameCount - 1 else {
          return
        }
        do {
          for name in try names(in: other.folder) {
            try FileManager.default.copyItem(
              atPath: "\(other.folder)/\(name)", toPath: "\(bench.folder)/\(name)")
          }
          for piece in try names(in: workFolder) where kind(ofPath: "\(workFolder)/\(piece)") == .folder {
            let frame = try #require(names(in: "\(workFolder)/\(piece)").first)
            try remove("\(workFolder)/\(piece)/\(frame)")
          }
        } catch {
          Issue.record(error)
        }
      }
      #expect(!result.isNew && result.isComplete)
      let isSame = try bench.everything() == expected
      #expect(isSame)
      #expect(try await !bench.run().0.isNew)
    }
  }
}
