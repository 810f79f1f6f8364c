internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Shards of a job` {
  @Test(arguments: ChunkBench.outputs)
  func `make their chunks in any order, and the result when they are joined`(output: String) async throws {
    try await withChunkBench(output) { bench in
      var made = 0
      for shard in [3, 1, 2] {
        let (result, count) = try await bench.shard(shard, of: 3)
        #expect(!result.isComplete && result.isNew && result.chunkCount == 5)
        made += count
        #expect(result.missingChunks.isEmpty == (shard == 2))
        if shard == 1 {
          let (joined, madeByJoin) = try await bench.run(.none)
          #expect((joined.isComplete, joined.missingChunks, madeByJoin) == (false, [1, 4], 0))
        }
      }
      #expect(made == 23)
      let (again, count) = try await bench.shard(2, of: 3)
      #expect((again.isNew, again.missingChunks, count) == (false, [], 0))
      let (joined, madeByJoin) = try await bench.run(.none)
      #expect((joined.isComplete, joined.isNew, madeByJoin) == (true, true, 0))
      try await bench.expectFinished()
      #expect(try await !bench.shard(1, of: 3).0.isNew)
    }
  }

  @Test func `at once make the same`() async throws {
    try await withChunkBench("x.mp4") { bench in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for shard in 1...4 { group.addTask { _ = try await bench.shard(shard, of: 4) } }
        try await group.waitForAll()
      }
      _ = try await bench.run(.none)
      try await bench.expectFinished()
    }
  }

  @Test func `that have nothing of a job leave nothing`() async throws {
    try await withChunkBench("x.mp4") { bench in
      let (result, made) = try await bench.run(.shard(Shard(40, of: 40), firstChunk: 0))
      #expect((result.isComplete, result.missingChunks, made) == (false, [0, 1, 2, 3, 4], 0))
      #expect(try names(in: bench.folder).isEmpty)
    }
  }

  @Test func `make the whole result of a job of one chunk`() async throws {
    try await withChunkBench("x.mp4") { bench in
      let (other, _) = try await bench.run(.shard(Shard(2, of: 2), firstChunk: 0), framesPerChunk: 240)
      #expect((other.isComplete, other.missingChunks) == (false, [0]))
      let (result, _) = try await bench.run(.shard(Shard(1, of: 2), firstChunk: 0), framesPerChunk: 240)
      #expect(result.isComplete && result.isNew)
      #expect(try names(in: bench.folder) == ["x.mp4", "x.mp4.json"])
    }
  }
}
