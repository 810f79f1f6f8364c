internal import TestSupport
internal import Testing

struct `A result that can't be written` {
  @Test(arguments: [
    ("face.png/out.mp4", "Not a directory"), ("face.png/out.png", "Not a directory"),
    ("face.png/out/", "Not a directory"), ("/proc/out.mp4", "No such file or directory"),
    ("/proc/out/", "No such file or directory"), ("pipe/out.png", "Not a directory"),
    ("\(String(repeating: "n", count: 300)).png", "File name too long"),
  ])
  func `is named, with the system's reason`(_ path: String, _ reason: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      folder.makePipe("pipe")
      let name = path.hasSuffix("/") ? String(path.dropLast()) : path
      try folder.expectError(
        "\(name): can't be written: \(reason).", code: 1, "sample --seeds 1 -m tiny -q -o \(path)")
    }
  }

  @Test(arguments: [
    "morph seed:1 seed:2 -o out.mp4", "sample -o out.png", "sample -o out/", "sample -o o##.png",
  ])
  func `runs out of space`(_ line: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let name = line.split(separator: " ").last.map { $0.hasSuffix("/") ? $0.dropLast() : $0 } ?? ""
      try folder.expectError(
        "\(name): can't be written: File too large.", code: 1, "\(line) -m tiny -q",
        through: ["prlimit", "--fsize=1000"])
    }
  }

  /// The piece is small enough, its record is not.
  @Test func `runs out of space at the record`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(PictureBytes.blackPNG(width: 64, height: 64), to: "black.png")
      let line = "align black.png -m tiny -o out.png -q"
      let result = try folder.facewalk(words(of: line), through: ["prlimit", "--fsize=900"])
      #expect(result.errors == "facewalk: out.png: can't be written: File too large.\n")
      #expect(result.ending == .exited(1))
      #expect(!folder.names().contains { $0.contains("unfinished") || $0 == "out.png" })
      // With space again, the finished piece is taken up.
      try folder.expectResult("out.png", line)
      #expect(!folder.names().contains { $0.contains(".parts") })
    }
  }

  @Test(arguments: [
    ("out.mp4", "morph seed:1 seed:2 --frames 2"), ("out.png", "sample --seeds 1"),
  ])
  func `would replace another file`(_ name: String, _ line: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("Dear Ada,\n", to: name)
      try folder.expectError(
        "\(name): exists already and is something else. Use --overwrite to replace it, or give the result another name.",
        code: 1, "\(line) -m tiny -q -o \(name)")
      #expect(try folder.bytes(name) == Array("Dear Ada,\n".utf8))

      try folder.expectResult(name, "\(line) -m tiny -q -y -o \(name)")
      let bytes = try folder.bytes(name)
      try folder.write(bytes + [0], to: name)
      try folder.expectError(
        "\(name): was changed after facewalk wrote it. Use --overwrite to make it again, or give the result another name.",
        code: 1, "\(line) -m tiny -q -o \(name)")
      try folder.expectResult(name, "\(line) -m tiny -q --overwrite -o \(name)")
      #expect(try folder.bytes(name) == bytes)
    }
  }

  @Test func `would replace a folder, or a file that looks like a record`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("out")
      try folder.write("Dear Ada,\n", to: "out/letter.txt")
      for option in ["", "-y"] {
        try folder.expectError(
          "out: holds letter.txt, which facewalk did not write. Name another folder with -o.",
          code: 1, "sample --seeds 1 -m tiny -q -o out/ \(option)")
      }
      try folder.write("{}\n", to: "other.png.json")
      try folder.write("Dear Ada,\n", to: "other.png")
      try folder.expectError(
        "other.png.json: exists already and is no record of facewalk's. Move it, or give the result another name.",
        code: 1, "sample --seeds 1 -m tiny -q -o other.png")
    }
  }

  @Test func `would replace frames of which one is missing or changed`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = "morph seed:1 seed:2 --frames 3 -m tiny -q -o out/"
      try folder.expectResult("out", line)
      let before = try folder.bytes("out/frame_000001.png")
      try folder.write("x", to: "out/frame_000001.png")
      try folder.expectError(
        "out: was changed after facewalk wrote it. Use --overwrite to make it again, or give the result another name.",
        code: 1, line)
      try folder.remove("out/frame_000001.png")
      try folder.expectError(
        "out: has no frame_000001.png any more. Use --overwrite to make it again, or name another folder with -o.",
        code: 1, line)
      try folder.expectResult("out", line + " -y")
      #expect(try folder.bytes("out/frame_000001.png") == before)
      try folder.move("out/frame_000001.png", to: "out/x.png")
      let verified = try folder.facewalk("verify", "out").output
      #expect(verified.contains("; frame_000001.png is missing; x.png is no frame of it\n"), "\(verified)")
    }
  }

  @Test func `would be too large`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(
        "out.png: would have 1020002 × 36 pixels; a PNG has 1,000,000 a side at most. Use --tile to split it into sheets, change --columns, or ask for fewer pictures.",
        code: 1, "sample --seeds 0-29999 --columns 30000 -m tiny -q -o out.png")
    }
  }
}
