internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A file of many jobs` {
  func file(
    _ yaml: String, in folder: String = ".", overrides: [String] = []
  ) throws(MorphError) -> JobFile {
    try JobFile(
      yaml: Array(yaml.utf8), name: "jobs.yaml", folder: folder, overrides: overrides,
      installation: testInstallation)
  }

  func seeds(_ job: BatchJob) -> String? {
    if case .sample(let seeds) = job.job.content { seeds.text } else { nil }
  }

  @Test func `lists them, and defaults stand for what they leave out`() throws {
    let file = try file(
      """
      defaults:
        model: tiny
        morph: {seconds: 1, fps: 10}
        sample: {columns: 1}
      jobs:
        - morph: {keyframes: [seed:1, seed:2]}
          output: a.mp4
        - morph: {keyframes: [seed:1, seed:2], frames: 3}
          output: b.mp4
        - sample:
          output: c.png
      """)
    #expect(file.jobs.map(\.label) == ["jobs.yaml: line 6", "jobs.yaml: line 8", "jobs.yaml: line 10"])
    #expect(file.jobs.map(\.job.output.path) == ["a.mp4", "b.mp4", "c.png"])
    #expect(file.jobs.allSatisfy { $0.job.model == fixture("tiny") })
    let rate = FrameRate(10, over: 1)
    #expect(
      file.jobs.prefix(2).map(\.job.content)
        == [10, 3].map { length in
          .morph(keyframes: [.seed(1), .seed(2)], Timeline(transitionLengths: [length], frameRate: rate))
        })
    #expect(file.jobs[2].job.output.format == .grid(.init(columns: 1)))
  }

  @Test func `has a job for each seed`() throws {
    let file = try file(
      """
      for: {seed: "7,1-3"}
      model: tiny
      sample: {seeds: "{seed}"}
      output: out/{index:03}-{seed}{{x}}.png
      """)
    #expect(file.jobs.map(seeds) == ["7", "1", "2", "3"])
    #expect(
      file.jobs.map(\.job.output.path) == [
        "out/000-7{x}.png", "out/001-1{x}.png", "out/002-2{x}.png", "out/003-3{x}.png",
      ])
    #expect(file.jobs[1].label == "jobs.yaml: line 1 (seed 1)")
  }

  @Test func `has a job for each photo, in natural order`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["10.jpg", "2.jpg", "notes.txt"] {
        try write("x", to: "\(folder)/faces/\(name)")
      }
      let file = try file(
        """
        jobs:
          - for: {photo: faces/*.jpg}
            model: tiny
            morph: {keyframes: ["{photo}", {photo: "{photo}", face: 2}, seed:1]}
            output: out/{name}-{photo}.mp4
        """, in: folder)
      #expect(file.jobs.map(\.job.output.path) == ["\(folder)/out/2-2.mp4", "\(folder)/out/10-10.mp4"])
      let photo = "\(folder)/faces/2.jpg"
      #expect(
        file.jobs[0].job.keyframes
          == [.photo(.init(path: photo)), .photo(.init(path: photo, face: 2)), .seed(1)])
      #expect(file.jobs.map(\.position) == ["line 2 (faces/2.jpg)", "line 2 (faces/10.jpg)"])
      let listed = try self.file(
        """
        for: {photo: [faces/10.jpg, faces/*.jpg]}
        model: tiny
        align: {photos: "{photo}"}
        output: "{name}.png"
        """, in: folder)
      #expect(listed.jobs.map(\.job.photos[0].path) == ["10", "2"].map { "\(folder)/faces/\($0).jpg" })
    }
  }

  @Test func `has a job for each row of a table`() async throws {
    try await withTemporaryFolder { folder in
      try write("from,to,crf\nada.jpg,seed:4,20\n\"b, c.jpg#2\",z.npy:1,30\n", to: "\(folder)/pairs.csv")
      let file = try file(
        """
        for: {rows: pairs.csv}
        model: tiny
        morph: {keyframes: ["{from}", "{to}"], crf: "{crf}"}
        output: out/{index}-{crf:04}.mp4
        """, in: folder)
      #expect(
        file.jobs.map(\.job.keyframes) == [
          [.photo(.init(path: "\(folder)/ada.jpg")), .seed(4)],
          [.photo(.init(path: "\(folder)/b, c.jpg", face: 2)), .latent(file: "\(folder)/z.npy", row: 1)],
        ])
      #expect(file.jobs.map(\.job.output.path) == ["\(folder)/out/0-0020.mp4", "\(folder)/out/1-0030.mp4"])
      #expect(file.jobs.map(\.position) == ["line 1 (pairs.csv: row 2)", "line 1 (pairs.csv: row 3)"])
      #expect(file.jobs[1].job.output.format == .video(.init(crf: 30)))
    }
  }

  @Test(arguments: [
    ("all", ["1-2", "1-3", "1-10", "2-3", "2-10", "3-10"]), ("consecutive", ["1-2", "2-3", "3-10"]),
    ("with-first", ["1-2", "1-3", "1-10"]),
  ])
  func `has a job for each pair`(how: String, pairs: [String]) async throws {
    try await withTemporaryFolder { folder in
      for name in ["1", "2", "3", "10"] {
        try write("x", to: "\(folder)/faces/\(name).jpg")
      }
      let file = try file(
        """
        pairs: {of: faces/*.jpg, how: \(how)}
        model: tiny
        morph:
        output: out/{index:06}-{from}-{to}.mp4
        """, in: folder)
      #expect(
        file.jobs.map(\.job.output.path)
          == pairs.enumerated().map { "\(folder)/out/\(padded($0, to: 6))-\($1).mp4" })
      for (job, pair) in zip(file.jobs, pairs) {
        let photos = pair.split(separator: "-").map {
          Keyframe.photo(.init(path: "\(folder)/faces/\($0).jpg"))
        }
        #expect(job.job.keyframes == photos)
      }
      let stated = try self.file(
        "pairs: {of: faces/*.jpg, how: \(how)}\nmodel: tiny\nmorph: {keyframes: [\"{to}\", seed:1]}\noutput: \"{index}.mp4\"",
        in: folder)
      #expect(stated.jobs[0].job.keyframes == [.photo(.init(path: "\(folder)/faces/2.jpg")), .seed(1)])
    }
  }

  @Test func `takes overrides for every job, also with variables`() throws {
    let file = try file(
      """
      jobs:
        - {for: {seed: 1-2}, sample: {seeds: "{seed}", gap: 3}, output: a.png}
        - {sample: {seeds: 9}, output: b.png}
      """, overrides: ["model=tiny", "gap=0"])
    #expect(file.jobs.allSatisfy { $0.job.output.format == .grid(.init(gap: 0)) })
    let renamed = try self.file(
      "for: {seed: 1-2}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: x.png",
      overrides: ["output={seed}.png"])
    #expect(renamed.jobs.map(\.job.output.path) == ["1.png", "2.png"])
  }

  @Test func `numbers results also where nothing is expanded`() throws {
    let list = try file(
      """
      defaults: {model: tiny, output: "x/{index:03}-{index}{seed}.png"}
      jobs:
        - sample: {seeds: 1}
        - sample: {seeds: 2}
        - {for: {seed: 7}, sample: {seeds: 3}, output: "{index}.png"}
        - sample: {seeds: 4}
      """)
    #expect(
      list.jobs.map(\.job.output.path)
        == ["x/000-0{seed}.png", "x/001-1{seed}.png", "0.png", "x/003-3{seed}.png"])
    #expect(
      try file("model: tiny\nsample:\noutput: \"{index:12}.png\"").jobs[0].job.output.path == "{index:12}.png"
    )
    #expect(try file("model: tiny\nsample:\noutput: x{index}.png").jobs[0].job.output.path == "x0.png")
  }

  @Test func `leaves braces alone where nothing is expanded`() throws {
    let file = try file("model: tiny\nsample:\noutput: x{seed}.png")
    #expect(file.jobs.map(\.job.output.path) == ["x{seed}.png"])
    #expect(file.jobs.map(\.label) == ["jobs.yaml"])
  }

  @Test func `is no single job`() {
    let error = #expect(throws: MorphError.self) {
      try job("for: {seed: 1-2}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: \"{seed}.png\"")
    }
    #expect(error?.description == "job.yaml: states 2 jobs, where one is expected.")
  }

  @Test func `of 100,000 jobs is read, and of more is not`() throws {
    let yaml = "for: {seed: 1-100000}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: \"{seed}.png\""
    let file = try file(yaml)
    #expect(file.jobs.count == 100_000)
    #expect(file.jobs.last?.job.output.path == "100000.png")
    let error = #expect(throws: MorphError.self) { try self.file(yaml.replacing("100000}", with: "100001}")) }
    #expect(error == MorphError("jobs.yaml: line 1", .tooManyJobs))
  }
}
