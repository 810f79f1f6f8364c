internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A table of values` {
  private func table(_ text: String) throws(MorphError) -> CSVTable {
    try CSVTable(csv: Array(text.utf8), name: "pairs.csv")
  }

  @Test func `keeps commas, quotes and line ends in quotes`() throws {
    let table = try table("from,to\r\n\"a, b.jpg\",\"the \"\"big\"\" one\"\r\n\"two\r\nlines\", x \r\n,\"\"")
    #expect(table.columns == ["from", "to"])
    #expect(
      table.rows.map(\.values) == [["a, b.jpg", "the \"big\" one"], ["two\r\nlines", " x "], ["", ""]])
    #expect(table.rows.map(\.number) == [2, 3, 4])
  }

  @Test func `may begin with a byte order mark, have empty lines and end without a line end`() throws {
    let table = try table("\u{FEFF}\n a ,b\n\n\n1,2\n\r\n3,4\n\n")
    #expect(table.columns == ["a", "b"])
    #expect(table.rows == [.init(number: 5, values: ["1", "2"]), .init(number: 7, values: ["3", "4"])])
  }

  @Test(arguments: [
    ("", "pairs.csv: has no row of values. The first row names the columns, each one after it is a job."),
    (
      "a,b\n", "pairs.csv: has no row of values. The first row names the columns, each one after it is a job."
    ),
    (
      "a,b\n1,2\n3\n",
      "pairs.csv: row 3: has 1 value where the first row names 2. A value with a comma in it needs quotes."
    ),
    (
      "a,b\n1,2,3\n",
      "pairs.csv: row 2: has 3 values where the first row names 2. A value with a comma in it needs quotes."
    ),
    (
      "a,b\n1,2\n1,x\0y\n",
      "pairs.csv: row 3: has a NUL character in it, which no name can have. Save it as CSV in UTF-8."
    ),
    (
      "a,a\n1,2\n", "pairs.csv: row 1: names the column 'a' twice. Rename one of them."
    ),
    (
      "index,a\n1,2\n",
      "pairs.csv: row 1: names a column 'index', and {index} is the number of the job. Rename the column."
    ),
    (
      "from;to\n1;2\n",
      "pairs.csv: row 1: 'from;to' can't be the name of a column. Separate columns with commas, and name them without braces and colons."
    ),
    (
      "a,\n1,2\n",
      "pairs.csv: row 1: '' can't be the name of a column. Separate columns with commas, and name them without braces and colons."
    ),
    (
      "a\nx\"y\n",
      "pairs.csv: row 2: has a quotation mark inside a value. Put the whole value in quotes, and write the one inside twice."
    ),
    (
      "a\n\"x\"y\n",
      "pairs.csv: row 2: has a quotation mark inside a value. Put the whole value in quotes, and write the one inside twice."
    ),
    (
      "a\n1\n\"x\ny\n",
      "pairs.csv: row 3: has a quotation mark that is never closed. Close it, or write it twice inside a value in quotes."
    ),
  ])
  func `that can't be is told with its row`(text: String, message: String) {
    let error = #expect(throws: MorphError.self) { try table(text) }
    #expect(error?.description == message)
    #expect(error?.isWrongUse == true)
  }

  @Test func `must be UTF-8 and of a sensible size`() async throws {
    var error = #expect(throws: MorphError.self) {
      try CSVTable(csv: [0x61, 0x0A, 0xE4, 0x0A], name: "pairs.csv")
    }
    #expect(error?.description == "pairs.csv: is not UTF-8 text. Save it as CSV in UTF-8.")
    error = #expect(throws: MorphError.self) { try table(String(repeating: "x,", count: 2_000) + "x\n1\n") }
    #expect(error?.problem == .setting(.table(.tooManyColumns)))
    error = #expect(throws: MorphError.self) { try table("x\n" + String(repeating: "1\n", count: 100_001)) }
    #expect(error?.problem == .setting(.tooManyJobs))
    error = #expect(throws: MorphError.self) { try CSVTable(contentsOf: "/gone/x.csv") }
    #expect(error == MorphError("/gone/x.csv", SettingProblem.missingFile))
  }

  @Test func `comes back from what was written, whatever the values`() throws {
    let pieces = ["a", ",", "\"", "\n", "\r\n", "\r", " ", "é", "1"]
    var random = SeededRandom(seed: 3)
    for _ in 0..<500 {
      let rows = (0..<3).map { _ in
        (0..<2).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
        }
      }
      let lines = rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
      }
      #expect(try table("a,b\n" + lines.joined(separator: "\n")).rows.map(\.values) == rows)
    }
  }

  @Test func `2,000 damaged tables are read or refused`() {
    var random = SeededRandom(seed: 4)
    let sound = Array("from,to\r\n\"a, b.jpg\",\"c \"\"d\"\"\"\r\n1,2\n".utf8)
    for _ in 0..<2_000 {
      do throws(MorphError) {
        let table = try CSVTable(csv: random.damaged(sound), name: "x")
        #expect(table.rows.allSatisfy { $0.values.count == table.columns.count })
      } catch {
        #expect(error.isWrongUse)
      }
    }
  }
}
