internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Taking up an interrupted run` {
  @Test(arguments: Bench.Kind.allCases)
  func `nothing is made twice, and nothing but result and record is left`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      #expect(try bench.run())
      let everything = try bench.everything()
      #expect(everything.count == (kind == .file ? 2 : 4))
      #expect(everything.keys.filter { $0.hasSuffix(".json") }.count == 1)
      #expect(try !bench.run())
      #expect(try bench.everything() == everything)
      let record = try #require(RunRecord(atPath: bench.place.recordPath))
      #expect(try bench.place.digest() == record.result.sha256)
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `a kept piece without a record is not made again`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      _ = try bench.interruptedRun(withRecord: false)
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `a result with its record is only renamed`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      _ = try bench.interruptedRun(withRecord: true)
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `a result that has its name gets its record`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      let piece = try bench.interruptedRun(withRecord: true)
      if kind == .pattern {
        for name in try names(in: piece) {
          try move("\(piece)/\(name)", to: "\(bench.folder)/\(name)")
        }
      } else {
        try move(piece, to: bench.place.path)
      }
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: 1...4)
  func `frames that had moved are followed by the others`(moved: Int) async throws {
    try await withBench(.pattern) { bench in
      let piece = try bench.interruptedRun(frames: 5, withRecord: true)
      for name in try names(in: piece).shuffled().prefix(moved) {
        try move("\(piece)/\(name)", to: "\(bench.folder)/\(name)")
      }
      #expect(try !bench.run(frames: 5))
      #expect(try await bench.everything() == bench.expected(frames: 5))
    }
  }

  @Test func `frames that were to be replaced are, when the first of them had been`() async throws {
    try await withBench(.pattern) { bench in
      try bench.run(Bench.second, frames: 4)
      let piece = try bench.interruptedRun(frames: 4, withRecord: true)
      try bench.work().noteReplacedFrames(by: piece)
      try move("\(piece)/x_0002.png", to: "\(bench.folder)/x_0002.png")
      #expect(try !bench.run(frames: 4))
      #expect(try await bench.everything() == bench.expected(frames: 4))
    }
  }

  @Test(arguments: [[5], [3, 4, 5], []])
  func `frames that were to go are gone, when some of them had been`(gone: [Int]) async throws {
    try await withBench(.pattern) { bench in
      try bench.run(Bench.second, frames: 6)
      let piece = try bench.interruptedRun(frames: 3, withRecord: true)
      try bench.work().noteReplacedFrames(by: piece)
      for number in gone { try remove("\(bench.folder)/x_000\(number).png") }
      #expect(try !bench.run(frames: 3))
      #expect(try await bench.everything() == bench.expected(frames: 3))
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `what is left of the last step goes away`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      try bench.run()
      try write("", to: "\(bench.parts())/unfinished-host-1-abc")
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
      #expect(try names(in: bench.folder).allSatisfy { !$0.hasSuffix(".parts") })
    }
  }

  @Test(arguments: Bench.Kind.allCases, [false, true])
  func `a damaged piece is made again`(kind: Bench.Kind, withRecord: Bool) async throws {
    try await withBench(kind) { bench in
      let piece = try bench.interruptedRun(withRecord: withRecord)
      try write("damaged", to: kind == .file ? piece : "\(piece)/x_0001.png")
      #expect(try bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test func `a piece that lacks a frame is made again`() async throws {
    try await withBench(.folder) { bench in
      let piece = try bench.interruptedRun(withRecord: true)
      try remove("\(piece)/x_0002.png")
      #expect(try bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `a damaged record is written again`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      _ = try bench.interruptedRun(withRecord: true)
      try write("{\"identity\":", to: "\(bench.parts())/record.json")
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
    }
  }

  @Test(arguments: Bench.Kind.allCases)
  func `unfinished pieces of killed runs vanish`(kind: Bench.Kind) async throws {
    try await withBench(kind) { bench in
      try write("half", to: "\(bench.parts())/unfinished-host-1-abc")
      try write("half", to: "\(bench.parts())/unfinished-host-2-abc/x_0000.png")
      // Another job of the same result was interrupted, too.
      _ = try Bench(folder: bench.folder, kind: kind).interruptedRun(Bench.second, withRecord: true)
      #expect(try bench.run())
      #expect(try await bench.everything() == bench.expected())
      #expect(try names(in: bench.folder).allSatisfy { !$0.hasSuffix(".parts") })
    }
  }

  @Test func `what another job's run that is still at work has made is left alone`() async throws {
    try await withBench(.file) { bench in
      _ = try bench.interruptedRun(Bench.second, withRecord: false)
      let other = try bench.work(Bench.second)
      try other.open()
      #expect(try bench.run())
      #expect(try names(in: bench.parts(Bench.second)).count == 2)
      other.leave()
      #expect(try names(in: bench.parts(Bench.second)).count == 1)
    }
  }

  @Test func `a folder that had been put aside is replaced`() async throws {
    try await withBench(.folder) { bench in
      try bench.run(Bench.second, frames: 5)
      _ = try bench.interruptedRun(withRecord: true)
      try move(bench.place.path, to: "\(bench.parts())/unfinished-host-1-abc")
      #expect(try !bench.run())
      #expect(try await bench.everything() == bench.expected())
      #expect(try names(in: bench.folder).count == 2)
    }
  }

  @Test func `a run that fails leaves nothing of its own, and keeps what others finished`() async throws {
    try await withBench(.file) { bench in
      let work = try bench.work()
      try work.open()
      #expect(try names(in: bench.parts()).count == 1)
      let temporary = work.temporaryPath()
      try write("half", to: temporary)
      work.leave()
      #expect(try names(in: bench.folder).isEmpty)

      _ = try bench.interruptedRun(withRecord: false)
      try write("half", to: temporary)
      work.leave()
      #expect(try names(in: bench.parts()).count == 1)
    }
  }

  @Test func `names of unfinished pieces are never the same`() throws {
    let work = WorkFolder(place: ResultPlace(path: "x", shape: .file), identity: "ab", overwrites: false)
    let paths = (0..<1_000).map { _ in work.temporaryPath() }
    #expect(Set(paths).count == 1_000)
    #expect(paths.allSatisfy { $0.hasPrefix("x.parts/ab/unfinished-") })
  }
}
