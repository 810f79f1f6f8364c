internal import Glibc
internal import TestSupport
internal import Testing

/// What goes wrong under a run of six jobs, and the run after it.
@Suite(.enabled(if: Extent.isWhole, "only Scripts/test --all tries it"))
struct `A run of six jobs, when` {
  /// No file may grow beyond a size: some jobs fit, others don't.
  @Test(arguments: [700, 3000, 10_000, 40_000])
  func `there is no space for larger files, does the others and goes on later`(_ size: Int) async throws {
    try await SixJobs.with { jobs in
      let result = try jobs.folder.facewalk(
        ["run", "jobs.yaml", "-q", "-k"], through: ["prlimit", "--fsize=\(size)"])
      #expect(result.ending == .exited(3))
      #expect(result.errors.contains("can't be written: File too large."))
      #expect(!jobs.folder.names().contains { $0.contains("unfinished-") })
      try jobs.expectWholeFiles()
      try jobs.expectMended()
    }
  }

  /// A disk of its own takes a root; elsewhere the sizes above have to do.
  @Test(.enabled(if: geteuid() == 0, "a disk of its own takes root"), arguments: [100, 400, 900])
  func `the disk is full, keeps what is finished and goes on later`(_ kilobytes: Int) async throws {
    try await SixJobs.with { jobs in
      // Over the folder, where the inputs have to be put once more.
      let disk = jobs.folder.path
      guard mount("none", disk, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { return }
      defer { umount2(disk, Int32(MNT_DETACH)) }
      try SixJobs.addInputs(to: jobs.folder)
      let result = try jobs.folder.facewalk(SixJobs.line + ["-k"])
      #expect(result.ending == .exited(3))
      #expect(
        result.errors.contains("can't be written: No space left on device."), "\(result.errors.suffix(300))")
      #expect(!jobs.folder.names().contains { $0.contains("unfinished-") })
      try jobs.expectWholeFiles()
      #expect(mount("none", disk, "tmpfs", UInt(MS_REMOUNT), "size=64m") == 0)
      try jobs.expectMended()
    }
  }

  @Test(arguments: [false, true])
  func `the folder is read-only, changes nothing and goes on later`(isBegun: Bool) async throws {
    try await SixJobs.with { jobs in
      if isBegun {
        _ = try jobs.stop(SIGTERM, at: jobs.chunk(0, of: "photo.mp4"))
      }
      let before = jobs.folder.names()
      let folders =
        [""] + before.filter { $0.hasSuffix(".parts") || $0.wholeMatch(of: /.*\.parts\/[0-9a-f]{16}/) != nil }
      for folder in folders { chmod(jobs.folder.path(folder), 0o555) }
      defer { for folder in folders { chmod(jobs.folder.path(folder), 0o755) } }
      // The superuser may write all the same, unless told not to.
      let wrapper = geteuid() == 0 ? ["setpriv", "--bounding-set=-dac_override"] : []
      let result = try jobs.folder.facewalk(SixJobs.line, through: wrapper)
      #expect(result.ending == .exited(1))
      #expect(result.errors.contains("can't be written: Permission denied."), "\(result.errors.suffix(300))")
      #expect(jobs.folder.names() == before)
      for folder in folders { chmod(jobs.folder.path(folder), 0o755) }
      try jobs.expectMended()
    }
  }

  @Test func `a photo changes between runs, mixes nothing`() async throws {
    try await SixJobs.with { jobs in
      let photo = try jobs.folder.bytes("face.png")
      let other = PictureBytes.blackPNG(width: 32, height: 32)
      try jobs.folder.write(other, to: "face.png")
      #expect(try jobs.folder.facewalk(SixJobs.line).ending == .exited(0))
      let withOther = try Results(in: jobs.folder, besides: jobs.inputs)
      let changed = withOther.files.filter { jobs.undisturbed.files[$0.key] != $0.value }.keys
      #expect(changed.contains("photo.mp4") && !changed.contains("long.mp4"))
      try clear(jobs.folder, but: jobs.inputs)

      try jobs.folder.write(photo, to: "face.png")
      for stopPath in [
        try jobs.chunk(0, of: "photo.mp4"), try jobs.chunk(1, of: "photo.mp4"),
        try jobs.chunk(0, of: "frames"),
      ] {
        #expect(try jobs.stop(SIGKILL, at: stopPath).ending == .killed(signal: SIGKILL))
        try jobs.folder.write(other, to: "face.png")
        let result = try jobs.folder.facewalk(SixJobs.line + ["-y"])
        #expect(result.ending == .exited(0), "\(result.errors.suffix(300))")
        let results = try Results(in: jobs.folder, besides: jobs.inputs)
        #expect(Set(results.names).symmetricDifference(withOther.names).isEmpty)
        #expect(results.records == withOther.records)
        let isSame = results.files == withOther.files
        #expect(isSame)
        try jobs.folder.write(photo, to: "face.png")
        try clear(jobs.folder, but: jobs.inputs)
      }
    }
  }

  @Test func `two processes do them at once, is done by both`() async throws {
    try await SixJobs.with { jobs in
      for _ in 0..<4 {
        let runs = try (0..<2).map { _ in try jobs.folder.start(SixJobs.line) }
        for result in try runs.map({ try $0.result() }) {
          #expect(result.ending == .exited(0), "\(result.errors.suffix(300))")
          #expect(result.output.split(separator: "\n").map(String.init) == SixJobs.jobs.map(\.output))
        }
        try jobs.expectUndisturbed()
        try clear(jobs.folder, but: jobs.inputs)
      }
    }
  }

  @Test func `one of two processes is killed, is done by the other`() async throws {
    try await SixJobs.with { jobs in
      let moments = try [
        jobs.chunk(1, of: "long.mp4"), "long.mp4", jobs.chunk(0, of: "frames"), "beside_0120.png",
      ]
      for moment in moments {
        let survivor = try jobs.folder.start(SixJobs.line)
        _ = try jobs.stop(SIGKILL, at: moment)
        let result = try survivor.result()
        #expect(result.ending == .exited(0), "\(result.errors.suffix(300))")
        // What the killed one was writing is removed by whoever comes next.
        try jobs.expectMended()
        try clear(jobs.folder, but: jobs.inputs)
      }
    }
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `it is told to stop, leaves nothing unfinished and goes on later`(_ signal: Int32) async throws {
    try await SixJobs.with { jobs in
      var numbers = SeededRandom(seed: UInt64(signal))
      let paths = (jobs.pieces.keys + ["long.mp4", "frames.json", "grid.png"]).sorted()
      for _ in 0..<10 {
        let path = try #require(paths.randomElement(using: &numbers))
        let result = try jobs.stop(signal, at: path)
        #expect(result.ending == .killed(signal: signal) || result.ending == .exited(0))
        #expect(!jobs.folder.names().contains { $0.contains("unfinished-") })
        try jobs.expectWholeFiles()
        try jobs.expectMended()
        try clear(jobs.folder, but: jobs.inputs)
      }
    }
  }

  @Test func `a chunk is cut off or lacks a picture, makes that one again`() async throws {
    try await SixJobs.with { jobs in
      #expect(try jobs.folder.facewalk(SixJobs.line + ["--shard", "1/1"]).ending == .exited(0))
      var kept = jobs.framesKept()
      let video = try jobs.chunk(1, of: "long.mp4")
      try jobs.folder.write(jobs.folder.bytes(video).dropLast(100), to: video)
      kept["long.mp4"] = 600 - 240
      try jobs.folder.remove(jobs.chunk(0, of: "beside_####.png") + "/beside_0007.png")
      kept["beside_####.png"] = 5
      let result = try jobs.folder.facewalk(SixJobs.line)
      #expect(result.ending == .exited(0), "\(result.errors.suffix(300))")
      try jobs.expectNothingTwice(result, kept: kept)
      try jobs.expectUndisturbed()
    }
  }

  @Test func `records and results were edited, makes those again`() async throws {
    try await SixJobs.with { jobs in
      #expect(try jobs.folder.facewalk(SixJobs.line).ending == .exited(0))
      var kept = jobs.framesKept()
      try jobs.folder.replace("\"frames\" : 600", with: "\"frames\" : 601", in: "long.mp4.json")
      try jobs.folder.write(Array(jobs.folder.bytes("frames.json").prefix(200)), to: "frames.json")
      try jobs.folder.write(jobs.folder.bytes("grid.png").dropLast(), to: "grid.png")
      for name in ["long.mp4", "frames", "grid.png"] { kept[name] = 0 }
      let result = try jobs.folder.facewalk(SixJobs.line)
      #expect(result.ending == .exited(0), "\(result.errors.suffix(300))")
      try jobs.expectNothingTwice(result, kept: kept)
      try jobs.expectUndisturbed()
      #expect(try jobs.folder.facewalk(["verify"] + SixJobs.jobs.map(\.output)).ending == .exited(0))
    }
  }

  @Test func `one is broken, does the others under -k`() async throws {
    try await SixJobs.with { jobs in
      let photo = try jobs.folder.bytes("face.png")
      try jobs.folder.write("no picture", to: "face.png")
      let result = try jobs.folder.facewalk(SixJobs.line + ["-k"])
      #expect(result.ending == .exited(3))
      try jobs.expectWholeFiles()
      let broken = ["photo.mp4", "frames"]
      for job in SixJobs.jobs {
        #expect(isThere(jobs.folder.path(job.output + ".json")) == !broken.contains(job.output))
        #expect(isThere(jobs.folder.path(job.output + ".failed.json")) == broken.contains(job.output))
      }
      try jobs.folder.write(photo, to: "face.png")
      try jobs.expectMended()
    }
  }

  @Test(arguments: 1...5)
  func `three of four shards are killed, is completed by those that are said to have work`(
    _ seed: UInt64
  )
    async throws
  {
    try await SixJobs.with { jobs in
      var numbers = SeededRandom(seed: seed)
      let pieces = jobs.pieces.filter { $0.value.chunk != nil }.keys.sorted()
      let killed = Set((1...4).shuffled(using: &numbers).prefix(3))
      for shard in 1...4 {
        let part = ["--shard", "\(shard)/4"]
        if killed.contains(shard) {
          // Chunks of other shards are there or never come.
          let path = try #require(pieces.randomElement(using: &numbers))
          _ = try jobs.stop(SIGKILL, at: path, part)
        } else {
          #expect(try jobs.folder.facewalk(SixJobs.line + part).ending == .exited(0))
        }
      }
      let expression = try jobs.folder.facewalk("status", "jobs.yaml", "--shards", "4").output
      let again = try shards(expression)
      #expect(killed.isSuperset(of: again))
      for shard in again {
        #expect(try jobs.folder.facewalk(SixJobs.line + ["--shard", "\(shard)/4"]).ending == .exited(0))
      }
      #expect(try jobs.folder.facewalk("status", "jobs.yaml", "--shards", "4").output.isEmpty)
      #expect(try jobs.folder.facewalk("join", "jobs.yaml", "-q").ending == .exited(0))
      try jobs.expectUndisturbed()
    }
  }

  /// Reads `3,17-20`.
  private func shards(_ expression: String) throws -> [Int] {
    try expression.split { $0 == "," || $0 == "\n" }.flatMap { part in
      let ends = try part.split(separator: "-").map { try #require(Int($0)) }
      return Array(try #require(ends.first)...(try #require(ends.last)))
    }
  }
}
