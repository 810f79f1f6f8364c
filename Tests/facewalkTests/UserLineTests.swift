internal import Foundation
internal import PhotoFiles
internal import TestSupport
internal import Testing
internal import VideoFiles

/// What a person types, with the default model and the faces that the job files use.
struct `The command with the default model` {
  @Test func `two photos make a video`() async throws {
    try await withFaces { folder in
      let result = try folder.expectResult("ada-grace.mp4", "ada.jpg grace.jpg")
      #expect(result.errorLines.first?.hasPrefix("2 faces, 61 frames, 2.0 s, 512 × 512") == true)
      for (line, photo) in zip(result.errorLines.dropFirst(), ["ada.jpg", "grace.jpg"]) {
        #expect(
          line.wholeMatch(of: /(?<photo>\S+): (good|fair|poor) match, [0-9.]+ dB.*/)?.photo == photo[...])
      }
      let record = try folder.record(of: "ada-grace.mp4")
      #expect(record.result.frames == 61)
      #expect(record.result.name == "ada-grace.mp4")
      let facts = try VideoReader(opening: folder.path("ada-grace.mp4")).facts
      #expect(facts.frameCount == 61 && facts.frameRate == VideoFrameRate(30, 1))
      #expect(facts.width == 512 && facts.height == 512)
      #expect(abs(facts.seconds - 61.0 / 30) < 1e-9)
      #expect(facts.comment?.contains(record.identity) == true)
      #expect(facts.comment?.contains("ada") == false)
      #expect(folder.names() == ["ada-grace.mp4", "ada-grace.mp4.json", "ada.jpg", "grace.jpg"])

      let again = try folder.expectResult("ada-grace.mp4", "ada.jpg grace.jpg")
      #expect(again.errors == "ada-grace.mp4: up to date\n")
    }
  }

  @Test func `a path through a random face makes a row of pictures`() async throws {
    try await withFaces { folder in
      let line = "morph ada.jpg seed:42 grace.jpg -o strip.png"
      try folder.expectResult("strip.png", line)
      let strip = try folder.picture("strip.png")
      #expect(strip.width == 17 * 130 + 2 && strip.height == 132)
      #expect(try folder.record(of: "strip.png").result.frames == 17)
      try folder.expectUpToDate("strip.png", line)
    }
  }

  @Test func `seeds make a grid of random faces`() async throws {
    try await withFaces { folder in
      let line = "sample --seeds 1-64 -o samples.png"
      let result = try folder.expectResult("samples.png", line)
      #expect(result.errorLines.first == "64 faces, 64 frames, 1042 × 1042, fast decoder")
      let grid = try folder.picture("samples.png")
      #expect(grid.width == 8 * 130 + 2 && grid.height == 8 * 130 + 2)
      try folder.expectUpToDate("samples.png", line)
    }
  }

  @Test func `photos stand above what the model makes of them`() async throws {
    try await withFaces { folder in
      let line = "reconstruct ada.jpg grace.jpg -o pairs.png"
      try folder.expectResult("pairs.png", line)
      try folder.expectResult("crops", "align ada.jpg grace.jpg -o crops/")
      let pairs = try folder.picture("pairs.png")
      #expect(pairs.width == 2 * 130 + 2 && pairs.height == 2 * 130 + 2)
      #expect(folder.names().filter { $0.hasPrefix("crops/") } == ["crops/ada.png", "crops/grace.png"])
      for (column, name) in ["crops/ada.png", "crops/grace.png"].enumerated() {
        let crop = try folder.picture(name)
        #expect(crop.width == 128 && crop.height == 128)
        #expect(pairs.part(left: 2 + 130 * column, top: 2, width: 128, height: 128) == crop.pixels)
      }
      try folder.expectUpToDate("pairs.png", line)
      try folder.expectUpToDate("crops", "align ada.jpg grace.jpg -o crops/")
    }
  }

  @Test func `networks become a model folder`() async throws {
    try await withCommandFolder { folder in
      let model = packageFolder + "/Models/portraits-128"
      let line = "init \(model)/encoder.onnx \(model)/decoder.onnx --image \(model)/check.png -o my-model"
      let result = try folder.expectResult("my-model", line)
      #expect(result.errors.contains("check     passed: 37."))
      #expect(
        folder.names().filter { $0.contains("/") }
          == ["check.png", "decoder.onnx", "encoder.onnx", "model.yaml"].map { "my-model/" + $0 })
      try folder.expectResult("face.png", "sample --seeds 7 -m my-model -o face.png -q")
      try folder.expectResult("same.png", "sample --seeds 7 --decoder exact -o same.png -q")
      #expect(try folder.picture("face.png").pixels == folder.picture("same.png").pixels)
      try folder.expectError("my-model: exists already. Name another folder with -o.", code: 1, line)
    }
  }

  @Test func `a model folder is described, and its check passes`() async throws {
    try await withCommandFolder { folder in
      let result = try folder.facewalk("inspect", packageFolder + "/Models/portraits-128")
      #expect(result.ending == .exited(0) && result.errors.isEmpty)
      let lines = result.output.split(separator: "\n")
      #expect(lines.first == "portraits-128")
      #expect(lines.contains { $0.hasPrefix("  check") && $0.contains("passed") })
      // But for a speed, all figures come out the same again.
      let again = try folder.facewalk("inspect", "portraits-128").output.split(separator: "\n")
      #expect(zip(lines, again).allSatisfy { $0 == $1 || $0.hasPrefix("  fast speed") })
    }
  }

  private func withFaces(_ body: (CommandFolder) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      for name in ["ada.jpg", "grace.jpg"] {
        try folder.copy("\(packageFolder)/Pipelines/faces/\(name)", to: name)
      }
      try await body(folder)
    }
  }
}

struct `The job files that come with the command` {
  static let names = ["samples.yaml", "strip.yaml", "two-faces.yaml"]

  @Test func `are all tried here`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: packageFolder + "/Pipelines")
    // The one of many jobs has a test of its own.
    #expect(files.filter { $0.hasSuffix(".yaml") }.sorted() == ["batch.yaml"] + Self.names)
  }

  @Test(arguments: names) func `run as they stand`(_ name: String) async throws {
    try await withCommandFolder { folder in
      let file = "\(packageFolder)/Pipelines/\(name)"
      let ending = try String(contentsOfFile: file, encoding: .utf8).contains(".mp4") ? "mp4" : "png"
      let output = folder.path("out." + ending)
      try folder.expectResult(output, "run \(file) --set output=\(output)")
      #expect(folder.names() == ["out.\(ending)", "out.\(ending).json"])
    }
  }
}

extension CommandFolder {
  func picture(_ name: String) throws -> Picture { try Picture(decoding: bytes(name)) }

  /// Runs a line again, which has nothing to do.
  func expectUpToDate(
    _ path: String, _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try expectResult(path, line, sourceLocation: sourceLocation)
    #expect(result.errors == "\(path): up to date\n", sourceLocation: sourceLocation)
  }
}

extension Picture {
  /// The pixels of a rectangle.
  fileprivate func part(left: Int, top: Int, width partWidth: Int, height: Int) -> [UInt8] {
    var part: [UInt8] = []
    for y in top..<(top + height) {
      let start = (y * width + left) * 3
      part += pixels[start..<(start + partWidth * 3)]
    }
    return part
  }
}
