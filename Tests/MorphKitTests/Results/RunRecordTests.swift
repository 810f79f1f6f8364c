internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Run record` {
  private let record = Bench(folder: "/proc/nowhere", kind: .file).record(
    Bench.first, digest: "cd", frames: 3)

  private func read(_ bytes: [UInt8]) async throws -> RunRecord? {
    try await withTemporaryFolder { folder in
      try write(bytes, to: "\(folder)/x.json")
      return RunRecord(atPath: "\(folder)/x.json")
    }
  }

  @Test func `comes back as it was written`() async throws {
    let again = try #require(try await read(record.json()))
    var expected = record
    expected.digest = again.digest
    #expect(again == expected)
    #expect(again.digest.count == 64)
    #expect(try again.isIntact())
  }

  @Test func `is JSON for people: a line for each field, sorted`() throws {
    let text = String(decoding: try record.json(), as: UTF8.self)
    let keys = text.split(separator: "\n").compactMap { line in
      line.hasPrefix("  \"") ? line.split(separator: "\"")[1] : nil
    }
    #expect(
      keys == [
        "digest", "facewalk", "format", "identity", "inputs", "job", "model", "photos", "result",
        "secondsTaken", "started",
      ])
    #expect(text.hasSuffix("}\n"))
  }

  @Test func `is none any more when a byte of a field is another`() async throws {
    let bytes = try record.json()
    let original = try #require(try await read(bytes))
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x.json"
      for index in bytes.indices {
        var edited = bytes
        edited[index] = bytes[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        try Data(edited).write(to: URL(filePath: path))
        // Space between fields is no part of them.
        let found = RunRecord(atPath: path)
        #expect(found == nil || found == original)
        if bytes[index] != UInt8(ascii: " "), bytes[index] != UInt8(ascii: "\n") {
          #expect(found == nil)
        }
      }
    }
  }

  @Test(arguments: ["", "{}", "[]", "null", "{\"identity\": \"ab\"}", "not JSON"])
  func `is nothing else`(text: String) async throws {
    #expect(try await read(Array(text.utf8)) == nil)
  }

  @Test func `is not read from a missing file, a folder or a file that is cut off`() async throws {
    #expect(RunRecord(atPath: "/proc/nowhere/x.json") == nil)
    #expect(RunRecord(atPath: packageFolder) == nil)
    #expect(try await read(record.json().dropLast(3)) == nil)
  }
}

struct `Relative path` {
  @Test(arguments: [
    ("/a/b/c.jpg", "/a/b", "c.jpg"), ("/a/c.jpg", "/a/b", "../c.jpg"), ("/c.jpg", "/a/b", "../../c.jpg"),
    ("/a/./b/../c.jpg", "/a/b/", "../c.jpg"), ("/x/y", "/a/b", "../../x/y"), ("/a/b", "/a/b", "."),
    ("/a", "/a/b", ".."), ("/a/b", "/", "a/b"), ("x.jpg", ".", "x.jpg"), ("x.jpg", "out", "../x.jpg"),
    ("out/x.jpg", "./out", "x.jpg"), ("../x.jpg", ".", "../x.jpg"), ("/a/bc", "/a/b", "../bc"),
  ])
  func `leads from a folder to a file`(path: String, folder: String, expected: String) {
    #expect(relativePath(path, from: folder) == expected)
  }
}
