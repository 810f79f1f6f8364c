internal import TestSupport
internal import Testing

struct `Job files on the command line` {
  @Test func `several are rendered in turn`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("jobs")
      for seed in [1, 2] {
        try folder.write(
          "model: ../tiny\nsample: {seeds: \(seed)}\noutput: ../out-\(seed).png\n", to: "jobs/\(seed).yaml")
      }
      let result = try folder.facewalk("run", "jobs/1.yaml", "jobs/2.yaml", "-q")
      #expect(result.output == "out-1.png\nout-2.png\n")
      #expect(result.ending == .exited(0))
      #expect(folder.names().contains("out-1.png") && folder.names().contains("out-2.png"))
    }
  }

  @Test func `one comes from standard input`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let result = try folder.facewalk(
        ["run", "-", "-q"], input: "model: tiny\nsample:\n  seeds: 1-3\noutput: out.png\n")
      #expect(result.output == "out.png\n" && result.errors.isEmpty)
      try folder.expectResult("same.png", "sample --seeds 1-3 -m tiny -q -o same.png")
      #expect(try folder.bytes("same.png") == folder.bytes("out.png"))
    }
  }

  @Test func `settings are replaced with --set`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: gone\nmorph:\n  keyframes: [seed:1, seed:2]\n  frames: 3\noutput: out.mp4\n", to: "job.yaml")
      try folder.expectResult(
        "other.mp4",
        "run job.yaml -q --set fps=60 --set frames=5 --set model=tiny --set output=other.mp4")
      try folder.expectResult("line.mp4", "seed:1 seed:2 --fps 60 --frames 5 -m tiny -q -o line.mp4")
      #expect(try folder.record(of: "other.mp4").identity == folder.record(of: "line.mp4").identity)
      #expect(try folder.record(of: "other.mp4").result.seconds == 0.1)
    }
  }
}
