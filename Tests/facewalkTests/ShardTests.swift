internal import Foundation
internal import TestSupport
internal import Testing

/// A job file of a long video, two folders of frames, a grid and a short video: 3 + 2 + 2 + 1 + 1 chunks.
private let jobs = """
  defaults:
    model: tiny
    morph: {size: native}
  jobs:
    - output: long.mp4
      morph: {keyframes: [seed:1, seed:2], frames: 599}
    - output: frames/
      morph: {keyframes: [seed:3, seed:4], frames: 299}
    - output: beside_####.png
      morph: {keyframes: [seed:3, seed:5], frames: 299}
    - output: grid.png
      sample: {seeds: 1-30}
    - output: short.mp4
      morph: {keyframes: [seed:1, seed:2], frames: 20}

  """

private let outputs = ["long.mp4", "frames", "beside_####.png", "grid.png", "short.mp4"]

/// Calls `body` with a folder that holds the job file.
private func withJobs(_ body: (CommandFolder) async throws -> Void) async throws {
  try await withCommandFolder { folder in
    try folder.addTinyModel()
    try folder.write(jobs, to: "jobs.yaml")
    try await body(folder)
  }
}

extension CommandFolder {
  /// Every file but records, with its content.
  fileprivate func results() throws -> [String: [UInt8]] {
    var results: [String: [UInt8]] = [:]
    for name in names() where name.hasSuffix(".mp4") || name.hasSuffix(".png") {
      results[name] = try bytes(name)
    }
    return results
  }

  fileprivate func clear() throws {
    for name in names() where !name.contains("/") && !["tiny", "face.png", "jobs.yaml"].contains(name) {
      try remove(name)
    }
  }
}

struct `A run in shards` {
  @Test func `that is joined gives what one run gives, byte for byte`() async throws {
    try await withJobs { folder in
      #expect(try folder.facewalk("run", "jobs.yaml", "-q").ending == .exited(0))
      let undisturbed = (names: folder.names(), files: try folder.results())
      for count in [2, 4, 12] {
        try folder.clear()
        for shard in (1...count).shuffled() {
          let result = try folder.facewalk("run", "jobs.yaml", "-q", "--shard", "\(shard)/\(count)")
          #expect(result.ending == .exited(0) && result.errors.isEmpty)
        }
        let joined = try folder.facewalk("join", "jobs.yaml", "-q")
        #expect(joined.ending == .exited(0) && joined.errors.isEmpty)
        #expect(joined.output == outputs.map { $0 + "\n" }.joined())
        #expect(folder.names() == undisturbed.names)
        #expect(try folder.results() == undisturbed.files)
      }
    }
  }

  @Test func `lists what is missing, and which shards have to run again`() async throws {
    try await withJobs { folder in
      #expect(try folder.facewalk("status", "jobs.yaml", "--shards", "4").output == "1-4\n")
      // Chunks 0 to 8 of the run: long 0–2, frames 3–4, beside 5–6, grid 7, short 8.
      for shard in ["1/4", "4/4"] {
        #expect(try folder.facewalk("run", "jobs.yaml", "-q", "--shard", shard).ending == .exited(0))
      }
      #expect(try folder.facewalk("status", "jobs.yaml", "--shards", "4").output == "2-3\n")
      let join = try folder.facewalk("join", "jobs.yaml")
      #expect(join.ending == .exited(1))
      #expect(
        join.messages == [
          "5 jobs, 3 to render", "long.mp4: 2 of 3 chunks are missing: 1-2",
          "beside_####.png: 2 of 2 chunks are missing: 0-1",
          "facewalk: 2 of 5 jobs are not complete.",
        ])
      #expect(join.output == "frames\ngrid.png\nshort.mp4\n")
      let status = try folder.facewalk("status", "jobs.yaml")
      #expect(
        status.output == """
          partial  long.mp4: 2 of 3 chunks are missing: 1-2
          done     frames: 300 frames, 32 × 32
          waiting  beside_####.png: 300 frames
          done     grid.png: 30 frames, 206 × 172
          done     short.mp4: 21 frames, 0.7 s, 32 × 32

          """)
      #expect(status.errors == "3 done, 1 partial, 1 waiting.\n")
      for shard in ["2/4", "3/4"] { try folder.facewalk("run", "jobs.yaml", "-q", "--shard", shard) }
      #expect(try folder.facewalk("status", "jobs.yaml", "--shards", "4").output.isEmpty)
      let ready = try folder.facewalk("status", "jobs.yaml").output
      #expect(
        ready.hasPrefix("partial  long.mp4: all chunks are there; 'facewalk join' puts them together\n"))
      #expect(try folder.facewalk("join", "jobs.yaml", "-q").ending == .exited(0))
    }
  }

  @Test func `of a single command are put together by the command`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = words(of: "morph seed:1 seed:2 -m tiny --size native --frames 300 -o x.mp4")
      try folder.facewalk(line + ["--shard", "1/2"])
      let last = try folder.facewalk(line + ["--shard", "2/2"])
      #expect(
        last.errorLines.last
          == "x.mp4: all 2 chunks are there; the same command without --shard puts them together")
      #expect(try folder.facewalk(line).output == "x.mp4\n")
    }
  }

  @Test func `makes a damaged chunk again, and the others not`() async throws {
    try await withJobs { folder in
      #expect(try folder.facewalk("run", "jobs.yaml", "-q").ending == .exited(0))
      let undisturbed = try folder.results()
      try folder.clear()
      for shard in ["1/1"] { try folder.facewalk("run", "jobs.yaml", "-q", "--shard", shard) }
      let chunks = folder.names().filter { $0.wholeMatch(of: /long.mp4.parts.*\.mp4/) != nil }
      #expect(chunks.count == 3)
      try folder.write(folder.bytes(chunks[1]).dropLast(), to: chunks[1])
      let join = try folder.facewalk("join", "jobs.yaml")
      #expect(join.errorLines.contains("long.mp4: 1 of 3 chunks are missing: 1"))
      #expect(try folder.facewalk("run", "jobs.yaml", "-q").ending == .exited(0))
      #expect(try folder.results() == undisturbed)
    }
  }

  @Test(arguments: [
    (
      "0/4",
      "'0/4' is not possible, since shards count from 1; use 1/4 to 4/4. An array that starts at 0 needs 1 added to its index."
    ),
    ("5/4", "there is no shard 5 of 4; use 1/4 to 4/4."),
    (
      "/4",
      "'/4' has nothing before the /. Is the variable with the shard's number empty, such as SLURM_ARRAY_TASK_ID outside an array?"
    ),
    ("3/", "'3/' has nothing behind the /. Is the variable with the number of shards empty?"),
  ])
  func `that can't be is refused before anything is made`(shard: String, message: String) async throws {
    try await withJobs { folder in
      try folder.expectError("--shard: \(message)", code: 2, ["run", "jobs.yaml", "--shard", shard])
      try folder.expectError(
        "--shard: \(message)", code: 2,
        ["morph", "seed:1", "seed:2", "-m", "tiny", "-o", "x.mp4", "--shard", shard])
    }
  }

  @Test func `joins what is complete beside jobs that can't be made, records being elsewhere`() async throws {
    struct Status: Decodable {
      var output: String
      var state: String
      var reason: String?
    }
    try await withJobs { folder in
      try folder.replace("seed:3, seed:5", with: "gone.png, seed:5", in: "jobs.yaml")
      let gone = "gone.png: no such file. Check the name."
      for shard in ["1/2", "2/2"] {
        let run = try folder.facewalk("run", "jobs.yaml", "-q", "-k", "--shard", shard, "--records", "all")
        #expect(run.ending == .exited(3))
      }
      let join = try folder.facewalk("join", "jobs.yaml", "-q", "--records", "all")
      #expect(join.ending == .exited(1))
      #expect(join.output == "long.mp4\nframes\ngrid.png\nshort.mp4\n")
      #expect(
        join.errorLines == [
          "facewalk: jobs.yaml: line 9: \(gone)", "facewalk: 1 of 5 jobs is not complete.",
        ])
      let text = try folder.facewalk("status", "jobs.yaml", "--json", "--records", "all").output
      let statuses = try JSONDecoder().decode([Status].self, from: Data(text.utf8))
      #expect(statuses.map(\.output) == outputs)
      #expect(statuses.map(\.state) == ["done", "done", "failed", "done", "done"])
      #expect(statuses[2].reason == gone)
      #expect(try folder.facewalk("verify", "long.mp4", "--records", "all").ending == .exited(0))
      #expect(!folder.names().contains { $0.hasSuffix(".parts") || $0 == "long.mp4.json" })
    }
  }

  @Test func `is told of in plain words and in JSON`() async throws {
    struct Event: Decodable, Equatable {
      var event: String
      var chunks: Int?
      var missing: Int?
    }
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = words(of: "morph seed:1 seed:2 -m tiny --size native --frames 599 -o x.mp4 --shard 1/2")
      let plain = try folder.facewalk(line)
      #expect(plain.output.isEmpty && plain.ending == .exited(0))
      #expect(plain.errorLines.last == "x.mp4: 1 of 3 chunks are missing: 1")
      let json = try folder.facewalk(line + ["--progress", "json"]).jsonLines(Event.self)
      #expect(json == [Event(event: "chunks", chunks: 3, missing: 1)])
    }
  }
}
