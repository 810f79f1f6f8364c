internal import TestSupport
internal import Testing

struct `A result that was damaged` {
  /// Renders a result of a kind by a job file, lets `body` damage it, and returns what the next run says.
  private func damaged(
    _ kind: ResultKind, _ body: (CommandFolder, _ file: String) throws -> Void,
    expectSame: Bool = true
  ) async throws -> CommandResult {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let output = kind == .folder ? "out/" : kind.path
      try folder.write(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2], frames: 20, size: native}\noutput: '\(output)'\n",
        to: "job.yaml")
      try folder.facewalk("run", "job.yaml", "-q")
      let before = (names: folder.names(), files: try kind.files(in: folder))
      try body(folder, try #require(before.files.keys.sorted().last))
      let result = try folder.facewalk("run", "job.yaml")
      if expectSame {
        #expect(result.ending == .exited(0), "\(result.errors)")
        #expect(folder.names() == before.names)
        #expect(try kind.files(in: folder) == before.files)
        #expect(try folder.facewalk("run", "job.yaml").errors.contains("up to date"))
        #expect(try folder.facewalk("verify", kind.path).ending == .exited(0))
      }
      return result
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `is made again by 'run', since its record says that facewalk made it`(_ kind: ResultKind) async throws
  {
    _ = try await damaged(kind) { folder, file in
      try folder.write(folder.bytes(file).dropLast(), to: file)
    }
    _ = try await damaged(kind) { folder, file in try folder.remove(file) }
  }

  @Test(arguments: ResultKind.allCases)
  func `in its record is made again by 'run'`(_ kind: ResultKind) async throws {
    let record = kind.path + ".json"
    _ = try await damaged(kind) { folder, _ in
      try folder.write(Array(folder.bytes(record).prefix(300)), to: record)
    }
    _ = try await damaged(kind) { folder, _ in
      try folder.replace("\"frames\" : 21", with: "\"frames\" : 22", in: record)
    }
    _ = try await damaged(kind) { folder, _ in try folder.write("", to: record) }
  }

  @Test func `is not made again over a file of the user's`() async throws {
    let result = try await damaged(
      .folder, { folder, _ in try folder.write("mine", to: "out/diary.txt") }, expectSame: false)
    #expect(result.ending == .exited(1))
    #expect(
      result.errors.hasSuffix(
        "out: holds diary.txt, which facewalk did not write. Name another folder with -o.\n"
      ))
    for remains in ["", "{\n  \"digest\" : \"ab"] {
      let another = try await damaged(
        .video,
        { folder, _ in
          try folder.write("mine", to: "out.mp4")
          try folder.write(remains, to: "out.mp4.json")
        }, expectSame: false)
      #expect(another.ending == .exited(1))
      #expect(another.errors.contains("out.mp4: exists already and is something else."))
    }
    let foreign = try await damaged(
      .video, { folder, _ in try folder.write("{\"mine\": 1}", to: "out.mp4.json") }, expectSame: false)
    #expect(foreign.ending == .exited(1))
    #expect(foreign.errors.contains("is no record of facewalk's"))
  }

  @Test func `is left alone by a command of its own, unless it may overwrite`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = ResultKind.video.morph(frameCount: 10)
      try folder.facewalk(line)
      let whole = try folder.bytes("out.mp4")
      try folder.write("edited", to: "out.mp4")
      try folder.expectError(
        "out.mp4: was changed after facewalk wrote it. Use --overwrite to make it again, or give the result another name.",
        code: 1, line)
      #expect(try folder.facewalk(line + ["-y"]).ending == .exited(0))
      #expect(try folder.bytes("out.mp4") == whole)
    }
  }
}
