internal import PhotoFiles
internal import TestSupport
internal import Testing

struct `Random faces by their number` {
  @Test(arguments: [
    ("--count 4", "--seeds 0-3"), ("--count 4 --seed 7", "--seeds 7-10"),
    ("--count 1 --seed 4294967295", "--seeds 4294967295"),
  ])
  func `are those of the seeds that follow each other`(_ count: String, _ seeds: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectResult("a.png", "sample \(count) -m tiny -o a.png -q")
      try folder.expectResult("b.png", "sample \(seeds) -m tiny -o b.png -q")
      #expect(try folder.record(of: "a.png").identity == folder.record(of: "b.png").identity)
      #expect(try folder.bytes("a.png") == folder.bytes("b.png"))
    }
  }
}

struct `A grid that is split into sheets` {
  private let line = "sample --count 5 -m tiny --labels index -o out/g.png"

  @Test func `lies beside its record, and is up to date when it is there`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("out")
      let tiled = words(of: line + " --tile 4K")
      let first = try folder.facewalk(tiled)
      #expect(first.output == "out/g-1.png\nout/g-2.png\nout/g-3.png\n")
      // Said before the first frame.
      #expect(first.errorLines.first == "5 faces, 5 frames, 3 sheets of 36 × 94")
      #expect(try folder.facewalk(tiled).errors == "out/g.png: up to date\n")
      #expect(try folder.facewalk("verify", "out/g.png").ending == .exited(0))
      #expect(
        folder.names().filter { $0.hasPrefix("out/") }
          == ["out/g-1.png", "out/g-2.png", "out/g-3.png", "out/g.png.json"])

      let bytes = try folder.bytes("out/g-3.png")
      try folder.remove("out/g-3.png")
      #expect(try folder.facewalk("verify", "out/g.png").ending == .exited(1))
      let again = try folder.facewalk("rerun", "out/g.png", "-y")
      #expect(again.ending == .exited(0), "\(again.errors)")
      #expect(try folder.bytes("out/g-3.png") == bytes)
    }
  }

  @Test func `is told by its sheets in a run of many jobs as well, also when it is there already`()
    async throws
  {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: tiny\nsample: {seeds: 1-4, columns: 2, tile: 3K}\noutput: x.png\n", to: "a.yaml")
      try folder.write("model: tiny\nsample: {seeds: 1}\noutput: y.png\n", to: "b.yaml")
      for _ in 0..<2 {
        let result = try folder.facewalk("run", "a.yaml", "b.yaml", "-q")
        #expect(result.output == "x-1.png\nx-2.png\ny.png\n", "\(result.errors)")
      }
    }
  }

  @Test func `has the cells of the whole one`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      // One column, so that sheets are pieces of the whole.
      try folder.facewalk(words(of: "sample --count 5 -m tiny --gap 0 --columns 1 -o whole.png -q"))
      try folder.facewalk(words(of: "sample --count 5 -m tiny --gap 0 --columns 1 --tile 2048 -o g.png -q"))
      let whole = try pixels(of: folder.bytes("whole.png"))
      var joined: [UInt8] = []
      for number in 1...3 { joined += try pixels(of: folder.bytes("g-\(number).png")) }
      #expect(joined == whole)
    }
  }

  @Test func `takes the place of another only when it may, and leaves none of its sheets`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("out")
      let before = folder.names()
      let taken =
        "facewalk: out/g.png: exists already and is something else. Use --overwrite to replace it, or give the "
        + "result another name.\n"
      let files = [
        "": ["out/g.png"], " --tile 4K": ["out/g-1.png", "out/g-2.png", "out/g-3.png"],
        " --tile 2K": ["out/g-1.png", "out/g-2.png", "out/g-3.png", "out/g-4.png", "out/g-5.png"],
      ]
      try folder.facewalk(words(of: line + " -q"))
      for option in [" --tile 4K", " --tile 2K", " --tile 4K", "", " --tile 2K", ""] {
        let refused = try folder.facewalk(words(of: line + option))
        #expect(refused.errors == taken && refused.ending == .exited(1), "\(option)")
        let result = try folder.facewalk(words(of: line + option + " -y -q"))
        #expect(result.ending == .exited(0), "\(result.errors)")
        #expect(folder.names() == (before + (files[option] ?? []) + ["out/g.png.json"]).sorted())
      }
    }
  }

  @Test func `leaves a stranger's sheets alone`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("out")
      try folder.write("mine", to: "out/g-7.png")
      try folder.write("mine", to: "out/g-2.png")
      #expect(try folder.facewalk(words(of: line + " --tile 4K")).ending == .exited(1))
      #expect(try folder.bytes("out/g-2.png") == Array("mine".utf8))
      #expect(try folder.facewalk(words(of: line + " --tile 4K -y")).ending == .exited(0))
      #expect(try folder.bytes("out/g-7.png") == Array("mine".utf8))
      #expect(try folder.bytes("out/g-2.png") != Array("mine".utf8))
    }
  }

  @Test func `that fits is one file, as without the option`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectResult("a.png", "sample --count 5 -m tiny -o a.png -q")
      try folder.expectResult("b.png", "sample --count 5 -m tiny -o b.png -q --tile 16M")
      #expect(try folder.record(of: "a.png").identity == folder.record(of: "b.png").identity)
    }
  }

  /// The pixels of a sheet.
  private func pixels(of bytes: [UInt8]) throws -> [UInt8] { try Picture(decoding: bytes).pixels }
}

struct `Labels of cells` {
  @Test func `must be as many as the pictures`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("one\ntwo\n", to: "two.txt")
      try folder.expectError(
        "two.txt: has 2 lines, and the grid 3 pictures. Write one line for each picture.", code: 2,
        "sample --count 3 -m tiny -o x.png --labels two.txt")
      try folder.write("one\n", to: "one.txt")
      try folder.expectError(
        "one.txt: has 1 line, and the grid 3 pictures. Write one line for each picture.", code: 2,
        "sample --count 3 -m tiny -o x.png --labels one.txt")
      // A pair has one label.
      try folder.expectResult(
        "x.png", "reconstruct face.png face.png -m tiny --no-align -o x.png --labels two.txt -q")
    }
  }

  @Test func `come from a regular file of text`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      folder.makePipe("pipe")
      let line = "sample --count 1 -m tiny -o x.png --labels"
      try folder.expectError(
        "pipe: can't be read as labels: it is not a regular file.", code: 2, "\(line) pipe")
      try folder.expectError(
        "tiny: can't be read as labels: it is not a regular file.", code: 2, "\(line) tiny")
      try folder.write([0x66, 0xFF, 0x0A], to: "bytes")
      try folder.expectError(
        "bytes: can't be read as labels: it is not a text in UTF-8.", code: 2, "\(line) bytes")
      try folder.write([UInt8](repeating: 10, count: 16_000_001), to: "long")
      try folder.expectError(
        "long: can't be read as labels: it has 16000001 bytes, which is too many.", code: 2, "\(line) long")
      // What some editors make of lines.
      try folder.write("\u{FEFF}ada\r\n", to: "windows.txt")
      try folder.write("ada", to: "plain.txt")
      try folder.expectResult("x.png", "\(line) windows.txt -q")
      try folder.facewalk(words(of: "sample --count 1 -m tiny -o y.png --labels plain.txt -q"))
      #expect(
        try Picture(decoding: folder.bytes("x.png")).pixels == Picture(decoding: folder.bytes("y.png")).pixels
      )
    }
  }

  @Test func `a changed line makes another result`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("model: tiny\nsample: {count: 2, labels: l.txt}\noutput: x.png\n", to: "job.yaml")
      try folder.write("ada\ngrace\n", to: "l.txt")
      try folder.expectResult("x.png", "run job.yaml -q")
      try folder.write("ada\nGrace\n", to: "l.txt")
      let outlook = try folder.facewalk("run", "-n", "job.yaml").output
      #expect(outlook.hasPrefix("x.png: out of date: the text of the labels changed"))
    }
  }

  @Test(arguments: ["tiny", "gray"], ["none", "index", "name"])
  func `go with every command that makes a grid`(_ model: String, _ labels: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel(model)
      let lines = [
        "morph seed:1 seed:2 --frames 3", "morph seed:1 seed:2 --at 0:1:0.25", "sample --count 1",
        "reconstruct face.png face.png face.png --columns 2 --no-align",
        "align face.png --no-align --size 64",
      ]
      for (number, line) in lines.enumerated() {
        let result = try folder.facewalk(
          words(of: "\(line) -m \(model) -o \(number).png --labels \(labels) -q"))
        #expect(result.ending == .exited(0), "\(line): \(result.errors)")
        #expect(try folder.facewalk("verify", "\(number).png").ending == .exited(0))
      }
    }
  }
}
