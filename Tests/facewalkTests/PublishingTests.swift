internal import TestSupport
internal import Testing

/// States that a killed run leaves behind, made by hand from a finished one.
struct `A run that finds the remains of another` {
  @Test(arguments: ResultKind.allCases)
  func `publishes what is finished`(_ kind: ResultKind) async throws {
    try await withFinishedRun(kind) { folder, remains in
      try remains.takeBack()
      try remains.expectRepaired(upToDate: true)
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `publishes the record that is missing`(_ kind: ResultKind) async throws {
    try await withFinishedRun(kind) { folder, remains in
      try folder.makeFolder(remains.workFolder)
      try folder.move(kind.path + ".json", to: remains.workFolder + "/record.json")
      try remains.expectRepaired(upToDate: true)
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `removes a work folder that nobody needs`(_ kind: ResultKind) async throws {
    try await withFinishedRun(kind) { folder, remains in
      try folder.makeFolder(remains.workFolder)
      try folder.write("part of a picture", to: remains.workFolder + "/unfinished-host-1-x")
      try remains.expectRepaired(upToDate: true)
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `goes on from a finished piece`(_ kind: ResultKind) async throws {
    try await withFinishedRun(kind) { folder, remains in
      try remains.takeBack()
      try folder.remove(remains.workFolder + "/record.json")
      try remains.expectRepaired(upToDate: false)
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `makes a damaged piece again`(_ kind: ResultKind) async throws {
    try await withFinishedRun(kind) { folder, remains in
      try remains.takeBack()
      let files = folder.names().filter { $0.hasPrefix(remains.piece) && !$0.hasSuffix("/") }
      let file = try #require(files.last)
      try folder.write(folder.bytes(file) + [0], to: file)
      try remains.expectRepaired(upToDate: false)
    }
  }

  @Test func `names the frames that have not got their names yet`() async throws {
    try await withFinishedRun(.pattern) { folder, remains in
      try remains.takeBack()
      for number in ["00", "01", "02"] {
        try folder.copy(folder.path("\(remains.piece)/out-\(number).png"), to: "out-\(number).png")
      }
      try remains.expectRepaired(upToDate: true)
    }
  }

  /// All jobs are looked at before the first is rendered, and nothing may be taken for another's file then.
  @Test(arguments: ResultKind.allCases)
  func `goes on in a run of many jobs as well`(_ kind: ResultKind) async throws {
    let line = ["run", "jobs.yaml", "--keep-going"]
    try await withFinishedRun(kind, line) { folder, remains in
      try folder.makeFolder(remains.workFolder)
      try folder.move(kind.path + ".json", to: remains.workFolder + "/record.json")
      #expect(try folder.facewalk("status", "jobs.yaml").errors == "1 partial.\n")
      #expect(try folder.facewalk(["run", "jobs.yaml", "-n"]).ending == .exited(0))
      #expect(try folder.facewalk("status", "jobs.yaml", "--shards", "2").output.isEmpty)
      try remains.expectRepaired(upToDate: true)
    }
    try await withFinishedRun(.pattern, line) { folder, remains in
      try remains.takeBack()
      for number in ["00", "01", "02"] {
        try folder.copy(folder.path("\(remains.piece)/out-\(number).png"), to: "out-\(number).png")
      }
      try remains.expectRepaired(upToDate: true)
    }
  }

  private func withFinishedRun(
    _ kind: ResultKind, _ line: [String]? = nil, _ body: (CommandFolder, Remains) throws -> Void
  ) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let output = kind == .folder ? kind.path + "/" : kind.path
      try folder.write(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2], frames: 5, size: native}\noutput: '\(output)'\n",
        to: "jobs.yaml")
      let before = folder.names()
      let line = line ?? kind.morph(frameCount: 6).filter { $0 != "-q" }
      try folder.facewalk(line)
      let record = try folder.record(of: kind.path)
      let workFolder = "\(kind.path).parts/\(record.identity.prefix(16))"
      try body(
        folder,
        Remains(
          folder: folder, kind: kind, line: line, files: kind.files(in: folder), others: before,
          workFolder: workFolder, piece: "\(workFolder)/000000-\(record.result.sha256.prefix(16))"))
    }
  }
}

/// A finished result that is taken apart.
private struct Remains {
  let folder: CommandFolder
  let kind: ResultKind
  let line: [String]
  let files: [String: [UInt8]]
  let others: [String]
  let workFolder: String
  let piece: String

  /// Moves result and record back to where they were made.
  func takeBack() throws {
    try folder.makeFolder(workFolder)
    try folder.move(kind.path + ".json", to: workFolder + "/record.json")
    if kind == .pattern {
      try folder.makeFolder(piece)
      for name in files.keys { try folder.move(name, to: "\(piece)/\(name)") }
    } else {
      try folder.move(kind.path, to: piece)
    }
  }

  /// Runs the job again, and expects all to be as it was.
  func expectRepaired(upToDate: Bool, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let result = try folder.facewalk(line)
    #expect(result.ending == .exited(0), "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.errors.contains("up to date") == upToDate, sourceLocation: sourceLocation)
    #expect(try kind.files(in: folder) == files, sourceLocation: sourceLocation)
    #expect(folder.names() == kind.names(of: files, besides: others), sourceLocation: sourceLocation)
  }
}

struct `Two runs of one job at once` {
  /// Of one chunk, and of three.
  @Test(arguments: ResultKind.allCases, [12, 600])
  func `both succeed, and leave one result`(_ kind: ResultKind, _ frameCount: Int) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let before = folder.names()
      let line = kind.morph(frameCount: frameCount)
      try folder.facewalk(line)
      let files = try kind.files(in: folder)
      for _ in 0..<5 {
        try clear(folder, but: before)
        let runs = try (0..<2).map { _ in try folder.start(line) }
        for result in try runs.map({ try $0.result() }) {
          #expect(result.ending == .exited(0), "\(result.errors)")
          #expect(result.output == kind.path + "\n")
        }
        #expect(try kind.files(in: folder) == files)
        #expect(folder.names() == kind.names(of: files, besides: before))
      }
    }
  }
}
