internal import TestSupport
internal import Testing

@testable import MorphKit

/// Small files that would become too much; the limits are lower here, so that they are met soon.
struct `A hostile file of many jobs` {
  private func problem(_ yaml: String, in folder: String = ".") -> SettingProblem? {
    var error: MorphError?
    let time = processorTime {
      error = #expect(throws: MorphError.self) {
        try JobFile(
          yaml: Array(yaml.utf8),
          JobSource(
            name: "jobs.yaml", folder: folder, overrides: [], installation: testInstallation,
            budget: ExpansionBudget(text: 2_000_000, names: 10_000)))
      }
    }
    #expect(time < hangLimit)
    if case .setting(let problem)? = error?.problem { return problem }
    return nil
  }

  @Test func `with defaults of many keyframes for many jobs is refused`() {
    let keyframes = String(repeating: "seed:1, ", count: 2_000)
    let jobs = String(repeating: "  - {}\n", count: 2_000)
    #expect(
      problem(
        "defaults: {model: tiny, output: x.mp4, morph: {frames: 1, keyframes: [\(keyframes)]}}\njobs:\n\(jobs)"
      )
        == .expandsTooFar)
  }

  @Test func `with many keyframes for many seeds is refused`() {
    let keyframes = String(repeating: "seed:1, ", count: 2_000)
    #expect(
      problem(
        "for: {seed: 1-100000}\nmodel: tiny\nmorph: {frames: 1, keyframes: [\(keyframes)]}\noutput: \"{seed}.mp4\""
      )
        == .expandsTooFar)
  }

  @Test func `that repeats a long value is refused`() async throws {
    try await withTemporaryFolder { folder in
      try write("x\n" + String(repeating: "a", count: 100_000) + "\n", to: "\(folder)/rows.csv")
      let name = String(repeating: "{x}", count: 1_000)
      #expect(
        problem("for: {rows: rows.csv}\nmodel: tiny\nsample:\noutput: \"\(name).png\"", in: folder)
          == .expandsTooFar)
    }
  }

  @Test func `that looks for files without end is refused`() async throws {
    try await withTemporaryFolder { folder in
      for number in 0..<50 { try write("", to: "\(folder)/a/\(number)/x") }
      // Each folder is looked at once for each part of a pattern, so these come to an end.
      for part in ["**", "**/*"] {
        let deep = Array(repeating: part, count: 40).joined(separator: "/") + "/*.jpg"
        #expect(
          problem("for: {photo: \"\(deep)\"}\nsample:\noutput: x.png", in: folder) == .noFileFits(deep))
      }
      let many = Array(repeating: "\"**/*\"", count: 1_000).joined(separator: ", ")
      #expect(problem("for: {photo: [\(many)]}\nsample:\noutput: x.png", in: folder) == .tooManyFiles)
    }
  }

  @Test func `with an endless pattern is refused`() {
    for pattern in [String(repeating: "a/", count: 200_000) + "*", String(repeating: "*", count: 100_000)] {
      guard case .value? = problem("for: {photo: \"x\(pattern)\"}\nsample:\noutput: x.png") else {
        Issue.record("not refused as a value")
        continue
      }
    }
  }

  @Test func `that names a pipe as its table does not wait`() {
    #expect(
      problem("for: {rows: /dev/zero}\nsample:\noutput: x.png")
        == .unreadable(reason: "it is not a regular file"))
  }

  @Test func `2,000 damaged ones give jobs or an error`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["1", "2"] { try write("x", to: "\(folder)/faces/\(name).jpg") }
      let sound = Array(
        """
        defaults: {model: tiny, morph: {frames: 3}}
        jobs:
          - pairs: {of: faces/*.jpg, how: all}
            morph:
            output: out/{index:06}-{from}.mp4
          - for: {seed: 1-3}
            sample: {seeds: "{seed}"}
            output: "{seed}.png"
        """.utf8)
      var random = SeededRandom(seed: 6)
      for _ in 0..<2_000 {
        let bytes = random.damaged(sound)
        do throws(MorphError) {
          _ = try JobFile(yaml: bytes, name: "jobs.yaml", folder: folder, installation: testInstallation)
        } catch {
          #expect(error.isWrongUse)
        }
      }
    }
  }
}
