internal import Foundation
internal import TestSupport
internal import Testing

struct `Evaluating` {
  private func withPhotos(_ body: (CommandFolder) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("photos")
      for name in ["2.png", "10.png"] { try folder.copy(folder.path("face.png"), to: "photos/\(name)") }
      try folder.write("text", to: "photos/notes.txt")
      try folder.write(
        "model: tiny\nmorph: {keyframes: [seed:1, seed:2], frames: 4}\noutput: walk.mp4\n", to: "walk.yaml")
      try await body(folder)
    }
  }

  @Test func `prints a table`() async throws {
    try await withPhotos { folder in
      let result = try folder.facewalk(words(of: "evaluate photos/ walk.yaml face.png face.png -m tiny"))
      #expect(result.ending == .exited(0), "\(result.errors)")
      let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      #expect(lines[0].hasPrefix("photo ") && lines[0].hasSuffix(" match"))
      #expect(lines[1].hasPrefix("photos/2.png ") && lines[2].hasPrefix("photos/10.png "))
      #expect(lines[3].hasPrefix("face.png ") && lines[4].hasPrefix("mean ") && lines[6].hasPrefix("worst "))
      #expect(lines[7] == "0 of 192 latent dimensions are active over these photos")
      #expect(lines[9] == "walk.yaml (walk.mp4)" && lines[11].hasPrefix("1 "))
      #expect(!folder.names().contains("walk.mp4"))
    }
  }

  @Test func `writes JSON and a page, and prints their names`() async throws {
    try await withPhotos { folder in
      let line = "evaluate photos walk.yaml -m tiny -o out/r.json --html r.html -q"
      let result = try folder.facewalk(words(of: line))
      #expect(result.output == "out/r.json\nr.html\n" && result.errors.isEmpty)
      #expect(result.ending == .exited(0))
      let report = try JSONDecoder().decode(Report.self, from: Data(try folder.bytes("out/r.json")))
      #expect(report.photos.map(\.photo) == ["../photos/2.png", "../photos/10.png"])
      #expect(report.morphs.map(\.job) == ["../walk.yaml"] && report.model?.name == "tiny")
      #expect(String(decoding: try folder.bytes("r.html"), as: UTF8.self).contains("photos/2.png"))
      try folder.expectError(
        "out/r.json: exists already. Use --overwrite to replace it, or give the report another name.",
        code: 1,
        line)
      let bytes = try folder.bytes("out/r.json")
      #expect(try folder.facewalk(words(of: line + " -y")).ending == .exited(0))
      #expect(try folder.bytes("out/r.json") == bytes)
    }
  }

  private struct Report: Decodable {
    struct Model: Decodable { let name: String }
    struct Photo: Decodable { let photo: String }
    struct Morph: Decodable { let job: String }
    struct Failure: Decodable { let name: String; let reason: String }
    let model: Model?
    let photos: [Photo]
    let morphs: [Morph]
    let failed: [Failure]
  }

  @Test func `lists what it left out, and ends with 3; with 1 when nothing is left`() async throws {
    try await withPhotos { folder in
      try folder.write("text", to: "photos/3.jpg")
      let result = try folder.facewalk(words(of: "evaluate photos gone.png -m tiny --json --progress none"))
      #expect(result.ending == .exited(3))
      #expect(
        result.errors == """
          facewalk: photos/3.jpg: is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF.
          facewalk: gone.png: no such file. Check the name.
          facewalk: 2 photos, 2 left out.

          """)
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      #expect(report.photos.map(\.photo) == ["photos/2.png", "photos/10.png"])
      #expect(report.failed.map(\.name) == ["photos/3.jpg", "gone.png"])

      let nothing = try folder.facewalk(words(of: "evaluate gone.png -m tiny -o r.json --progress none"))
      #expect(nothing.ending == .exited(1) && nothing.output == "r.json\n")
      #expect(
        nothing.errors
          == "facewalk: gone.png: no such file. Check the name.\nfacewalk: 0 photos, 1 left out.\n")
    }
  }

  @Test func `tells programs how it goes, line by line`() async throws {
    try await withPhotos { folder in
      let result = try folder.facewalk(words(of: "evaluate photos gone.png -m tiny --json --progress json"))
      let events = try result.errorLines.map {
        try JSONDecoder().decode([String: JSONText].self, from: Data($0.utf8))["event"]?.text
      }
      #expect(events == ["progressed", "progressed", "failed", "progressed", "error"])
    }
  }

  private struct JSONText: Decodable {
    let text: String?
    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do { text = try container.decode(String.self) } catch { text = nil }
    }
  }

  @Test func `evaluates the morphs of a file of many jobs, and passes others over`() async throws {
    try await withPhotos { folder in
      try folder.write(
        """
        defaults: {model: tiny}
        jobs:
          - morph: {keyframes: [seed:1, seed:2], frames: 3}
            output: a.mp4
          - sample: {seeds: 1-4}
            output: b.png
          - morph: {keyframes: [seed:1, face.png], frames: [2], pace: even}
            output: c.mp4

        """, to: "jobs.yaml")
      let result = try folder.facewalk(words(of: "evaluate jobs.yaml --json -q"))
      let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
      #expect(report.morphs.map(\.job) == ["jobs.yaml: line 3", "jobs.yaml: line 7"])
      #expect(report.model == nil && result.ending == .exited(0))
      #expect(result.output.contains("\"passed_over\" : 1"))
    }
  }

  @Test(arguments: [
    ("", "Missing expected argument '<photo> ...'"),
    ("seed:1", "seed:1: 'seed:1' is not possible; use a photo, a folder of photos or a job file."),
    ("''", ": '' is not possible; use a photo, a folder of photos or a job file."),
    ("tiny", "tiny: the folder 'tiny' holds no photo. Check its name, and the endings of what is in it."),
    (
      "face.png#0",
      "face.png#0: 'face.png#0' is not possible; use the number of a face, counted from 1 from the left, as in face.png#1."
    ),
    ("face.png --set fps=3", "--set: does nothing without a job file. Add that, or leave this out."),
    (
      "walk.yaml -m tiny",
      "--model: does nothing for job files, which state their own; use --set to replace it."
    ),
    (
      "walk.yaml --no-align",
      "--no-align: does nothing for job files, which state their own; use --set to replace it."
    ),
    ("face.png --decoder slow", "--decoder: 'slow' is not possible; use exact or fast."),
    (
      "face.png -m nowhere",
      "--model: no model of this name is installed, and no folder 'nowhere' is here. Installed: portraits-128."
    ),
    (
      "face.png -o report.html",
      "--output: 'report.html' is not possible; use the name of a file that ends in .json."
    ),
    ("face.png -o -", "--output: '-' is not possible; use the name of a file that ends in .json."),
    (
      "face.png --html r.json", "--html: 'r.json' is not possible; use the name of a file that ends in .html."
    ),
    ("face.png --json -o r.json", "--json can't be used together with --output. Leave out one of them."),
    ("face.png --threads 0", "--threads: '0' is not possible; use a number from 1 to 1024."),
    ("gone.yaml", "gone.yaml: no such file. Check the name."),
    (
      "sample.yaml",
      "sample.yaml: states no morph with frames in time, so there is nothing to evaluate. Name photos, or another file."
    ),
    (
      "walks.yaml",
      "walks.yaml: states no morph with frames in time, so there is nothing to evaluate. Name photos, or another file."
    ),
  ])
  func `has a word that is not right`(_ line: String, _ message: String) async throws {
    try await withPhotos { folder in
      try folder.write("model: tiny\nsample: {seeds: 1-4}\noutput: b.png\n", to: "sample.yaml")
      try folder.write(
        "model: tiny\nmorph: {keyframes: [\"seed:1\", \"seed:2\", \"seed:3\", \"seed:4\"], cells: 2x1}\noutput: b.mp4\n",
        to: "walks.yaml")
      try folder.expectError(message, code: 2, "evaluate \(line)")
    }
  }

  @Test func `writes only where it may`() async throws {
    try await withPhotos { folder in
      try folder.makeFolder("r.json")
      try folder.expectError(
        "r.json: exists already and is no file, so it is not replaced. Name another file with -o.", code: 1,
        "evaluate face.png -m tiny -o r.json -y")
      try folder.expectError(
        "face.png/r.json: can't be written: Not a directory.", code: 1,
        "evaluate face.png -m tiny -o face.png/r.json")
    }
  }
}
