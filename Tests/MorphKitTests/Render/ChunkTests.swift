internal import TestSupport
internal import Testing
internal import VideoFiles

@testable import MorphKit

struct `A job in chunks` {
  @Test func `gives the video that is written at once, seamless`() async throws {
    try await withChunkBench("x.mp4") { bench in
      try await bench.run()
      var reader = try VideoReader(opening: bench.path)
      let facts = reader.facts
      #expect((facts.frameCount, facts.durationInTicks, facts.colour) == (23, 23, .highDefinition))
      #expect(facts.comment?.contains(RunRecord(atPath: bench.path + ".json")?.identity ?? "?") == true)
      for number in 0..<23 {
        #expect(try reader.next()?.time == Int64(number))
      }
    }
  }

  @Test func `gives the bytes that one writer gives for all frames`() async throws {
    try await withTemporaryFolder { folder in
      let content = TestRenders.morph([.seed(1), .seed(2)], frames: 499)
      let job = TestRenders.job(content, to: "\(folder)/x.mp4", .video(.init()))
      try await TestRenders.run(job)
      let comment = try #require(try VideoReader(opening: "\(folder)/x.mp4").facts.comment)
      let model = try await TestModels.load("tiny")
      var sink = try VideoSink(
        creating: "\(folder)/y.mp4", name: "y", settings: .init(), width: 32, height: 32, comment: comment,
        xmp: job.digitalSource(withDetail: false)?.xmp)
      guard case .morph(_, let timeline) = content else { return }
      let path = LatentPath(
        through: [1, 2].map { Latent(seed: $0, dimension: 192) }, timeline: timeline)
      for number in 0..<500 {
        let picture = try await model.decode(path.latent(ofFrame: number))
        try sink.write(VideoPicture(picture, width: 32, height: 32))
      }
      try sink.finish()
      #expect(try contents("\(folder)/x.mp4") == contents("\(folder)/y.mp4"))
    }
  }

  @Test func `gives the frames that it gives in one piece`() async throws {
    for output in ["x", "x_####.png"] {
      try await withChunkBench(output) { bench in
        try await bench.run(framesPerChunk: .max)
        #expect(try await bench.everything() == ChunkBench.expected(output))
      }
    }
  }

  @Test(arguments: ChunkBench.outputs)
  func `that was interrupted goes on with what is finished`(output: String) async throws {
    try await withChunkBench(output) { bench in
      let task = Task {
        try await render(bench.job(), options: bench.options()) { event in
          if case .progressed(let progress) = event, progress.framesWritten == 13 {
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }
      }
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try bench.chunks().count == 2)
      #expect(try names(in: bench.workFolder()).count == 2)
      let (result, made) = try await bench.run()
      #expect((result.isNew, made) == (true, 13))
      try await bench.expectFinished()
    }
  }

  @Test(arguments: ChunkBench.outputs)
  func `tells its progress with what was finished before`(output: String) async throws {
    try await withChunkBench(output) { bench in
      _ = try await bench.shard(1, of: 2)
      let log = EventLog()
      _ = try await render(bench.job(), options: bench.options(), reporting: log.note)
      let progress = log.events.compactMap {
        if case .progressed(let progress) = $0 { progress } else { nil }
      }
      #expect(progress.first == RenderProgress(framesWritten: 14, framesFound: 13, frameCount: 23))
      #expect(progress.last?.framesWritten == 23)
    }
  }

  @Test(arguments: ChunkBench.outputs)
  func `makes those chunks again that are damaged, missing or cut off`(output: String) async throws {
    try await withChunkBench(output) { bench in
      for shard in 1...5 { _ = try await bench.shard(shard, of: 5) }
      let chunks = try bench.chunks().map { try bench.workFolder() + "/" + $0 }
      #expect(chunks.count == 5)
      func file(_ chunk: String) throws -> String {
        output == "x.mp4" ? chunk : "\(chunk)/\(try #require(try names(in: chunk).last))"
      }
      try remove(output == "x.mp4" ? chunks[0] : file(chunks[0]))
      try write(contents(file(chunks[2])).dropLast(), to: file(chunks[2]))
      var bytes = try contents(file(chunks[4]))
      bytes[bytes.count / 2] ^= 1
      try write(bytes, to: file(chunks[4]))
      let (_, made) = try await bench.run()
      #expect(made == 5 + 5 + 3)
      try await bench.expectFinished()
    }
  }

  @Test(arguments: ChunkBench.outputs)
  func `does not use chunks of another job`(output: String) async throws {
    try await withChunkBench(output) { bench in
      _ = try await render(
        bench.job(frames: 21), options: bench.options(.shard(Shard(1, of: 2), firstChunk: 0)))
      let others = try bench.workFolder(of: bench.job(frames: 21))
      #expect(try names(in: others).contains(WorkFolder.keptName))
      let (_, made) = try await bench.run()
      #expect(made == 23)
      // What a shard has made is kept for the others.
      #expect(try names(in: others).count == 4)
      removeAll(others)
      removeAll(folder(of: others))
      try await bench.expectFinished()
    }
  }

  @Test(arguments: ChunkBench.outputs)
  func `that was joined and not published is published`(output: String) async throws {
    try await withChunkBench(output) { bench in
      _ = try await bench.shard(1, of: 1)
      let prepared = try PreparedJob(bench.job(), options: bench.options(), shared: SharedReads())
      let work = prepared.work
      try work.open()
      let joined = work.temporaryPath()
      let pieces = try work.keptChunks(0..<5)
      try join(
        (0..<5).compactMap { pieces[$0]?.path }, creating: joined, as: bench.job().output.format, name: "x",
        comment: prepared.facts.comment(identity: prepared.identity), xmp: prepared.digitalSource?.xmp)
      _ = try work.keepResult(joined)
      // Of the chunks, none is needed any more.
      for piece in pieces.values { removeAll(piece.path) }
      work.leave()
      let (_, made) = try await bench.run()
      #expect(made == 0)
      try await bench.expectFinished()
    }
  }

  @Test func `on file systems without second names is joined from copies`() async throws {
    try await withTemporaryFolder { folder in
      try write("a", to: "\(folder)/x/1")
      try makeFolder("\(folder)/y")
      // No second name can lead to another disk.
      let other = "/dev/shm/facewalk-\(UInt64.random(in: .min ... .max))"
      defer { removeAll(other) }
      try makeFolder(other)
      try linkOrCopy("\(folder)/x/1", to: "\(other)/1")
      #expect(try contents("\(other)/1") == Array("a".utf8))
      #expect(throws: FileProblem.missing) { try linkOrCopy("\(folder)/x/2", to: "\(folder)/y/2") }
    }
  }
}
