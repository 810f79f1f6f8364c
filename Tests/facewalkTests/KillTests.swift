internal import Glibc
internal import TestSupport
internal import Testing

struct `A run that is killed` {
  /// Every kind gets its share of twenty moments.
  @Test(arguments: zip(ResultKind.allCases, [6, 5, 5, 4]))
  func `at any moment is made up for by the next`(_ kind: ResultKind, _ count: Int) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let before = folder.names()
      // Three chunks, but for a grid, which is one piece.
      let line = kind.morph(frameCount: kind == .grid ? 40 : 600)
      let start = ContinuousClock.now
      try folder.facewalk(line)
      let time = ContinuousClock.now - start
      let files = try kind.files(in: folder)
      try expect(kind, files, alone: folder, besides: before)

      var numbers = SeededRandom(seed: UInt64(count))
      for _ in 0..<count {
        try clear(folder, but: before)
        let run = try folder.start(line)
        pause(for: time * Double.random(in: 0.1...1.1, using: &numbers))
        run.kill(SIGKILL)
        let ending = try run.result().ending
        #expect(ending == .killed(signal: SIGKILL) || ending == .exited(0))
        try expectWholeFiles(kind, files, in: folder)
        #expect(try folder.facewalk(line).ending == .exited(0))
        try expect(kind, files, alone: folder, besides: before)
      }
    }
  }

  @Test(arguments: ResultKind.allCases)
  func `while it publishes is made up for by the next`(_ kind: ResultKind) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let before = folder.names()
      let line = kind.morph(frameCount: 12)
      try folder.facewalk(line)
      let files = try kind.files(in: folder)
      let record = try folder.record(of: kind.path)
      let workFolder = "\(kind.path).parts/\(record.identity.prefix(16))"
      let moments = [
        "\(workFolder)/000000-\(record.result.sha256.prefix(16))", "\(workFolder)/record.json",
        try #require(files.keys.min()), kind.path + ".json",
      ]
      for moment in moments {
        try clear(folder, but: before)
        let run = try folder.start(line)
        let path = folder.path(moment)
        #expect(comesTrue { access(path, F_OK) == 0 || run.hasEnded })
        run.kill(SIGKILL)
        _ = try run.result()
        try expectWholeFiles(kind, files, in: folder)
        let again = try folder.facewalk(line)
        #expect(again.ending == .exited(0), "\(again.errors)")
        try expect(kind, files, alone: folder, besides: before)
      }
    }
  }

  /// What lies under the final name is complete.
  private func expectWholeFiles(
    _ kind: ResultKind, _ files: [String: [UInt8]], in folder: CommandFolder
  ) throws {
    let found = try kind.files(in: folder)
    #expect(found.allSatisfy { files[$0.key] == $0.value })
    // Frames beside other files get their names one by one; other results in one step.
    #expect(kind == .pattern || found.isEmpty || found.count == files.count)
  }

  private func expect(
    _ kind: ResultKind, _ files: [String: [UInt8]], alone folder: CommandFolder, besides others: [String]
  ) throws {
    #expect(try kind.files(in: folder) == files)
    #expect(folder.names() == kind.names(of: files, besides: others))
  }
}

/// Removes everything from a folder but `names`.
func clear(_ folder: CommandFolder, but names: [String]) throws {
  for name in folder.names() where !names.contains(name) && !name.contains("/") {
    try folder.remove(name)
  }
}
