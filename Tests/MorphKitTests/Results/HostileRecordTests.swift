internal import Digests
internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

/// Records whose digests fit, edited by someone who wishes no good.
@Suite(.serialized) struct `Record of a stranger's` {
  private let rows = fixture("numpy/float32.npy")

  private func jobs(in folder: String) -> [MorphJob] {
    let row = Keyframe.latent(file: rows, row: 1)
    let timeline = Timeline(
      transitionLengths: [2, 1], holds: [1, 0, 1], eases: [.linear, .linear], frameRate: .thirty)
    let photo = PhotoReference(path: fixture("checked/check.png"))
    func job(_ content: MorphJob.Content, _ name: String, _ format: MorphJob.Format) -> MorphJob {
      var job = TestRenders.job(content, to: "\(folder)/\(name)", format)
      job.alignsFaces = false
      return job
    }
    let sum = Keyframe.sum([KeyframeTerm(1, row), KeyframeTerm(0.5, .seed(3))])
    return [
      job(.morph(keyframes: [row, .seed(2), sum], timeline), "m.mp4", .video(.init())),
      job(.sample(SeedList([1...4])), "s.png", .grid(.init(columns: 2))),
      job(.decode([.init(file: rows, rows: 0..<5)]), "d", .frames(.folder)),
      job(.reconstruct([photo, photo]), "r.png", .grid(.init())),
    ]
  }

  private func leave(_ record: RunRecord, of path: String) throws {
    try write(try record.json(), to: path + ".json")
  }

  private func readAgain(_ path: String) throws {
    _ = try MorphJob(recordOf: path, options: TestRenders.options())
  }

  /// Makes results, and calls `body` with the path and the record of each.
  private func withResults(_ body: (String, RunRecord) throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      for job in jobs(in: folder) {
        let path = try await TestRenders.run(job).path
        try readAgain(path)
        try body(path, try #require(RunRecord(atPath: path + ".json")))
      }
    }
  }

  private typealias Edit = (inout RunRecord) -> Void

  private let edits: [Edit] = [
    { $0.job.keyframes?[0].row = -1 }, { $0.job.keyframes?[0].row = .max },
    { $0.job.transitions = [.max, .max] }, { $0.job.transitions = [100_000_000, 1] },
    { $0.job.holds = [.max, .max, .max] }, { $0.job.holds = [-1, 0, 0] },
    { ($0.job.width, $0.job.height) = (.max, .max) },
    { ($0.job.width, $0.job.height) = (0, -5) }, { $0.job.columns = 0 }, { $0.job.columns = .min },
    { $0.job.gap = .max }, { $0.job.gap = -31 }, { $0.job.crf = 999 }, { $0.job.preset = "x" },
    { $0.job.frameRate = "1/0" }, { $0.job.seeds = "0-4294967295" }, { $0.job.seeds = "" },
    { $0.job.swing = .max }, { $0.job.count = .max }, { $0.job.cells = .max },
    { $0.job.steps = "9223372036854775807x2" }, { $0.job.margin = 1e300 }, { $0.job.temperature = -1 },
    { $0.job.keyframes = [] },
    { $0.job.keyframes?[0].face = 0 }, { $0.job.keyframes?[0].firstRow = .max },
    { $0.job.keyframes?[0].rowCount = .max }, { $0.job.keyframes?[0].terms = [] },
    { $0.result.width = .max }, { $0.result.height = 0 }, { $0.result.frames = .min },
    { $0.job.output = "npy" }, { $0.inputs = [.init(path: "a\0b", sha256: "")] },
    { $0.keyframeInputs = [-1, 99] }, { $0.job.command = "encode" },
    { ($0.job.at, $0.job.pace) = ("0,1", "even") },
  ]

  @Test func `says what can't be, and ends in one sentence`() async throws {
    try await withResults { path, record in
      for edit in edits {
        var edited = record
        edit(&edited)
        guard edited != record else { continue }
        try leave(edited, of: path)
        // What another kind of job has no use for may stay.
        do {
          try readAgain(path)
        } catch let error as MorphError {
          #expect(!error.description.contains("\n"))
        }
        do {
          _ = try verify(path)
        } catch let error as MorphError {
          #expect(error.problem == .output(.damagedRecord))
        }
      }
      try leave(record, of: path)
      try readAgain(path)
    }
  }

  @Test func `with settings that no job has is none`() async throws {
    try await withResults { path, record in
      for edit in edits[..<23] {
        var edited = record
        edit(&edited)
        guard edited != record else { continue }
        try leave(edited, of: path)
        #expect(RunRecord(atPath: path + ".json") == nil)
      }
    }
  }

  @Test func `of any numbers gives a job or an error`() async throws {
    var random = SeededRandom(seed: 21)
    let numbers = [
      "0", "-1", "1", "2", "3", "31", "-31", "240", "4294967295", "4294967296", "2147483648", "1e30", "-1e30",
      "0.5", "9223372036854775807", "-9223372036854775808", "1e308", "999", "16385", "1000001",
    ]
    var taken = 0
    try await withResults { path, record in
      let text = Array(try record.json())
      let places = numberPlaces(in: text)
      for _ in 0..<200 {
        var edited = text
        for place in (0..<Int.random(in: 1...3, using: &random))
          .compactMap({ _ in places.randomElement(using: &random) }).sorted(by: {
            $0.lowerBound > $1.lowerBound
          })
        where place.upperBound <= edited.count {
          edited.replaceSubrange(place, with: Array((numbers.randomElement(using: &random) ?? "0").utf8))
        }
        let stranger: RunRecord
        do {
          stranger = try JSONDecoder().decode(RunRecord.self, from: Data(edited))
        } catch {
          continue
        }
        try leave(stranger, of: path)
        if let known = RunRecord(atPath: path + ".json") {
          _ = durationText(known.secondsTaken)
          _ = JobStatus.Result(known, thresholds: nil).matches.map(\.text)
        }
        do {
          try readAgain(path)
          taken += 1
        } catch is MorphError {}
        do { _ = try verify(path) } catch is MorphError {}
      }
    }
    #expect(taken > 0)
  }

  /// Where numbers stand outside of texts.
  private func numberPlaces(in text: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var (isText, start) = (false, Int?.none)
    for (index, byte) in text.enumerated() {
      let isNumber = !isText && (byte == 0x2D || byte == 0x2E || (0x30...0x39).contains(byte))
      if isNumber {
        start = start ?? index
      } else if let first = start {
        places.append(first..<index)
        start = nil
      }
      if byte == 0x22 { isText.toggle() }
    }
    return places
  }

  @Test(arguments: [
    (0, "0.1 s"), (-3, "0.1 s"), (8.04, "8 s"), (1e30, "277777777 h 46 min"),
    (.infinity, "277777777 h 46 min"),
  ])
  func `took any time, and it can be told`(seconds: Double, text: String) {
    #expect(durationText(seconds) == text)
  }

  @Test func `of the times of an even pace is none, when they can't be`() throws {
    func plan(_ lengths: String, _ curve: String) throws -> PacePlan? {
      func json(_ digest: String) -> String {
        #"{"curves":[\#(curve)],"digest":"\#(digest)","format":1,"lengths":[\#(lengths)],"transitions":[]}"#
      }
      let text = json(SHA256Digest(of: json("")).hex)
      let timeline = Timeline(transitionLengths: [4], frameRate: .thirty)
      return PacePlan(json: Array(text.utf8)).flatMap { $0.fits(timeline) ? $0 : nil }
    }
    let sound = #"{"changes":[0,1],"fractions":[0,1]}"#
    #expect(try plan("4", sound) != nil)
    #expect(try plan("4", #"{"changes":[],"fractions":[]}"#) == nil)
    #expect(try plan("4", #"{"changes":[0,1],"fractions":[0]}"#) == nil)
    #expect(try plan("4", #"{"changes":[1,0],"fractions":[0,1]}"#) == nil)
  }
}
