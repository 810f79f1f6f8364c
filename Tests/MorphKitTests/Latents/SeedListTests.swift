internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Seed list` {
  private func problem(_ text: String) -> SettingProblem? {
    #expect(throws: SettingProblem.self) { try SeedList(parsing: text) }
  }

  @Test(arguments: [
    ("0", [UInt32(0)]), ("4294967295", [4_294_967_295]), ("1,2,5-10", [1, 2, 5, 6, 7, 8, 9, 10]),
    ("3,1,2,1", [3, 1, 2, 1]), ("5-7,6-8", [5, 6, 7, 6, 7, 8]), ("7-7", [7]),
    ("4294967294-4294967295,0", [4_294_967_294, 4_294_967_295, 0]), ("007", [7]),
  ])
  func `seeds keep their order and their repeats`(text: String, seeds: [UInt32]) throws {
    #expect(Array(try SeedList(parsing: text)) == seeds)
  }

  @Test(arguments: [
    ("9-5", SettingProblem.backwardSeeds("9-5", turned: "5-9")),
    ("1,9-5", .backwardSeeds("9-5", turned: "5-9")),
    ("1,,2", .notASeed("")), ("", .notASeed("")), (",", .notASeed("")), ("1,", .notASeed("")),
    ("4294967296", .notASeed("4294967296")), ("0-4294967296", .notASeed("0-4294967296")),
    ("-1", .notASeed("-1")), ("1-", .notASeed("1-")), ("1-2-3", .notASeed("1-2-3")), ("-", .notASeed("-")),
    ("--1", .notASeed("--1")), ("x", .notASeed("x")), ("1.5", .notASeed("1.5")), ("+1", .notASeed("+1")),
    ("0x10", .notASeed("0x10")), ("1, 2", .notASeed(" 2")), (" ", .notASeed(" ")), ("٣", .notASeed("٣")),
    ("1–3", .notASeed("1–3")),
  ])
  func `what is no seed is named`(text: String, problem: SettingProblem) {
    #expect(self.problem(text) == problem)
  }

  @Test func `all seeds there are can be asked for, since none is written out`() throws {
    let all = try SeedList(parsing: "0-4294967295,0-4294967295")
    #expect(all.count == 8_589_934_592)
    #expect(all[4_294_967_295] == 4_294_967_295)
    #expect(all[4_294_967_296] == 0)
    #expect(all.last == 4_294_967_295)
  }

  @Test func `any place gives what a written-out list has there`() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<200 {
      let ranges = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        let first = UInt32.random(in: 0...4_294_967_200, using: &random)
        return first...(first + UInt32.random(in: 0...12, using: &random))
      }
      let naive = ranges.flatMap { Array($0) }
      let list = SeedList(ranges)
      #expect(list.count == naive.count)
      #expect(list.indices.map { list[$0] } == naive)
      #expect(try SeedList(parsing: list.text) == list)
    }
  }

  @Test func `its text is what may be written on the command line`() throws {
    #expect(try SeedList(parsing: "1,2,5-10,7-7").text == "1-2,5-10,7")
    #expect(try SeedList(parsing: "1,2,3") == SeedList(parsing: "1-3"))
    #expect(SeedList([0...63]).text == "0-63")
  }
}
