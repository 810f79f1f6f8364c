internal import Foundation
internal import TestSupport
internal import Testing

struct `The same job` {
  @Test(arguments: [
    ("morph seed:1 seed:2 --frames 20 -m tiny", "mp4"), ("sample --seeds 0-99 -m tiny", "png"),
    ("morph seed:1 seed:2 --frames 6", "mp4"), ("sample --seeds 1-4", "png"),
  ])
  func `gives the same bytes on one thread, two threads and one core`(
    _ line: String, _ ending: String
  ) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      var results: Set<[UInt8]> = []
      for (name, options, wrapper) in try [
        ("one", "--threads 1", []), ("two", "--threads 2", []),
        ("core", "", ["taskset", "-c", allowedCore()]),
      ] {
        let output = "\(name).\(ending)"
        try folder.expectResult(output, "\(line) -q -o \(output) \(options)", through: wrapper)
        results.insert(try folder.bytes(output))
      }
      #expect(results.count == 1)
    }
  }
}

struct `What a run tells` {
  @Test func `is nothing when it is to be quiet`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      for line in [
        "morph face.png seed:2 -m tiny -o out.mp4", "reconstruct face.png -m tiny -o out.png",
        "reconstruct face.png -m tiny -o out.png",
      ] {
        #expect(try folder.facewalk(words(of: line + " -q")).errors.isEmpty)
      }
    }
  }

  @Test func `is JSON alone when it is asked for`() async throws {
    struct Event: Decodable, Equatable { var event: String }
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = "morph face.png seed:2 -m tiny --frames 3 -o out.mp4 --progress json"
      let events = try folder.expectResult("out.mp4", line).jsonLines(Event.self).map(\.event)
      // The test's model has no crop of faces, so its photos have no detail.
      #expect(
        events == ["started", "detail", "matched"] + Array(repeating: "progressed", count: 4) + ["finished"])
      let again = try folder.expectResult("out.mp4", line).jsonLines(Event.self).map(\.event)
      #expect(again == ["finished"])
      for wrong in ["gone.png seed:1 -m tiny -o x.mp4", "sample --sedes 3", "smaple"] {
        let result = try folder.facewalk(words(of: wrong + " --progress json"))
        #expect(try result.jsonLines(Event.self).map(\.event) == ["error"])
        #expect(result.ending != .exited(0))
      }
    }
  }

  @Test func `is plain lines where no terminal is`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let result = try folder.expectResult("out.mp4", "morph seed:1 seed:2 -m tiny -o out.mp4")
      #expect(!result.errors.contains("\r") && !result.errors.contains("\u{1B}"))
      #expect(result.errorLines.first?.hasPrefix("2 faces, 61 frames, 2.0 s, 512 × 512") == true)
      #expect(result.errorLines.last?.wholeMatch(of: /61 of 61 frames, [0-9]+ a second/) != nil)

      let none = try folder.expectResult("none.mp4", "seed:1 seed:2 -m tiny -o none.mp4 --progress none")
      #expect(none.errorLines == Array(result.errorLines.prefix(1)))
    }
  }

  @Test func `is the path alone on standard output`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectResult("out", "sample --seeds 1-3 -m tiny -o out/")
      #expect(folder.names().filter { $0.hasPrefix("out/") } == (1...3).map { "out/seed000\($0).png" })
      try folder.expectResult("new/deep/out-%03d.png", "sample --seeds 1-2 -m tiny -o new/deep/out-%03d.png")
      #expect(folder.names().contains("new/deep/out-001.png"))
    }
  }

  @Test func `is its version and its help`() async throws {
    try await withCommandFolder { folder in
      let version = try folder.facewalk("--version")
      #expect(version.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil && version.errors.isEmpty)
      for line in ["--help", "help", "help morph", "sample --help", "run -h"] {
        let help = try folder.facewalk(words(of: line))
        #expect(help.output.contains("USAGE:") && help.errors.isEmpty && help.ending == .exited(0))
      }
    }
  }
}

struct `Names of results` {
  @Test func `come from the keyframes, with a number for another job`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("checked/check.png"), to: "ada.png")
      let line = "ada.png face.png -m tiny --frames 2 -q"
      try folder.expectResult("ada-face.mp4", line)
      try folder.expectResult("ada-face-2.mp4", line + " --crf 30")
      try folder.expectResult("ada-face.mp4", line)
      try folder.expectResult("ada-face-2.mp4", line + " --crf 30")
      try folder.write("Dear Ada,\n", to: "ada-face-3.mp4")
      try folder.expectResult("ada-face-4.mp4", line + " --crf 40")
      try folder.expectResult("samples.png", "sample --seeds 1 -m tiny -q")
      try folder.expectResult("ada-reconstruct.png", "reconstruct ada.png -m tiny -q")
      try folder.expectResult("seed1-seed2-seed3.mp4", "seed:1 seed:2 seed:3 -m tiny --frames 2 -q")
    }
  }

  @Test func `that are taken are given up with -y`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectResult("out.png", "sample --seeds 1 -m tiny -q -o out.png")
      let first = try folder.bytes("out.png")
      try folder.expectResult("out.png", "sample --seeds 2 -m tiny -q -y -o out.png")
      #expect(try folder.bytes("out.png") != first)
      try folder.expectResult("out.png", "sample --seeds 1 -m tiny -q -y -o out.png")
      #expect(try folder.bytes("out.png") == first)

      try folder.expectResult("out", "sample --seeds 1-3 -m tiny -q -o out/")
      try folder.expectResult("out", "sample --seeds 4 -m tiny -q -y -o out/")
      #expect(folder.names().filter { $0.hasPrefix("out/") } == ["out/seed0004.png"])
      try folder.expectResult("f-##.png", "sample --seeds 1-3 -m tiny -q -o f-##.png")
      try folder.expectResult("f-##.png", "sample --seeds 4,5 -m tiny -q -y -o f-##.png")
      #expect(folder.names().filter { $0.hasPrefix("f-") } == ["f-##.png.json", "f-00.png", "f-01.png"])
    }
  }
}

extension CommandResult {
  func jsonLines<Value: Decodable>(_ type: Value.Type) throws -> [Value] {
    try errorLines.map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}
