internal import Foundation
internal import TestSupport
internal import Testing

struct `Many jobs on the command line` {
  private func withSeeds(_ body: (CommandFolder) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "for: {seed: 1-3}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: out/{seed}.png\n",
        to: "jobs.yaml")
      try await body(folder)
    }
  }

  /// Two good jobs around two that fail.
  private let broken = """
    defaults: {model: tiny}
    jobs:
      - {sample: {seeds: 1}, output: a.png}
      - {reconstruct: {photos: gone.png}, output: b.png}
      - {reconstruct: {photos: jobs.yaml}, output: c.png}
      - {sample: {seeds: 2}, output: d.png}

    """

  @Test func `are done in turn, and up to date the second time`() async throws {
    try await withSeeds { folder in
      var result = try folder.facewalk("run", "jobs.yaml")
      #expect(result.output == "out/1.png\nout/2.png\nout/3.png\n")
      #expect(result.messages == ["3 jobs, 3 to render", "3 done."])
      #expect(result.ending == .exited(0))
      try folder.remove("out/2.png")
      result = try folder.facewalk("run", "jobs.yaml", "--jobs", "2")
      #expect(Set(result.output.split(separator: "\n")) == ["out/1.png", "out/2.png", "out/3.png"])
      #expect(result.messages == ["3 jobs, 1 to render", "1 done, 2 up to date."])
      result = try folder.facewalk("run", "jobs.yaml", "-q")
      #expect(result.output == "out/1.png\nout/2.png\nout/3.png\n")
      #expect(result.errors.isEmpty)
    }
  }

  @Test func `come from standard input and several files`() async throws {
    try await withSeeds { folder in
      let result = try folder.facewalk(
        ["run", "jobs.yaml", "-", "-q"],
        input: "for: {seed: 8-9}\nmodel: tiny\nsample: {seeds: \"{seed}\"}\noutput: \"{index:02}.png\"\n")
      #expect(result.output == "out/1.png\nout/2.png\nout/3.png\n00.png\n01.png\n", "\(result.errors)")
    }
  }

  @Test func `that fail keep no others from being done under -k`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(broken, to: "jobs.yaml")
      try folder.expectError(
        "jobs.yaml: line 4: gone.png: no such file. Check the name.", code: 1, "run jobs.yaml")
      var result = try folder.facewalk("run", "-k", "jobs.yaml")
      #expect(result.output == "a.png\nd.png\n")
      #expect(
        result.messages.joined(separator: "\n") == """
          4 jobs, 3 to render
          facewalk: jobs.yaml: line 4: gone.png: no such file. Check the name.
          facewalk: jobs.yaml: line 5: jobs.yaml: is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF.
          facewalk: 2 done, 2 failed.
          """)
      #expect(result.ending == .exited(3))

      try folder.copy(folder.path("face.png"), to: "gone.png")
      result = try folder.facewalk("run", "--retry-failed", "-q", "-k", "jobs.yaml")
      #expect(result.output == "b.png\n")
      #expect(
        result.errorLines.last
          == "facewalk: 1 done, 1 failed, 2 passed over, since they did not fail before.")
      #expect(result.ending == .exited(3))
      #expect(folder.names().filter { $0.hasSuffix(".failed.json") } == ["c.png.failed.json"])
    }
  }

  @Test func `are only told of under -n`() async throws {
    try await withSeeds { folder in
      let before = folder.names()
      var result = try folder.facewalk("run", "-n", "jobs.yaml")
      #expect(result.output == "out/1.png: new\nout/2.png: new\nout/3.png: new\n")
      #expect(result.errors.isEmpty && result.ending == .exited(0))
      #expect(folder.names() == before)

      try folder.facewalk("run", "jobs.yaml")
      try folder.remove("out/1.png")
      try folder.remove("out/2.png.json")
      result = try folder.facewalk("run", "-n", "-y", "jobs.yaml")
      #expect(
        result.output == """
          out/1.png: out of date: the result is missing
          out/2.png: out of date: its record is missing
          out/3.png: up to date

          """)
      #expect(result.ending == .exited(0))
      result = try folder.facewalk("run", "-n", "jobs.yaml", "--set", "gap=3")
      #expect(
        result.output.contains("out/3.png: out of date: 'gap' changed; kept unless --overwrite is given\n"))
      #expect(
        result.output.contains(
          "out/2.png: out of date: its record is missing; kept unless --overwrite is given\n"))
      #expect(result.errors == "facewalk: 2 of 3 jobs can't be made.\n")
      #expect(result.ending == .exited(3))
      try folder.write("mine", to: "out/2.png")
      #expect(
        try folder.facewalk("run", "-n", "jobs.yaml").output.contains(
          "out/2.png: out of date: its record is missing; can't be made: exists already and is something else."
        ))
    }
  }

  @Test func `whose results are out of date keep them, and are no failures`() async throws {
    try await withSeeds { folder in
      try folder.facewalk("run", "jobs.yaml", "-q")
      try folder.remove("out/2.png.json")
      try folder.remove("out/3.png")
      let result = try folder.facewalk("run", "-k", "jobs.yaml", "--set", "gap=3")
      #expect(result.output == "out/3.png\n")
      #expect(
        result.messages.joined(separator: "\n") == """
          3 jobs, 1 to render
          facewalk: jobs.yaml: line 1 (seed 1): out/1.png: is an earlier result of this job: 'gap' changed. Use --overwrite to make it again, or give the result another name.
          facewalk: jobs.yaml: line 1 (seed 2): out/2.png: is an earlier result of this job: its record is missing, 'gap' changed. Use --overwrite to make it again, or give the result another name.
          facewalk: 1 done, 2 out of date and kept, since --overwrite was not given.
          """)
      #expect(result.ending == .exited(3))
      #expect(
        try folder.facewalk("status", "jobs.yaml", "--set", "gap=3").output == """
          stale    out/1.png: 'gap' changed
          stale    out/2.png: its record is missing
          done     out/3.png: 1 frame, 32 × 32

          """)
      #expect(try folder.facewalk("run", "-ky", "-q", "jobs.yaml", "--set", "gap=3").ending == .exited(0))
    }
  }

  @Test func `tell programs which job they speak of`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(broken, to: "jobs.yaml")
      struct Line: Decodable {
        var event: String
        var job: String?
        var output: String?
        var message: String?
      }
      let result = try folder.facewalk("run", "-k", "--progress", "json", "jobs.yaml")
      let lines = try result.errorLines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
      #expect(lines.first?.event == "jobs" && lines.first?.message == "4 jobs, 3 to render")
      #expect(
        lines.filter { $0.event == "finished" || $0.event == "failed" }.map {
          "\($0.event) \($0.output ?? "")"
        }
          == ["finished a.png", "failed b.png", "failed c.png", "finished d.png"])
      #expect(lines.first { $0.event == "failed" }?.job == "jobs.yaml: line 4")
      #expect(lines.filter { $0.event == "progressed" }.allSatisfy { $0.job != nil })
      #expect(lines.last?.event == "error" && lines.last?.message == "2 done, 2 failed.")
    }
  }

  @Test func `have their records in a folder of their own`() async throws {
    try await withSeeds { folder in
      try folder.expectResult("out/1.png\nout/2.png\nout/3.png", "run jobs.yaml -q --records notes")
      #expect(folder.names().filter { $0.hasPrefix("out/") } == ["out/1.png", "out/2.png", "out/3.png"])
      #expect(folder.names().count { $0.hasPrefix("notes/") } == 3)
      let again = try folder.facewalk("run", "jobs.yaml", "--records", "notes")
      #expect(again.errors == "3 jobs, 0 to render\n0 done, 3 up to date.\n")
    }
  }

  @Test func `get a page that replaces no other file`() async throws {
    try await withSeeds { folder in
      try folder.write("n,photo\n1,face.png\n", to: "rows.csv")
      try folder.write(
        "for: {rows: rows.csv}\nmodel: tiny\nreconstruct: {photos: \"{photo}\"}\noutput: \"{n}.png\"\n",
        to: "photos.yaml")
      try folder.expectResult("page.html", "status photos.yaml jobs.yaml --html page.html")
      try folder.expectResult("page.html", "status photos.yaml --html page.html")
      try folder.write("mine", to: "diary.html")
      try folder.expectError(
        "diary.html: exists already and is no page of facewalk's. Use --overwrite to replace it, or name another file.",
        code: 1, "status jobs.yaml --html diary.html")
      for (name, number) in [("photos.yaml", 1), ("face.png", 1), ("rows.csv", 1)] {
        let before = try folder.bytes(name)
        try folder.expectError(
          "\(name): is a file of the job at photos.yaml: line \(number) (rows.csv: row 2), so it is not replaced. Name another file.",
          code: 1, "status -y photos.yaml --html \(name)")
        #expect(try folder.bytes(name) == before)
      }
      try folder.expectResult("diary.html", "status jobs.yaml --html diary.html -y")
      #expect(try folder.bytes("diary.html").starts(with: Array("<!doctype html>".utf8)))
    }
  }

  @Test func `of one result are refused`() async throws {
    try await withSeeds { folder in
      try folder.expectError(
        "jobs.yaml: line 1 (seed 2): its output 'x.png' is that of jobs.yaml: line 1 (seed 1) too. Name another one.",
        code: 2, "run jobs.yaml --set output=x.png")
    }
  }

  @Test func `have options with bounds`() async throws {
    try await withSeeds { folder in
      let result = try folder.facewalk("run", "jobs.yaml", "--jobs", "0")
      #expect(result.errors.contains("--jobs: '0' is not possible; use a number from 1 to 256."))
      #expect(result.ending == .exited(2))
    }
  }

  @Test func `of the example file run as they stand`() async throws {
    try await withCommandFolder { folder in
      try folder.copy(packageFolder + "/Pipelines", to: "Pipelines")
      let result = try folder.facewalk("run", "-k", "Pipelines/batch.yaml")
      #expect(
        result.output.split(separator: "\n").map { $0.replacing("Output/batch/", with: "") } == [
          "00-ada-family.png", "01-family-grace.png", "02-grace-katherine.png", "ada.png", "family.png",
          "grace.png", "katherine.png", "ada-0001.png", "ada-0002.png", "ada-0003.png",
        ], "\(result.errors)")
      #expect(result.errorLines.count { $0.hasPrefix("Pipelines/faces/family.jpg: ") } == 1)
      #expect(result.ending == .exited(0))
    }
  }
}
