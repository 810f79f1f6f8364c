internal import TestSupport
internal import Testing

@testable import MorphKit

private let faceFinderIsThere = FaceFinder.files.allSatisfy {
  isThere("\(testInstallation.facesFolder)/\($0)")
}

struct `A run of many jobs` {
  private func options(
    keepsGoing: Bool = false, retriesFailed: Bool = false, jobsInFlight: Int = 1, overwrites: Bool = false,
    records: String? = nil, shared: SharedReads? = nil
  ) -> BatchOptions {
    var render = TestRenders.options(overwrites: overwrites)
    render.records = records
    render.shared = shared
    return BatchOptions(
      render: render, keepsGoing: keepsGoing, retriesFailed: retriesFailed, jobsInFlight: jobsInFlight)
  }

  private func jobs(_ yaml: String, in folder: String) throws -> [BatchJob] {
    try JobFile(
      yaml: Array(yaml.utf8), name: "jobs.yaml", folder: folder, installation: testInstallation
    ).jobs
  }

  private func pairs(in folder: String, photos: Int) throws -> [BatchJob] {
    for number in 0..<photos {
      try write("", to: "\(folder)/faces/\(number).png")
      try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/faces/\(number).png")
    }
    return try jobs(
      """
      pairs: {of: faces/*.png, how: all}
      model: tiny
      morph: {frames: 2, size: native}
      output: out/{index}.mp4
      """, in: folder)
  }

  @Test(arguments: [1, 4])
  func `encodes a photo once, and is up to date the second time`(jobsInFlight: Int) async throws {
    try await withTemporaryFolder { folder in
      let jobs = try pairs(in: folder, photos: 5)
      let shared = SharedReads()
      let log = BatchLog()
      var options = options(jobsInFlight: jobsInFlight, shared: shared)
      options.render.loaded = LoadedNetworks()
      var summary = try await renderAll(jobs, options: options, reporting: log.note)
      #expect(summary == BatchSummary(done: 10))
      #expect(options.render.loaded.modelCount == 1)
      #expect(shared.aligned.madeCount == 5)
      #expect(shared.encoded.madeCount == 5)
      #expect(log.matchCount == 20)
      if jobsInFlight == 1 {
        #expect(log.ends == (0..<10).map { "\($0) done" })
      } else {
        #expect(log.ends.sorted() == (0..<10).map { "\($0) done" })
      }

      let again = BatchLog()
      summary = try await renderAll(
        jobs, options: self.options(jobsInFlight: jobsInFlight), reporting: again.note)
      #expect(summary == BatchSummary(upToDate: 10))
      #expect(again.ends == (0..<10).map { "\($0) up to date" })
      #expect(again.matchCount == 0)
    }
  }

  @Test func `gives the bytes that single runs give, however many are in flight`() async throws {
    try await withTemporaryFolder { folder in
      let jobs = try pairs(in: folder, photos: 4)
      let paths = jobs.compactMap(\.job.output.path)
      var results: [[[UInt8]]] = []
      for job in jobs { try await TestRenders.run(job.job) }
      results.append(try paths.map { try contents($0) })
      for count in [1, 3] {
        try remove("\(folder)/out")
        _ = try await renderAll(jobs, options: options(jobsInFlight: count))
        results.append(try paths.map { try contents($0) })
      }
      #expect(results[0] == results[1] && results[0] == results[2])
    }
  }

  @Test func `checks everything before the first is rendered`() async throws {
    try await withTemporaryFolder { folder in
      let jobs = try jobs(
        """
        defaults: {model: tiny}
        jobs:
          - {sample: {seeds: 1}, output: a.png}
          - {reconstruct: {photos: gone.png}, output: b.png}
        """, in: folder)
      let error = await #expect(throws: MorphError.self) { try await renderAll(jobs, options: options()) }
      #expect(
        MorphError("faces/*.jpg", PhotoProblem.missing).description
          == "faces/*.jpg: no such file. Check the name. The shell fills in names with *; job files read them under 'for' and 'pairs' alone."
      )
      #expect(error == MorphError("jobs.yaml: line 4: \(folder)/gone.png", PhotoProblem.missing))
      #expect(try names(in: folder).isEmpty)
    }
  }

  @Test func `keeps going behind failures, and notes them`() async throws {
    try await withTemporaryFolder { folder in
      try write("no picture", to: "\(folder)/text.png")
      let jobs = try jobs(
        """
        defaults: {model: tiny}
        jobs:
          - {sample: {seeds: 1}, output: a.png}
          - {reconstruct: {photos: gone.png}, output: b.png}
          - {reconstruct: {photos: text.png}, output: c.png}
          - {sample: {seeds: 2}, output: d.png}
        """, in: folder)
      let log = BatchLog()
      var summary = try await renderAll(jobs, options: options(keepsGoing: true), reporting: log.note)
      #expect(summary == BatchSummary(done: 2, failed: 2))
      #expect(log.ends[1] == "1 \(folder)/gone.png: no such file. Check the name.")
      #expect(log.ends[2].hasPrefix("2 \(folder)/text.png: is not a picture"))
      #expect(
        try names(in: folder) == [
          "a.png", "a.png.json", "b.png.failed.json", "c.png.failed.json", "d.png", "d.png.json", "text.png",
        ])
      let note = try #require(FailureNote(atPath: "\(folder)/c.png.failed.json"))
      #expect(!note.isFinal && note.identity != nil && note.reason.contains("is not a picture"))

      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/gone.png")
      try writePNG(TestModels.blocks(seed: 2), to: "\(folder)/text.png")
      try remove("\(folder)/d.png")
      summary = try await renderAll(jobs, options: options(retriesFailed: true))
      #expect(summary == BatchSummary(done: 2, passedOver: 2))
      #expect(
        try names(in: folder) == [
          "a.png", "a.png.json", "b.png", "b.png.json", "c.png", "c.png.json", "d.png.json", "gone.png",
          "text.png",
        ])
    }
  }

  @Test(.enabled(if: faceFinderIsThere, "the face finder's files are missing: run Scripts/setup"))
  func `does not try a photo without a face again, until it changes`() async throws {
    try await withTemporaryFolder { folder in
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/a.png")
      let yaml = "model: tiny-aligned\nreconstruct: {photos: a.png}\noutput: r.png"
      let jobs = try jobs(yaml, in: folder)
      let reason =
        "0 \(folder)/a.png: shows no face. Crop the photo closer to the face, or use --no-align if it is a crop already."
      var log = BatchLog()
      _ = try await renderAll(jobs, options: options(keepsGoing: true), reporting: log.note)
      #expect(log.ends == [reason])
      for options in [options(keepsGoing: true), options(retriesFailed: true)] {
        log = BatchLog()
        let summary = try await renderAll(jobs, options: options, reporting: log.note)
        #expect(summary == BatchSummary(failed: 1))
        #expect(log.ends == [reason.replacing("0 ", with: "0 again: ")])
        #expect(log.matchCount == 0)
      }
      try writePNG(TestModels.blocks(seed: 2), to: "\(folder)/a.png")
      log = BatchLog()
      _ = try await renderAll(jobs, options: options(keepsGoing: true), reporting: log.note)
      #expect(log.ends == [reason])
    }
  }

  @Test func `never takes another's file for its note`() async throws {
    try await withTemporaryFolder { folder in
      let jobs = try jobs("model: tiny\nreconstruct: {photos: a.png}\noutput: r.png", in: folder)
      try write("mine", to: "\(folder)/r.png.failed.json")
      _ = try await renderAll(jobs, options: options(keepsGoing: true))
      #expect(try contents("\(folder)/r.png.failed.json") == Array("mine".utf8))
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/a.png")
      _ = try await renderAll(jobs, options: options(keepsGoing: true))
      #expect(try contents("\(folder)/r.png.failed.json") == Array("mine".utf8))
    }
  }

  @Test func `collects records, also of results of one name`() async throws {
    try await withTemporaryFolder { folder in
      let jobs = try jobs(
        """
        defaults: {model: tiny}
        jobs:
          - {sample: {seeds: 1}, output: a/x.png}
          - {sample: {seeds: 2}, output: b/x.png}
          - {sample: {seeds: 3}, output: frames/}
          - {reconstruct: {photos: gone.png}, output: c.png}
        """, in: folder)
      let options = options(keepsGoing: true, records: "\(folder)/records")
      #expect(try await renderAll(jobs, options: options) == BatchSummary(done: 3, failed: 1))
      #expect(try names(in: folder) == ["a", "b", "frames", "records"])
      #expect(try names(in: "\(folder)/a") == ["x.png"])
      let records = try names(in: "\(folder)/records")
      #expect(records.count == 4)
      #expect(records.filter { $0.hasPrefix("x.png-") && $0.hasSuffix(".json") }.count == 2)
      #expect(records.contains { $0.hasPrefix("c.png-") && $0.hasSuffix(".failed.json") })
      let results = records.compactMap { RunRecord(atPath: "\(folder)/records/\($0)")?.result.name }
      #expect(results.sorted() == ["../a/x.png", "../b/x.png", "../frames"])
      #expect(try await renderAll(jobs, options: options) == BatchSummary(upToDate: 3, failed: 1))

      // The folder as a whole may be moved.
      let moved = folder + "-moved"
      defer { removeAll(moved) }
      try move(folder, to: moved)
      let again = try self.jobs("model: tiny\nsample: {seeds: 1}\noutput: a/x.png", in: moved)
      let summary = try await renderAll(again, options: self.options(records: "\(moved)/records"))
      try move(moved, to: folder)
      #expect(summary == BatchSummary(upToDate: 1))
    }
  }

  @Test func `stops when it is cancelled, and leaves nothing unfinished`() async throws {
    try await withTemporaryFolder { folder in
      let jobs = try jobs(
        "for: {seed: 1-50}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: \"{seed}.png\"", in: folder)
      let log = BatchLog()
      let task = Task {
        try await renderAll(jobs, options: options(keepsGoing: true, jobsInFlight: 3)) { event in
          log.note(event)
          if log.ends.count == 5 {
            withUnsafeCurrentTask { $0?.cancel() }
          }
        }
      }
      while log.ends.count < 5 { await Task.yield() }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(try names(in: folder).allSatisfy { $0.hasSuffix(".png") || $0.hasSuffix(".png.json") })
    }
  }
}
