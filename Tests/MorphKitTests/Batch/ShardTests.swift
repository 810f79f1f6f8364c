internal import Testing

@testable import MorphKit

struct `A shard` {
  @Test func `is read as I of N`() throws {
    let shard = try Shard(parsing: "3/40")
    #expect((shard.number, shard.count) == (3, 40))
    #expect(shard.description == "3/40")
    #expect(try Shard(parsing: "1/1") == Shard(1, of: 1))
    #expect(try Shard(parsing: "40/40").number == 40)
  }

  @Test(arguments: [
    (
      "/40",
      "'/40' has nothing before the /. Is the variable with the shard's number empty, such as "
        + "SLURM_ARRAY_TASK_ID outside an array?"
    ),
    ("3/", "'3/' has nothing behind the /. Is the variable with the number of shards empty?"),
    (
      "0/40",
      "'0/40' is not possible, since shards count from 1; use 1/40 to 40/40. An array that starts at 0 needs 1 "
        + "added to its index."
    ),
    ("41/40", "there is no shard 41 of 40; use 1/40 to 40/40."),
    ("1/0", "'1/0' cuts the work into no parts. State how many there are, as in 1/40."),
    ("3", "'3' is not possible; use I/N, as in 3/40: the third of 40 parts."),
    ("", "'' is not possible; use I/N, as in 3/40: the third of 40 parts."),
    ("1/2/3", "'1/2/3' is not possible; use I/N, as in 3/40: the third of 40 parts."),
    ("-1/4", "'-1/4' is not possible; use I/N, as in 3/40: the third of 40 parts."),
    ("1/9999999", "'1/9999999' is not possible; use I/N, as in 3/40: the third of 40 parts."),
  ])
  func `that can't be is answered with its own sentence`(text: String, message: String) {
    let problem = #expect(throws: SettingProblem.self) { try Shard(parsing: text) }
    #expect(problem?.message == message)
  }

  @Test func `of a run takes every chunk once`() {
    for count in 1...5 {
      for chunk in 0..<20 {
        let takers = (1...count).filter { Shard($0, of: count).takes(chunk) }
        #expect(takers == [chunk % count + 1])
      }
    }
  }

  @Test func `counts chunks over all jobs`() {
    let share = ChunkShare.shard(Shard(2, of: 3), firstChunk: 4)
    #expect((0..<6).filter(share.takes) == [0, 3])
    #expect((0..<3).allSatisfy(ChunkShare.all.takes))
    #expect(!(0..<3).contains(where: ChunkShare.none.takes))
  }
}
