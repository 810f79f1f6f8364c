internal import TestSupport
internal import Testing

struct `Verifying` {
  @Test(arguments: ResultKind.allCases)
  func `says what is not as recorded`(_ kind: ResultKind) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.facewalk(kind.morph(frameCount: 300))
      let good = try folder.facewalk("verify", kind == .folder ? "out/" : kind.path)
      #expect(good.output == "\(kind == .folder ? "out/" : kind.path): as recorded\n")
      #expect(good.ending == .exited(0) && good.errors.isEmpty)

      let file = try #require(try kind.files(in: folder).keys.max())
      var bytes = try folder.bytes(file)
      bytes[bytes.count / 2] ^= 0x55
      try folder.write(bytes, to: file)
      let bad = try folder.facewalk("verify", kind.path)
      #expect(bad.ending == .exited(1) && bad.errors.isEmpty)
      #expect(bad.output.contains(/: its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}/))

      try folder.remove(file)
      let gone = try folder.facewalk("verify", kind.path)
      #expect(gone.ending == .exited(1))
      #expect(
        gone.output.hasSuffix(
          kind == .video || kind == .grid
            ? ": it is missing\n"
            : "; it has 299 frames, not 300; \(file.split(separator: "/").last ?? "") is missing\n"))
    }
  }

  @Test func `says how a video differs from its record`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      for (name, frames) in [("a.mp4", 9), ("b.mp4", 19)] {
        try folder.facewalk(
          words(
            of:
              "morph seed:1 seed:2 -m tiny -q -o \(name) --frames \(frames) --fps \(frames + 6) --size \(frames + 21)"
          ))
      }
      try folder.remove("a.mp4")
      try folder.move("b.mp4", to: "a.mp4")
      let result = try folder.facewalk("verify", "a.mp4").output
      for part in [
        "it has 40 × 40 pixels, not 30 × 30", "it plays 0.8 s, not 0.6667 s",
        "it has 25 frames a second, not 15",
        "it has 20 frames, not 10",
      ] { #expect(result.contains(part), "\(result)") }
    }
  }

  @Test func `needs a record`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(
        "face.png: has no record, so it can't be told how it was made. Is it a result of facewalk's? Use --records if records are elsewhere.",
        code: 1, "rerun face.png")
      let result = try folder.facewalk("verify", "face.png", "tiny")
      #expect(result.ending == .exited(1))
      #expect(result.errorLines.last == "facewalk: 2 of 2 results are not as recorded.")
      try folder.write("{}", to: "face.png.json")
      #expect(
        try folder.facewalk("verify", "face.png").errors
          == "facewalk: face.png.json: is no record of facewalk's, or was edited or cut off.\n")
    }
  }
}

struct `Running again from a record` {
  @Test(arguments: [
    "morph face.png seed:2 -m tiny --frames 3 --fps 30000/1001 --crf 30 --preset fast -o out.mp4",
    "morph face.png#1 z.npy:1 seed:7 -m tiny-aligned --no-align --frames 3,4 --columns 3 --gap 1 -o out.png",
    "sample --seeds 7,2-4 -m tiny --background #102030 -o out.png", "sample --seeds 1-3 -m tiny -o out",
    "reconstruct face.png other.png face.png -m tiny --columns 2 -o out.png",
    "align face.png other.png -m tiny-aligned --no-align --size 40 -o out",
    "morph seed:1 seed:2 -m tiny --frames 3 -o out-###.png", "sample -m tiny --size 77 --seeds 3 -o out.png",
  ])
  func `gives the same bytes, at the same place or another`(_ line: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("tiny-aligned"), to: "tiny-aligned")
      try folder.copy(folder.path("face.png"), to: "other.png")
      try folder.write(latents, to: "z.npy")
      let first = try folder.facewalk(words(of: line + " -q"))
      try #require(first.ending == .exited(0), "\(first.errors)")
      let output = first.output.split(separator: "\n").map(String.init)[0]
      let files = try results(folder)
      #expect(try folder.facewalk("rerun", output).errors == "\(output): up to date\n")

      for name in files.keys { try folder.remove(name) }
      let again = try folder.facewalk("rerun", output, "-q")
      #expect(again.ending == .exited(0) && again.output == output + "\n", "\(again.errors)")
      #expect(try results(folder) == files)

      try folder.makeFolder("new")
      let copy = "new/" + output
      let elsewhere = try folder.facewalk("rerun", output, "-q", "-o", copy)
      #expect(elsewhere.ending == .exited(0), "\(elsewhere.errors)")
      for (name, bytes) in files { #expect(try folder.bytes("new/" + name) == bytes) }
    }
  }

  /// Two rows of 192 zeros, as NumPy writes them.
  private var latents: [UInt8] {
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 192), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
      + [UInt8](repeating: 0, count: 2 * 192 * 4)
  }

  private func results(_ folder: CommandFolder) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in folder.names() where name.hasPrefix("out") && !name.hasSuffix(".json") && name != "out" {
      files[name] = try folder.bytes(name)
    }
    return files
  }

  @Test func `says what was changed since`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.facewalk(words(of: "sample --seeds 1 -m tiny -q -o other.png"))
      try folder.facewalk(words(of: "morph face.png seed:2 -m tiny --frames 3 -q -o out.mp4"))
      try folder.remove("face.png")
      try folder.expectError("face.png: no such file. Check the name.", code: 1, "rerun out.mp4")
      try folder.move("other.png", to: "face.png")
      try folder.expectError(
        "out.mp4: can't be made again as it was: the photo face.png changed.", code: 1, "rerun out.mp4")
      try folder.expectError(
        "out.png: is another kind of result. Use a name like that of the first one, with the ending .mp4.",
        code: 1, "rerun out.mp4 -o out.png")
    }
  }

  @Test func `takes a name with a number for what it is everywhere`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.facewalk(words(of: "sample --seeds 1-3 -m tiny -q -o grid.png"))
      for pattern in ["k%d.png", "w%04d.png", "k##.png", "w###.png"] {
        try folder.expectError(
          "\(pattern): is another kind of result. Use a name like that of the first one, with the ending .png and no number like %06d or ####.",
          code: 1, "rerun grid.png -o \(pattern)")
      }
      try folder.facewalk(words(of: "sample --seeds 1-3 -m tiny -q -o k##.png"))
      try folder.expectError(
        "x#1.png: is another kind of result. Use a name like that of the first one, with #### where the number stands, and the ending .png.",
        code: 1, "rerun k##.png -o x#1.png")
      try folder.expectResult("w%04d.png", "rerun k##.png -o w%04d.png -q")
      #expect(
        folder.names().filter { $0.hasPrefix("w") } == ["w%04d.png.json"] + (0...2).map { "w000\($0).png" })
    }
  }

  @Test func `finds everything when the whole folder has moved`() async throws {
    try await withCommandFolder { folder in
      try folder.makeFolder("project/out")
      try folder.copy(fixture("tiny"), to: "project/tiny")
      try folder.copy(fixture("checked/check.png"), to: "project/face.png")
      try folder.facewalk(
        words(of: "morph project/face.png seed:2 -m project/tiny --frames 3 -q -o project/out/x.mp4"))
      let bytes = try folder.bytes("project/out/x.mp4")
      try folder.move("project", to: "elsewhere")
      try folder.remove("elsewhere/out/x.mp4")
      let result = try folder.facewalk("rerun", "elsewhere/out/x.mp4", "-q")
      #expect(result.ending == .exited(0), "\(result.errors)")
      #expect(try folder.bytes("elsewhere/out/x.mp4") == bytes)
    }
  }
}

struct `Plan of a job` {
  @Test func `lists every frame`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2, seed:3], frames: [4, 300], fps: 25}\noutput: x.mp4\n",
        to: "job.yaml")
      let lines = try folder.facewalk("plan", "job.yaml").output.split(separator: "\n")
      #expect(lines.count == 1 + 305)
      #expect(lines[0] == "frame\ttime\tsegment\tfraction\tchunk")
      #expect(lines[2] == "1\t0.040000\t0\t0.250000\t0")
      #expect(lines[5] == "4\t0.160000\t1\t0.000000\t0")
      #expect(lines[241] == "240\t9.600000\t1\t0.786667\t1")
      #expect(lines[305] == "304\t12.160000\t1\t1.000000\t1")
      try folder.write("model: tiny\nsample: {seeds: 5-7}\noutput: x.png\n", to: "still.yaml")
      #expect(
        try folder.facewalk("plan", "still.yaml", "still.yaml", "--set", "output=y.png").output
          == String(
            repeating:
              "# y.png\nframe\ttime\tsegment\tfraction\tchunk\n0\t-\t0\t0.000000\t0\n1\t-\t1\t0.000000\t0\n2\t-\t2\t0.000000\t0\n",
            count: 2))
    }
  }
}
