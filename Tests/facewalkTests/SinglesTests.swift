internal import Glibc
internal import PhotoFiles
internal import TestSupport
internal import Testing

struct `Single pictures besides a grid` {
  private let line = words(of: "sample --count 3 --seed 8 -m tiny -o out/g.png --singles out/s")

  private func withGrid(_ body: (CommandFolder, _ files: [String: [UInt8]]) async throws -> Void) async throws
  {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("out")
      let result = try folder.facewalk(line)
      #expect(result.output == "out/g.png\n" && result.ending == .exited(0), "\(result.errors)")
      try await body(folder, try files(in: folder))
    }
  }

  private func files(in folder: CommandFolder) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in folder.names() where name.hasPrefix("out/") && name.hasSuffix(".png") {
      files[name] = try folder.bytes(name)
    }
    return files
  }

  private static let names = ["out/g.png", "out/s/seed0008.png", "out/s/seed0009.png", "out/s/seed0010.png"]

  /// Nothing but what a finished run leaves.
  private func expect(
    _ files: [String: [UInt8]], in folder: CommandFolder, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try self.files(in: folder) == files, sourceLocation: sourceLocation)
    #expect(
      folder.names().filter { $0.hasPrefix("out/") } == (Self.names + ["out/g.png.json", "out/s"]).sorted(),
      sourceLocation: sourceLocation)
  }

  @Test func `are those of a folder of frames`() async throws {
    try await withGrid { folder, files in
      #expect(files.keys.sorted() == Self.names)
      try expect(files, in: folder)
      try folder.facewalk(words(of: "sample --count 3 --seed 8 -m tiny -o frames/ -q"))
      for name in ["seed0008", "seed0009", "seed0010"] {
        #expect(
          try Picture(decoding: folder.bytes("frames/\(name).png"))
            == Picture(decoding: folder.bytes("out/s/\(name).png")))
      }
    }
  }

  @Test func `of pairs are both`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(folder.path("face.png"), to: "b.png")
      try folder.copy(folder.path("face.png"), to: "c.png")
      try folder.facewalk(
        words(of: "reconstruct face.png b.png c.png --columns 2 --no-align -m tiny -o x.png --singles s -q"))
      let names = ["b-photo.png", "b.png", "c-photo.png", "c.png", "face-photo.png", "face.png"]
      #expect(folder.names().filter { $0.hasPrefix("s/") } == names.map { "s/" + $0 })
      #expect(
        try Picture(decoding: folder.bytes("s/face-photo.png")) == Picture(decoding: folder.bytes("face.png"))
      )
      #expect(
        try Picture(decoding: folder.bytes("s/face.png")) != Picture(decoding: folder.bytes("face.png")))
    }
  }

  @Test func `belong to what is looked at by a second run, and by verify`() async throws {
    try await withGrid { folder, files in
      #expect(try folder.facewalk(line).errors == "out/g.png: up to date\n")
      #expect(try folder.facewalk("verify", "out/g.png").ending == .exited(0))

      try folder.remove("out/s")
      let gone = try folder.facewalk("verify", "out/g.png")
      #expect(gone.ending == .exited(1))
      #expect(gone.output.contains("its single pictures, out/s, are missing"))
      // The grid stays; nobody has to be asked for what is not there.
      #expect(try folder.facewalk(line).ending == .exited(0))
      try expect(files, in: folder)

      try folder.write("x", to: "out/s/seed0009.png")
      let changed = try folder.facewalk("verify", "out/g.png")
      #expect(changed.output.contains("its single pictures, out/s, were changed"))
      let refused = try folder.facewalk(line)
      #expect(refused.ending == .exited(1))
      #expect(refused.errors.contains("out/s: was changed after facewalk wrote it."))
      #expect(try folder.facewalk(line + ["-y"]).ending == .exited(0))
      try expect(files, in: folder)
    }
  }

  @Test func `take the place of nothing but what facewalk wrote`() async throws {
    try await withGrid { folder, files in
      try folder.write("mine", to: "out/s/notes.txt")
      for arguments in [line, line + ["-y"]] {
        let refused = try folder.facewalk(arguments)
        #expect(refused.ending == .exited(1))
        #expect(
          refused.errors.contains(
            "out/s: holds files that facewalk did not write besides this grid, or that were changed since."))
      }
      #expect(try folder.bytes("out/s/notes.txt") == Array("mine".utf8))
      try folder.remove("out/s/notes.txt")
      // Another grid with the same folder.
      let other = words(of: "sample --count 2 --seed 50 -m tiny -o out/g.png --singles out/s")
      #expect(try folder.facewalk(other).ending == .exited(1))
      try expect(files, in: folder)
      #expect(try folder.facewalk(other + ["-y"]).ending == .exited(0))
      #expect(
        folder.names().filter { $0.hasPrefix("out/s/") } == ["out/s/seed0050.png", "out/s/seed0051.png"])
      // A grid of another name must not take what belongs to this one.
      let stranger = words(of: "sample --count 2 --seed 60 -m tiny -o out/h.png --singles out/s -y")
      #expect(try folder.facewalk(stranger).ending == .exited(1))
      #expect(try folder.facewalk("verify", "out/g.png").ending == .exited(0))
    }
  }

  @Test func `are made again from the record`() async throws {
    try await withGrid { folder, files in
      for name in ["out/g.png", "out/s"] { try folder.remove(name) }
      let again = try folder.facewalk("rerun", "out/g.png", "-q")
      #expect(again.ending == .exited(0), "\(again.errors)")
      try expect(files, in: folder)
      let copy = try folder.facewalk("rerun", "out/g.png", "-o", "copy.png", "-q")
      #expect(copy.ending == .exited(0), "\(copy.errors)")
      #expect(folder.names().filter { $0.hasPrefix("copy-singles/") }.count == 3)
      try expect(files, in: folder)
    }
  }

  /// What a run leaves that was killed between any two of its renames.
  @Test func `a killed run is made up for by the next`() async throws {
    try await withGrid { folder, files in
      let record = try folder.record(of: "out/g.png")
      let digits = record.identity.prefix(16)
      let (work, singlesWork) = ("out/g.png.parts/\(digits)", "out/s.parts/\(digits)")
      let singlesDigest = try #require(record.singles).sha256.prefix(16)
      let piece = "\(work)/000000-\(record.result.sha256.prefix(16))"
      let singlesPiece = "\(singlesWork)/000000-\(singlesDigest)"
      let steps: [(from: String, to: String)] = [
        (singlesPiece, "out/s"), (piece, "out/g.png"), ("\(work)/record.json", "out/g.png.json"),
      ]
      for done in 0...3 {
        for name in [work, singlesWork] { try folder.makeFolder(name) }
        for step in steps[done...] { try folder.move(step.to, to: step.from) }
        let result = try folder.facewalk(line)
        #expect(result.errors == "out/g.png: up to date\n" && result.ending == .exited(0))
        try expect(files, in: folder)
      }
      // Kept, but no record yet; and single pictures that are damaged.
      for damages in [false, true] {
        for name in [work, singlesWork] { try folder.makeFolder(name) }
        try folder.move("out/s", to: singlesPiece)
        try folder.move("out/g.png", to: piece)
        try folder.remove("out/g.png.json")
        if damages { try folder.write("x", to: singlesPiece + "/seed0009.png") }
        #expect(try folder.facewalk(line).ending == .exited(0))
        try expect(files, in: folder)
      }
    }
  }

  @Test func `a run that is killed anywhere leaves the folder whole or absent`() async throws {
    try await withGrid { folder, files in
      let record = try folder.record(of: "out/g.png")
      let digits = record.identity.prefix(16)
      let moments = [
        "out/s.parts/\(digits)", "out/g.png.parts/\(digits)/000000-\(record.result.sha256.prefix(16))",
        "out/g.png.parts/\(digits)/record.json", "out/s", "out/g.png", "out/g.png.json",
      ]
      for moment in moments {
        for name in folder.names() where name.hasPrefix("out/") && !name.dropFirst(4).contains("/") {
          try folder.remove(name)
        }
        let run = try folder.start(line)
        let path = folder.path(moment)
        #expect(comesTrue { access(path, F_OK) == 0 || run.hasEnded })
        run.kill(SIGKILL)
        _ = try run.result()
        let found = try self.files(in: folder).filter { !$0.key.contains(".parts/") }
        #expect(found.allSatisfy { files[$0.key] == $0.value })
        let singles = found.keys.filter { $0.hasPrefix("out/s/") }
        #expect([0, 3].contains(singles.count))
        // Whoever sees the grid finds them all.
        #expect(found["out/g.png"] == nil || singles.count == 3)
        #expect(try folder.facewalk(line).ending == .exited(0))
        try expect(files, in: folder)
      }
    }
  }

  @Test func `a run that can't write them leaves nothing`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("", to: "file")
      let before = folder.names()
      let result = try folder.facewalk(
        words(of: "sample --count 3 -m tiny -o g.png --singles file/s -q"))
      #expect(result.ending == .exited(1))
      #expect(result.errors.contains("file/s: can't be written: Not a directory."))
      #expect(folder.names() == before)
    }
  }
}
