internal import Foundation
internal import TestSupport
internal import Testing

/// The examples of Documentation/batches.md, with a tiny model.
struct `The examples of many jobs` {
  private struct Example {
    var language: String
    var text: String
  }

  /// The fenced blocks of a page, in order.
  private func examples() throws -> [Example] {
    let page = try String(contentsOfFile: packageFolder + "/Documentation/batches.md", encoding: .utf8)
    let parts = page.components(separatedBy: "```")
    return stride(from: 1, to: parts.count, by: 2).map { index in
      let lines = parts[index].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Example(language: String(lines[0]), text: String(lines[1]))
    }
  }

  private func withFaces(_ body: (CommandFolder) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("faces")
      for name in ["ada", "grace", "katherine"] {
        try folder.copy(folder.path("face.png"), to: "faces/\(name).jpg")
      }
      try await body(folder)
    }
  }

  @Test func `run as they stand`() async throws {
    let examples = try examples()
    let table = try #require(examples.first { $0.language == "csv" })
    let files = examples.filter { $0.language == "yaml" }
    let results = [
      ["ada-grace.mp4", "ada-42.mp4", "samples.png"],
      (1...5).map { "walks/ada-000\($0).mp4" },
      ["ada", "grace", "katherine"].map { "pairs/\($0).png" },
      ["rows/000000.mp4", "rows/000001.mp4"],
      ["000000-ada-grace", "000001-ada-katherine", "000002-grace-katherine"].map { "all/\($0).mp4" },
    ]
    #expect(files.count == results.count)
    try await withFaces { folder in
      try folder.write(table.text, to: "pairs.csv")
      for (file, expected) in zip(files, results) {
        try folder.write(file.text, to: "jobs.yaml")
        let line = ["run", "jobs.yaml", "--set", "model=tiny"]
        let result = try folder.facewalk(line)
        #expect(result.output.split(separator: "\n").map(String.init) == expected, "\(result.errors)")
        let count = expected.count
        // The test's model has no crop of faces, so its photos have no detail.
        let messages = result.messages.filter { !$0.hasPrefix("Without detail of the photos") }
        #expect(messages == ["\(count) jobs, \(count) to render", "\(count) done."])
        #expect(result.ending == .exited(0))
      }
      #expect(try folder.record(of: "rows/000001.mp4").result.frames == 7)
      #expect(try folder.record(of: "ada-42.mp4").result.frames == 4)
    }
  }

  @Test func `name lines that can be typed`() async throws {
    var lines: [[String]] = []
    for example in try examples() where example.language.isEmpty {
      for line in example.text.split(separator: "\n") {
        lines.append(words(of: String(line.prefix { $0 != "#" })).dropFirst().map { $0 })
      }
    }
    #expect(lines.count == 4)
    try await withFaces { folder in
      try folder.write(
        "for: {photo: faces/*.jpg}\nmodel: tiny\nreconstruct: {photos: \"{photo}\"}\noutput: \"{name}.png\"\n",
        to: "walks.yaml")
      for line in lines {
        #expect(try folder.facewalk(line).ending == .exited(0), "\(line)")
      }
      #expect(folder.names().contains("katherine.png"))
    }
  }
}
