internal import TestSupport
internal import Testing

@testable import MorphKit

struct `File of a report` {
  @Test func `is written whole, with the folder that it lies in`() async throws {
    try await withTemporaryFolder { folder in
      let file = try ReportFile(
        at: "\(folder)/new/r.json", option: "--output", ending: ".json", overwrites: false)
      #expect(try names(in: "\(folder)/new").isEmpty)
      try file.write("{}\n")
      #expect(try names(in: "\(folder)/new") == ["r.json"])
      #expect(try contents("\(folder)/new/r.json") == Array("{}\n".utf8))
    }
  }

  @Test func `takes the place of another only when told to`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      try write("mine", to: path)
      #expect(throws: MorphError(path, OutputProblem.reportExists)) {
        try ReportFile(at: path, option: "--output", ending: ".json", overwrites: false)
      }
      #expect(try contents(path) == Array("mine".utf8))
      try ReportFile(at: path, option: "--output", ending: ".json", overwrites: true).write("new")
      #expect(try contents(path) == Array("new".utf8))
    }
  }

  @Test func `takes nobody's place that came in the meantime`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/r.json"
      let file = try ReportFile(at: path, option: "--output", ending: ".json", overwrites: false)
      try write("mine", to: path)
      #expect(throws: MorphError(path, OutputProblem.reportExists)) { try file.write("new") }
      #expect(try contents(path) == Array("mine".utf8) && names(in: folder) == ["r.json"])
    }
  }

  @Test(arguments: ["-", "report", "report.txt", "", "x.json/"])
  func `has a name that says what it is`(_ name: String) {
    #expect(throws: MorphError.self) {
      try ReportFile(at: name, option: "--output", ending: ".json", overwrites: false)
    }
  }
}
