internal import Glibc
internal import TestSupport
internal import Testing

struct `A run that is stopped` {
  /// Frames that take far longer than `hangLimit`.
  private static let frameCount = 2_000_000

  @Test(arguments: ResultKind.allCases, [SIGINT, SIGTERM])
  func `dies by the signal and leaves finished chunks alone`(_ kind: ResultKind, _ signal: Int32) async throws
  {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let before = folder.names()
      let run = try folder.start(kind.morph(frameCount: Self.frameCount))
      #expect(comesTrue { folder.names().contains { $0.contains("unfinished-") } })
      let start = ContinuousClock.now
      run.kill(signal)
      let result = try run.result()
      #expect(ContinuousClock.now - start < hangLimit)
      // A shell shows this as 128 and the signal's number: 130 and 143.
      #expect(result.ending == .killed(signal: signal))
      #expect(result.errors.isEmpty && result.output.isEmpty)
      let chunks = folder.names().filter { $0.wholeMatch(of: Self.chunk) != nil }
      #expect(folder.names().filter { !$0.contains(".parts") } == before)
      #expect(folder.names().filter { $0.contains("unfinished-") }.isEmpty)
      #expect(chunks.isEmpty == (folder.names() == before))
      #expect(kind != .grid || chunks.isEmpty)
    }
  }

  @Test func `by a warning that its time is up ends as by SIGTERM`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let run = try folder.start(ResultKind.video.morph(frameCount: Self.frameCount))
      #expect(comesTrue { folder.names().contains { $0.wholeMatch(of: Self.chunk) != nil } })
      run.kill(SIGUSR1)
      #expect(try run.result().ending == .killed(signal: SIGTERM))
      #expect(!folder.names().contains { $0.contains("unfinished-") })
    }
  }

  /// A finished chunk in its work folder.
  nonisolated(unsafe) private static let chunk =
    /out[^\/]*\.parts\/[0-9a-f]{16}\/[0-9]{6}-[0-9a-f]{16}(\.mp4)?/

  @Test func `lets another go on with its finished piece`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let before = folder.names()
      var numbers = SeededRandom(seed: 3)
      let line = ResultKind.video.morph(frameCount: 60)
      let start = ContinuousClock.now
      try folder.facewalk(line)
      let time = ContinuousClock.now - start
      let files = try ResultKind.video.files(in: folder)
      for _ in 0..<5 {
        for name in ["out.mp4", "out.mp4.json"] { try folder.remove(name) }
        let run = try folder.start(line)
        pause(for: time * Double.random(in: 0...1, using: &numbers))
        run.kill(SIGTERM)
        let ending = try run.result().ending
        #expect(ending == .killed(signal: SIGTERM) || ending == .exited(0))
        #expect(!folder.names().contains { $0.contains("unfinished-") })
        #expect(try folder.facewalk(line).ending == .exited(0))
        #expect(try ResultKind.video.files(in: folder) == files)
        #expect(folder.names() == ResultKind.video.names(of: files, besides: before))
      }
    }
  }
}

/// Waits for a moment that was computed.
func pause(for duration: Duration) {
  let (seconds, fraction) = duration.components
  var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(fraction / 1_000_000_000))
  nanosleep(&time, nil)
}
