internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Errors of a file of many jobs` {
  private func message(_ yaml: String) async throws -> String? {
    try await withTemporaryFolder { folder in
      for name in ["ada", "grace"] {
        try write("x", to: "\(folder)/faces/\(name).jpg")
      }
      try write("x", to: "\(folder)/one/ada.jpg")
      try write("from,n\n../ada.jpg,1\nx,y\n", to: "\(folder)/rows.csv")
      try write("a,b\n1\n", to: "\(folder)/short.csv")
      let error = #expect(throws: MorphError.self) {
        try JobFile(
          yaml: Array(yaml.utf8), name: "jobs.yaml", folder: folder, installation: testInstallation)
      }
      #expect(error?.isWrongUse == true)
      return error?.description.replacing("\(folder)/", with: "")
    }
  }

  private static let commands =
    "state exactly one of morph, sample, reconstruct, align, encode, decode, average, direction, traverse, plane, posterior or between."

  private static let gone =
    "'dissolve' is gone: morphs of photos now begin and end on the photos themselves; see 'detail'."

  @Test(arguments: [
    ("jobs: 3", "jobs.yaml: line 1: 'jobs' must be a list of jobs."),
    ("jobs: []", "jobs.yaml: line 1: 'jobs' must be a list of at least one job."),
    ("jobs:\n  - x", "jobs.yaml: line 2: 'jobs' must be a list of jobs."),
    ("jobs:\n  - output: x.png", "jobs.yaml: line 2: \(commands)"),
    ("jobs:\n  - sample:\n    output: x.png\n  - sample:\n    morph:\n", "jobs.yaml: line 4: \(commands)"),
    ("jobs:\n  - sample:", "jobs.yaml: line 2: 'output' is missing. Add it."),
    (
      "jobs:\n  - sample:\n    outptu: x",
      "jobs.yaml: line 3: 'outptu' is not a setting; did you mean 'output'?"
    ),
    ("jobs:\n  - jobs: []\n    sample:", "jobs.yaml: line 2: 'jobs' is not a setting."),
    ("jobs:\n  - sample:\nsample: {seeds: 1}", "jobs.yaml: line 3: 'sample' is not a setting."),
    ("defaults: {model: tiny}", "jobs.yaml: 'jobs' is missing. Add it."),
    ("defaults: 3\njobs:\n  - sample:", "jobs.yaml: line 1: 'defaults' must be a mapping of settings."),
    ("defaults: {fps: 3}\njobs:\n  - sample:", "jobs.yaml: line 1: 'fps' is not a setting."),
    (
      "defaults:\n  sample: {seedz: 3}\n  model: tiny\njobs:\n  - sample:\n    output: x.png",
      "jobs.yaml: line 2: 'seedz' is not a setting; did you mean 'seeds'?"
    ),
    (
      "defaults:\n  morph: {dissolve: 1}\n  model: tiny\njobs:\n  - morph: {keyframes: [seed:1, seed:2]}\n    output: x.mp4",
      "jobs.yaml: line 2: \(gone)"
    ),
  ])
  func `as a whole are told with their line`(yaml: String, expected: String) async throws {
    #expect(try await message(yaml) == expected)
  }

  @Test(arguments: [
    ("for: 3", "line 1: 'for' must be {seed: 1-9}, {photo: faces/*.jpg} or {rows: table.csv}."),
    ("pairs: x", "line 1: 'pairs' must be a mapping like {of: faces/*.jpg, how: all}."),
    (
      "pairs: {of: faces/*.jpg, hwo: all}", "line 1: 'hwo' is not a setting; did you mean 'how'?"
    ),
    ("for: {}", "line 1: state exactly one of seed, photo or rows."),
    ("for: {seed: 1, photo: faces/*.jpg}", "line 1: state exactly one of seed, photo or rows."),
    ("for: {seeds: 1-3}", "line 1: 'seeds' is not a setting; did you mean 'seed'?"),
    ("for: {seed: 3-1}", "line 1: '3-1' runs backward. Write 1-3, or list the seeds with commas."),
    ("for: {seed: 1-200000}", "line 1: states more than 100,000 jobs. Split it."),
    ("for: {photo: faces/*.png}", "line 1: no file fits 'faces/*.png'. Check the folder and the ending."),
    ("for: {photo: {a: b}}", "line 1: 'photo' must be a name like faces/*.jpg, or a list."),
    (
      "for: {photo: *.jpg}",
      "line 1: '*' at the start of a value makes an anchor or alias, which are not read. Put quotes around the value."
    ),
    ("for: {rows: gone.csv}", "gone.csv: no such file. Check the name."),
    (
      "for: {rows: short.csv}",
      "short.csv: row 2: has 1 value where the first row names 2. A value with a comma in it needs quotes."
    ),
    (
      "for: {seed: 1}\npairs: {of: faces/*.jpg, how: all}",
      "line 1: 'for' can't be used together with 'pairs'. Leave out one of them."
    ),
    ("pairs: {of: faces/*.jpg}", "line 1: 'how' is missing. Add it: all, consecutive or with-first."),
    ("pairs: {how: all}", "line 1: 'of' is missing. Add it."),
    (
      "pairs: {of: faces/*.jpg, how: each}",
      "line 1: 'each' is not possible; use all, consecutive or with-first."
    ),
    ("pairs: {of: one/*.jpg, how: all}", "line 1: only one file fits, and a pair needs two. Name more."),
  ])
  func `in an expansion are told with their line`(expansion: String, expected: String) async throws {
    let message = try await message(
      expansion + "\nmodel: tiny\nmorph: {keyframes: [seed:1, seed:2]}\noutput: x.mp4")
    #expect(message == (expected.hasPrefix("line") ? "jobs.yaml: " : "") + expected)
  }

  @Test(arguments: [
    (
      "for: {seed: 1-3}", "{sed}",
      "line 4 (seed 1): '{sed}' is no variable here. Use {index} or {seed}, or write {{ for a brace itself."
    ),
    (
      "for: {seed: 1-3}", "{seed",
      "line 4 (seed 1): 'x{seed.mp4' has a brace that is never closed. Close it, or write {{ for a brace itself."
    ),
    (
      "for: {seed: 1-3}", "{seed:6}",
      "line 4 (seed 1): '{seed:6}' is not possible; use {seed}, or {seed:06} for a number of six digits."
    ),
    (
      "for: {photo: faces/*.jpg}", "{name:06}",
      "line 4 (faces/ada.jpg): '{name}' is 'ada' here, no number, so zeros can't be put before it. Write {name}."
    ),
    (
      "pairs: {of: faces/*.jpg, how: all}", "{name}",
      "line 4 (faces/ada.jpg, faces/grace.jpg): '{name}' is no name of a pair, since a photo is in several. Use {from} and {to}, or {index:06}."
    ),
    (
      "for: {rows: rows.csv}", "/{from}",
      "line 4 (rows.csv: row 2): 'x/../ada.jpg.mp4' is not possible: a value in the output's name may hold no '..', begin no path at the root and have no number like %06d or ####. Write those into the job file itself."
    ),
  ])
  func `in a variable are told with the job`(expansion: String, piece: String, expected: String) async throws
  {
    let message = try await message(
      expansion + "\nmodel: tiny\nmorph: {keyframes: [seed:1, seed:2]}\noutput: x\(piece).mp4")
    #expect(message == "jobs.yaml: " + expected)
  }

  @Test func `for an output of an empty cell name the row`() async throws {
    try await withTemporaryFolder { folder in
      try write("out,n\na,1\n,2\n", to: "\(folder)/rows.csv")
      let error = #expect(throws: MorphError.self) {
        try JobFile(
          yaml: Array("for: {rows: rows.csv}\nmodel: tiny\nsample:\noutput: \"{out}.png\"".utf8),
          name: "jobs.yaml",
          folder: folder, installation: testInstallation)
      }
      #expect(
        error?.description
          == "jobs.yaml: line 4 (rows.csv: row 3): '.png' is not possible; use a name before the ending."
      )
    }
  }

  @Test func `in a value of a row are told with file and row`() async throws {
    let message = try await message(
      """
      for: {rows: rows.csv}
      model: tiny
      morph:
        keyframes: [seed:1, seed:2]
        frames: "{n}"
      output: "{index}.mp4"
      """)
    #expect(
      message
        == "jobs.yaml: line 5 (rows.csv: row 3): 'y' is not possible; use a whole number from 1 to 100000000."
    )
  }

  @Test func `for a setting that is gone name the row that gives its value`() async throws {
    let message = try await message(
      """
      for: {rows: rows.csv}
      model: tiny
      morph: {keyframes: [seed:1, seed:2], dissolve: "{n}"}
      output: "{index}.mp4"
      """)
    #expect(message == "jobs.yaml: line 3 (rows.csv: row 2): \(Self.gone)")
  }

  @Test(arguments: [
    ("output: {index:06}.mp4", "{index:06}"), ("output: {from}", "{from}"), ("output:   {from}/x", "{from}"),
    ("morph: {keyframes: [{from}, {to}]}", "{from}"), ("morph: {keyframes: [a, {to}.jpg]}", "{to}"),
    ("morph:\n  keyframes:\n    - {from}\n", "{from}"),
    ("morph:\n  keyframes:\n    - {from}.jpg\n", "{from}"),
  ])
  func `for a brace without quotes say what to do`(yaml: String, piece: String) async throws {
    let message = try await message("pairs: {of: faces/*.jpg, how: all}\n" + yaml)
    let line = yaml.contains("\n") ? 4 : 2
    #expect(
      message
        == "jobs.yaml: line \(line): \(piece) starts with a brace, which means something else in YAML. Put quotes around the value."
    )
  }
}
