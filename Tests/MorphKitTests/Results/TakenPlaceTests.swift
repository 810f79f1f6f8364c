internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A place that is taken` {
  private func problem(
    _ bench: Bench, _ identity: String = Bench.first, overwrites: Bool = false
  ) -> MorphError? {
    #expect(throws: MorphError.self) { try bench.run(identity, overwrites: overwrites) }
  }

  /// A file that the result is, or has.
  private func part(of bench: Bench) throws -> String {
    switch bench.kind {
    case .file: try bench.place.path
    case .folder: try bench.place.path + "/x_0001.png"
    case .pattern: bench.folder + "/x_0001.png"
    }
  }

  @Test(arguments: [Bench.Kind.file, .pattern])
  func `by another file is left alone, unless it may be overwritten`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      try write("mine", to: part(of: bench))
      let error = problem(bench)
      #expect(error?.subject == (try bench.place.path))
      #expect(error?.problem == .output(.anotherFile))
      #expect(error?.mayBeOverwritten == true)
      #expect(try contents(part(of: bench)) == Array("mine".utf8))
      #expect(try names(in: bench.folder).count == 1)
      #expect(try bench.run(overwrites: true))
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `by another job's result is left alone, unless it may be overwritten`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      try bench.run(Bench.second, frames: 5)
      let before = try bench.everything()
      #expect(problem(bench)?.problem == .output(.earlierResult(["it was made in another way"])))
      #expect(problem(bench)?.mayBeOverwritten == true)
      #expect(try bench.everything() == before)
      #expect(try bench.run(overwrites: true))
      // Of the longer run, nothing is left.
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: [Bench.Kind.file, .pattern])
  func `by its own result that was changed since says so`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      try bench.run()
      try write("changed", to: part(of: bench))
      #expect(problem(bench)?.problem == .output(.changedSince))
      #expect(try bench.run(overwrites: true))
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test func `by frames of which one is missing says so`() async throws {
    try await withBench(.pattern) { bench in
      try bench.run()
      try remove(part(of: bench))
      #expect(problem(bench)?.problem == .output(.changedSince))
    }
  }

  @Test(arguments: [false, true])
  func `by a folder that holds anything else is never replaced`(overwrites: Bool) async throws {
    try await withBench(.folder) { bench in
      try write("mine", to: "\(bench.place.path)/diary.txt")
      #expect(problem(bench, overwrites: overwrites)?.problem == .output(.foreignFile("diary.txt")))

      try remove("\(bench.place.path)/diary.txt")
      try bench.run(Bench.second)
      try write("mine", to: "\(bench.place.path)/diary.txt")
      let before = try bench.everything()
      let error = problem(bench, overwrites: overwrites)
      #expect(error?.problem == .output(.foreignFile("diary.txt")))
      #expect(error?.mayBeOverwritten == false)
      #expect(try bench.everything() == before)
    }
  }

  @Test(arguments: [false, true])
  func `by a folder in use is not replaced by a run that is taken up, either`(overwrites: Bool) async throws {
    try await withBench(.folder) { bench in
      _ = try bench.interruptedRun(withRecord: true)
      try write("mine", to: "\(bench.place.path)/diary.txt")
      #expect(problem(bench, overwrites: overwrites)?.problem == .output(.foreignFile("diary.txt")))
      #expect(try contents("\(bench.place.path)/diary.txt") == Array("mine".utf8))
    }
  }

  @Test func `by files that came into the folder during the run is not replaced`() async throws {
    try await withBench(.folder) { bench in
      try bench.run(Bench.second)
      let work = try bench.work(overwrites: true)
      try work.checkPlace(frameCount: 3)
      let piece = try bench.interruptedRun(withRecord: false)
      try write("mine", to: "\(bench.place.path)/diary.txt")
      let digest = try #require(try bench.place.digest(at: piece))
      let error = #expect(throws: MorphError.self) {
        try work.publish(piece, with: bench.record(Bench.first, digest: digest, frames: 3))
      }
      #expect(error?.problem == .output(.foreignFile("diary.txt")))
      #expect(try contents("\(bench.place.path)/diary.txt") == Array("mine".utf8))
    }
  }

  @Test func `by an empty folder is free`() async throws {
    try await withBench(.folder) { bench in
      try write("", to: "\(bench.place.path)/x")
      try remove("\(bench.place.path)/x")
      #expect(try bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases, [false, true])
  func `by a file of the record's name is left alone, with a result beside it or none`(
    kind: Bench.Kind, hasResult: Bool
  ) async throws {
    try await withBench(kind) { bench in
      if hasResult, kind != .folder {
        try write("mine", to: part(of: bench))
      }
      try write("{\"mine\": true}", to: bench.place.recordPath)
      let error = problem(bench)
      #expect(error?.subject == (try bench.place.recordPath))
      #expect(error?.problem == .output(.foreignRecord))
      #expect(error?.mayBeOverwritten == false)
      #expect(problem(bench, overwrites: true) == error)
      #expect(try contents(bench.place.recordPath) == Array("{\"mine\": true}".utf8))
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `by files that came while the result was being made is left alone`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      // As a run leaves it that is killed when it begins to publish, or refused then.
      _ = try bench.interruptedRun(withRecord: true)
      try write("mine", to: part(of: bench))
      #expect(
        problem(bench)?.problem == .output(kind == .folder ? .folderInUse : .anotherFile))
      #expect(try contents(part(of: bench)) == Array("mine".utf8))
      if kind != .folder {
        #expect(try !bench.run(overwrites: true))
        #expect(try await bench.everything() == bench.expected())
      }
    }
  }

  @Test func `by a file of the record's name that came while the result got its own is left alone`()
    async throws
  {
    try await withBench(.file) { bench in
      let piece = try bench.interruptedRun(withRecord: true)
      try move(piece, to: bench.place.path)
      try write("mine", to: bench.place.recordPath)
      #expect(problem(bench)?.problem == .output(.foreignRecord))
      #expect(try contents(bench.place.recordPath) == Array("mine".utf8))
      try remove(bench.place.recordPath)
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test func `by a record without its result is free for any job`() async throws {
    try await withBench(.file) { bench in
      try bench.run(Bench.second)
      try remove(bench.place.path)
      #expect(try bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test func `by something of another kind is told apart`() async throws {
    try await withBench(.folder) { bench in
      try write("mine", to: bench.place.path)
      #expect(problem(bench, overwrites: true)?.problem == .output(.folderInUse))
    }
    try await withBench(.file) { bench in
      try write("mine", to: "\(bench.place.path)/diary.txt")
      #expect(problem(bench)?.problem == .output(.notAFile))
      #expect(problem(bench, overwrites: true)?.problem == .output(.notAFile))
      #expect(try contents("\(bench.place.path)/diary.txt") == Array("mine".utf8))
    }
  }

  @Test func `by pictures of the user's that would follow the last frame is refused, whatever the user says`()
    async throws
  {
    try await withBench(.pattern) { bench in
      try write("mine", to: bench.folder + "/x_2024.png")
      #expect(problem(bench, overwrites: true)?.problem == .output(.patternInUse(frameCount: 3)))
      #expect(try contents(bench.folder + "/x_2024.png") == Array("mine".utf8))
    }
  }

  @Test func `by a link that leads nowhere is taken`() async throws {
    try await withBench(.file) { bench in
      try makeLink(bench.place.path, to: bench.folder + "/nothing")
      #expect(problem(bench)?.problem == .output(.anotherFile))
    }
  }

  @Test func `leaves alone in its parts folder what it did not make`() async throws {
    try await withBench(.file) { bench in
      try write("mine", to: bench.place.partsPath + "/diary.txt")
      #expect(try bench.run())
      #expect(try contents(bench.place.partsPath + "/diary.txt") == Array("mine".utf8))
    }
  }

  @Test func `by other files than frames of the pattern is free, and they stay`() async throws {
    try await withBench(.pattern) { bench in
      for name in ["x_1.png", "x_00001.png", "y_0001.png", "x_0001.jpg", "x_abcd.png"] {
        try write("mine", to: "\(bench.folder)/\(name)")
      }
      #expect(try bench.run())
      #expect(try names(in: bench.folder).count == 5 + 4)
    }
  }

  @Test func `by the same result, which another process made meanwhile, is done`() async throws {
    for kind in Bench.Kind.allCases {
      try await withBench(kind) { bench in
        let piece = try bench.interruptedRun(withRecord: false)
        let digest = try #require(try bench.place.digest(at: piece))
        try await withTemporaryFolder { folder in
          let other = Bench(folder: folder, kind: kind)
          try other.run()
          for name in try names(in: folder) {
            try move("\(folder)/\(name)", to: "\(bench.folder)/\(name)")
          }
        }
        try bench.work().publish(piece, with: bench.record(Bench.first, digest: digest, frames: 3))
        #expect(try await bench.everything() == bench.expected())
      }
    }
  }
}
