internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Numbers of chunks` {
  @Test func `are runs, however many they are`() {
    let all = ChunkNumbers(0..<375_000)
    #expect(all.ranges == [0..<375_000])
    #expect((all.count, all.first, all.last, all.text) == (375_000, 0, 374_999, "0-374999"))
    #expect(ChunkNumbers(0..<0).isEmpty)
  }

  @Test func `are those of a range without others`() {
    var random = SeededRandom(seed: 5)
    for count in 0..<30 {
      let others = Set((0..<count).map { _ in Int.random(in: -2..<25, using: &random) })
      let numbers = ChunkNumbers(0..<20, without: others)
      #expect(Array(numbers) == (0..<20).filter { !others.contains($0) })
      #expect(numbers.ranges.allSatisfy { !$0.isEmpty })
      #expect(zip(numbers.ranges, numbers.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
    #expect(ChunkNumbers(0..<6, without: [2, 3]) == [0, 1, 4, 5])
    #expect((ChunkNumbers(0..<6, without: [2, 3]) as ChunkNumbers).text == "0-1,4-5")
  }

  @Test func `of a waiting job of many frames are one run`() async throws {
    try await withTemporaryFolder { folder in
      let job = seedMorph(to: "\(folder)/x.mp4", frames: [90_000_000])
      let statuses = try await status(of: [BatchJob(job, file: "j.yaml")], options: TestRenders.options())
      #expect(statuses[0].missingChunks.count == 375_001)
      #expect(statuses[0].missingChunks.ranges.count == 1)
      #expect(shardsWithWork(statuses, of: 1_000) == Array(1...1_000))
    }
  }
}
