internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Sum of keyframes` {
  private func keyframe(_ text: String, in folder: String = "/proc/nowhere") throws -> Keyframe {
    try Keyframe(parsing: text, from: folder)
  }

  private static let ada = Keyframe.photo(.init(path: "/proc/nowhere/ada.jpg"))
  private static let smile = Keyframe.latent(file: "/proc/nowhere/smile.npy", row: nil)

  @Test(arguments: [
    ("ada.jpg + 1.5 * smile.npy", [KeyframeTerm(1, ada), .init(1.5, smile)]),
    ("ada.jpg + smile.npy * 1.5", [.init(1, ada), .init(1.5, smile)]),
    ("0.5 * ada.jpg - 2 * smile.npy", [.init(0.5, ada), .init(-2, smile)]),
    ("-1 * smile.npy - ada.jpg", [.init(-1, smile), .init(-1, ada)]),
    ("  ada.jpg   +\tseed:3 ", [.init(1, ada), .init(1, .seed(3))]),
    ("2e-1 * ada.jpg", [.init(0.2, ada)]),
    (
      "z.npz:a:2 + my photo-1+2.jpg#2",
      [
        .init(1, .latent(file: "/proc/nowhere/z.npz", name: "a", row: 2)),
        .init(1, .photo(.init(path: "/proc/nowhere/my photo-1+2.jpg", face: 2))),
      ]
    ),
  ])
  func `has terms with factors`(text: String, terms: [KeyframeTerm]) throws {
    #expect(try keyframe(text) == .sum(terms))
  }

  @Test(arguments: ["ada+grace.jpg", "a-b.jpg", "a*b.jpg", "ada.jpg +1", "ada.jpg+ x", "2*ada.jpg"])
  func `needs a space on both sides of a sign`(text: String) throws {
    #expect(try keyframe(text) == .photo(.init(path: "/proc/nowhere/\(text)")))
  }

  @Test func `is a file when one has just that name`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["ada - copy.jpg", "2 * z.npy", "3"] { try write("", to: "\(folder)/\(name)") }
      #expect(try keyframe("ada - copy.jpg", in: folder) == .photo(.init(path: "\(folder)/ada - copy.jpg")))
      #expect(try keyframe("2 * z.npy", in: folder) == .latent(file: "\(folder)/2 * z.npy", row: nil))
      #expect(try keyframe("3", in: folder) == .photo(.init(path: "\(folder)/3")))
      #expect(
        try keyframe("3 + 2 * 3", in: folder)
          == .sum([
            .init(1, .photo(.init(path: "\(folder)/3"))), .init(2, .photo(.init(path: "\(folder)/3"))),
          ]))
    }
  }

  @Test(arguments: [
    ("ada.jpg + ", 9, ExpressionProblem.nothingBehind("+")), (" * ada.jpg", 2, .nothingBefore("*")),
    ("ada.jpg + - smile.npy", 9, .nothingBehind("+")), ("ada.jpg + 2", 11, .numberAlone("2")),
    ("- ada.jpg", 1, .nothingBefore("-")), ("1,5 * ada.jpg", 1, .decimalComma("1,5")),
    ("2 * 3 + ada.jpg", 3, .numbersAlone), ("ada.jpg * smile.npy", 9, .noNumber),
    ("2 * 3 * ada.jpg", 7, .severalFactors),
    ("ada.jpg + 2000 * smile.npy", 11, .operand("'2000' is not possible; use a number from -1000 to 1000.")),
    (
      "ada.jpg + seed:x", 11,
      .operand("'x' is not a seed. A keyframe takes one, from 0 to 4294967295, as in seed:42.")
    ),
    (
      "ada.jpg + z.npy:0-3", 11,
      .operand(
        "'z.npy:0-3' is several faces, and one is needed here, as in family.jpg#1 or faces.npy:0.")
    ),
  ])
  func `is refused at its column`(text: String, column: Int, problem: ExpressionProblem) {
    #expect(throws: SettingProblem.expression(column: column, problem)) { try keyframe(text) }
  }

  @Test(arguments: ["+", "-", "*", "1.5", "-2"])
  func `that the shell took apart is recognised`(word: String) {
    let error = #expect(throws: MorphError.self) {
      try MorphJob(
        .morph,
        options: [JobOption("keyframes", .list(["ada.jpg", word, "smile.npy"]), option: "morph")],
        model: "tiny", output: nil, installation: testInstallation)
    }
    #expect(error == MorphError(word, SettingProblem.withoutQuotes(word)))
  }

  @Test func `in a job file may be written as what is added`() throws {
    let words = try job(
      "model: tiny\nmorph: {keyframes: [\"ada.jpg + 1.5 * smile.npy - 2 * seed:4\", seed:1]}\noutput: x.mp4")
    let mapping = try job(
      "model: tiny\nmorph: {keyframes: [{photo: ada.jpg, add: {smile.npy: 1.5, seed:4: -2}}, seed:1]}\noutput: x.mp4"
    )
    #expect(words == mapping)
    #expect(words.photos == [.init(path: "ada.jpg")])
  }

  @Test(arguments: [
    (
      "{photo: ada.jpg, add: {smile.npy: x}}",
      SettingProblem.value("x", allowed: "a number from -1000 to 1000")
    ),
    ("{photo: ada.jpg, add: {smile.npy: 1, smile.npy: 2}}", .repeatedKey("smile.npy")),
    (
      "{photo: ada.jpg, add: smile.npy}",
      .wrongKind(key: "add", expected: "a mapping of what is added to how much of it, like {smile.npy: 1.5}")
    ),
    (
      "{photo: ada.jpg, add: {a.npy + b.npy: 1}}",
      .wrongKind(key: "add", expected: "a mapping of single faces to numbers")
    ),
    ("{add: {smile.npy: 1}}", .needsOneOf(["photo (with face)", "seed", "latents (with row)"])),
  ])
  func `in a job file is refused with its line`(keyframe: String, problem: SettingProblem) {
    let error = #expect(throws: MorphError.self) {
      try job("model: tiny\nmorph: {keyframes: [\(keyframe), seed:1]}\noutput: x.mp4")
    }
    #expect(error?.problem == .setting(problem))
    #expect(error?.subject == "job.yaml: line 2")
  }

  @Test func `names results after its parts`() {
    #expect(Keyframe.sum([.init(1, Self.ada), .init(1.5, Self.smile)]).stem == "ada+smile")
  }
}

struct `Several keyframes in a word` {
  @Test(arguments: [
    ("z.npy", KeyframeGroup.rows(file: "/x/z.npy", name: nil, nil)),
    ("z.npy:0-9", .rows(file: "/x/z.npy", name: nil, 0...9)),
    ("z.npz:walk", .rows(file: "/x/z.npz", name: "walk", nil)),
    ("z.npz:walk:2-3", .rows(file: "/x/z.npz", name: "walk", 2...3)),
    ("z.npz:a:b:7", .one(.latent(file: "/x/z.npz", name: "a:b", row: 7))),
    ("z.safetensors:7", .one(.latent(file: "/x/z.safetensors", row: 7))),
    ("family.jpg#all", .faces(photo: "/x/family.jpg")),
  ])
  func `are rows of a file, or all faces of a photo`(text: String, group: KeyframeGroup) throws {
    #expect(try KeyframeGroup(parsing: text, from: "/x") == group)
  }

  @Test(arguments: [
    ("z.npy:9-0", SettingProblem.value("z.npy:9-0", allowed: "rows in their order, as in z.npy:0-9")),
    ("z.npy:0-", .value("z.npy:0-", allowed: "the number of a row, counted from 0, as in z.npy:0")),
    ("z.npy:a", .value("z.npy:a", allowed: "the number of a row, counted from 0, as in z.npy:0")),
    ("z.npz:", .value("z.npz:", allowed: "the name of an array or the number of a row, as in z.npz:0")),
  ])
  func `are refused with the part that can't be`(text: String, problem: SettingProblem) {
    #expect(throws: problem) { try KeyframeGroup(parsing: text, from: "/x") }
  }

  @Test func `of a file are all its rows in order, or the range`() async throws {
    try await withTemporaryFolder { folder in
      try write(npy(Array(repeating: 0, count: 4 * 192), shape: [4, 192]), to: "\(folder)/z.npy")
      func keyframes(_ text: String) throws -> [Keyframe] {
        try job("model: tiny\nmorph: {keyframes: [\(text)], frames: 2}\noutput: x.mp4", in: folder).keyframes
      }
      func row(_ row: Int) -> Keyframe { .latent(file: "\(folder)/z.npy", row: row) }
      #expect(try keyframes("z.npy") == (0...3).map(row))
      #expect(try keyframes("z.npy:1-2, seed:3") == [row(1), row(2), .seed(3)])
      #expect(try keyframes("{latents: z.npy, row: 2-3}") == [row(2), row(3)])
      let error = #expect(throws: MorphError.self) { try keyframes("z.npy:2-4") }
      #expect(error?.problem == .latents(.noSuchRow(4, count: 4)))
      #expect(error?.subject == "\(folder)/z.npy")
    }
  }

  @Test func `of many jobs are too many together, before they fill the memory`() async throws {
    try await withTemporaryFolder { folder in
      try write(npy(Array(repeating: 0, count: 90_000 * 2), shape: [90_000, 2]), to: "\(folder)/z.npy")
      let model = try copyOfFixture("tiny", in: folder)
      let text = String(decoding: try contents("\(model)/model.yaml"), as: UTF8.self)
      try write(text.replacing("[192]", with: "[2]"), to: "\(model)/model.yaml")
      let jobs = (0..<20).map { "  - {morph: {keyframes: [z.npy], frames: 1}, output: \($0).mp4}\n" }
      let error = #expect(throws: MorphError.self) {
        try JobFile(
          yaml: Array("defaults: {model: ./tiny}\njobs:\n\(jobs.joined())".utf8), name: "jobs.yaml",
          folder: folder,
          installation: testInstallation)
      }
      #expect(error?.problem == .setting(.tooManyKeyframes))
      #expect(error?.subject == "jobs.yaml: line 14")
    }
  }

  @Test func `of a photo need a model that looks for faces`() throws {
    for yaml in [
      "model: tiny\nalign: {photos: [a.jpg#all]}",
      "model: tiny-aligned\nalign: {photos: [a.jpg#all], no_align: true}",
    ] {
      let error = #expect(throws: MorphError.self) { try job(yaml + "\noutput: x/") }
      #expect(error?.problem == .setting(.noFaceLookedFor("a.jpg#all")))
    }
    // Without networks they can't be counted.
    let error = #expect(throws: MorphError.self) {
      try job("model: tiny-aligned\nalign: {photos: [a.jpg#all]}\noutput: x/")
    }
    #expect(error?.problem == .setting(.facesNotCounted("a.jpg#all")))
  }

  @Test(
    .enabled(if: photosFolder != nil, "shared/photos is not there"),
    .enabled(
      if: isThere(testInstallation.facesFolder), "the face finder's files are missing: run Scripts/setup"))
  func `of a photo are all its faces, left to right`() async throws {
    let photo = try #require(photosFolder) + "/odd-two-faces.jpg"
    let yaml = "model: tiny-aligned\nmorph: {keyframes: [\"\(photo)#all\", seed:1]}\noutput: x.mp4"
    let file = try await JobFile(
      yaml: Array(yaml.utf8), name: "job.yaml", folder: ".",
      countingWith: TestRenders.options())
    #expect(
      file.jobs.map(\.job.keyframes) == [
        [.photo(.init(path: photo, face: 1)), .photo(.init(path: photo, face: 2)), .seed(1)]
      ])
    let none =
      "model: tiny-aligned\nalign: {photos: [\"\(photo.replacing("two-faces", with: "no-face"))#all\"]}"
    let error = await #expect(throws: MorphError.self) {
      try await JobFile(
        yaml: Array((none + "\noutput: x/").utf8), name: "job.yaml", folder: ".",
        countingWith: TestRenders.options())
    }
    #expect(error?.problem == .photo(.noFace))
  }
}
