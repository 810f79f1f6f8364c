internal import TestSupport
internal import Testing

@testable import MorphKit

/// Videos and frames of several pictures each.
struct `Several pictures in each frame` {
  private typealias Renders = TestRenders

  private func render(
    _ yaml: String, in folder: String, _ share: ChunkShare = .all
  ) async throws -> RenderResult {
    var options = Renders.options()
    (options.share, options.framesPerChunk) = (share, 7)
    return try await MorphKit.render(job("model: tiny\n\(yaml)", in: folder), options: options)
  }

  private func pictures(_ folder: String) throws -> [Image] {
    try names(in: folder).filter { $0.hasSuffix(".png") }.map { try readPicture("\(folder)/\($0)") }
  }

  /// How much the picture changes from each frame to the next, and from the last to the first.
  private func steps(_ frames: [Image]) -> [Double] {
    frames.indices.map { frames[$0].reconstructionLoss(to: frames[($0 + 1) % frames.count]).squareRoot() }
  }

  private let walks =
    "morph: {keyframes: [\"seed:1\", \"seed:2\", \"seed:3\", \"seed:4\", \"seed:5\", \"seed:6\"]"

  @Test func `are the frames of as many morphs, with a gap and a background`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await render(
        walks + ", cells: 2x1, frames: 3, gap: 3, background: white}\noutput: all/", in: folder)
      for (name, seeds) in [("left", [1, 2, 3]), ("right", [4, 5, 6])] {
        let keyframes = seeds.map { "\"seed:\($0)\"" }.joined(separator: ", ")
        _ = try await render("morph: {keyframes: [\(keyframes)], frames: 3}\noutput: \(name)/", in: folder)
      }
      let (all, left, right) = (
        try pictures("\(folder)/all"), try pictures("\(folder)/left"), try pictures("\(folder)/right")
      )
      #expect(all.count == 7 && left.count == 7)
      let layout = try GridLayout(cellCount: 2, columns: 2, cellWidth: 32, cellHeight: 32, gap: 3)
      let white = Color(red: 255, green: 255, blue: 255)
      for number in 0..<7 {
        #expect(all[number] == Image([left[number], right[number]], in: layout, background: white))
      }
      #expect(all[0].pixels.prefix(3) == [255, 255, 255])
    }
  }

  @Test func `loop without a repeated frame, with a last step like the others`() async throws {
    try await withTemporaryFolder { folder in
      _ = try await render(walks + ", cells: 1x3, frames: 8, loop: true}\noutput: walk/", in: folder)
      let frames = try pictures("\(folder)/walk")
      #expect(frames.count == 16)
      let walk = steps(frames)
      #expect(walk.allSatisfy { $0 > 0 })
      // A loop of two keyframes goes there and back, and all its steps are equal.
      #expect((walk.max() ?? 1) / (walk.min() ?? 0) < 1.2)

      let swing = try job(
        "model: tiny\ntraverse: {keyframe: \"seed:3\", dims: \"0,50,100\", seconds: 1, fps: 16, range: 1.5, size: native}\noutput: t.mp4",
        in: folder)
      let prepared = try PreparedJob(swing, options: Renders.options(), shared: SharedReads())
      #expect(prepared.shape.frameCount == 16)
      let tiny = try await TestModels.load("tiny")
      let aligner = try PhotoAligner(
        for: prepared.inputs.model, looksForFaces: false, options: Renders.options())
      let plan = try await FramePlan(
        prepared, photos: [],
        reader: LatentReader(
          inputs: prepared.inputs, aligner: aligner, shared: SharedReads(), report: { _ in }), by: tiny)
      var swung: [Image] = []
      for number in 0..<16 { swung.append(try await plan.picture(ofFrame: number, by: tiny)) }
      let changes = steps(swung)
      // A sine of 16 frames has its smallest step where it turns.
      #expect(changes.allSatisfy { $0 > 0 })
      #expect((changes.min() ?? 0) < changes[15] && changes[15] <= (changes.max() ?? 0))
      let start = try await tiny.decode(Latent(seed: 3, dimension: 192))
      let layout = try GridLayout(cellCount: 3, columns: 2, cellWidth: 32, cellHeight: 32, gap: 2)
      #expect(swung[0] == Image([start, start, start], in: layout, background: .black))
    }
  }

  @Test(arguments: [
    "traverse: {keyframe: \"seed:3\", dims: 5, seconds: 0.7, columns: 3, background: white}",
    "morph: {keyframes: [\"seed:1\", \"seed:2\", \"seed:3\", \"seed:4\"], cells: 2x1, seconds: 0.7, gap: 1}",
  ])
  func `are the same in chunks and shards, and are measured once`(yaml: String) async throws {
    try await withTemporaryFolder { folder in
      _ = try await render(yaml + "\noutput: whole.mp4", in: folder)
      let record = try #require(Renders.record(of: "\(folder)/whole.mp4"))
      for number in [2, 1, 3] {
        let result = try await render(
          yaml + "\noutput: x.mp4", in: folder, .shard(Shard(number, of: 3), firstChunk: 0))
        #expect(!result.isComplete)
        if yaml.hasPrefix("traverse") {
          let work = try names(in: "\(folder)/x.mp4.parts/\(record.identity.prefix(16))")
          #expect(work.contains("dimensions.json"))
        }
      }
      #expect(try await render(yaml + "\noutput: x.mp4", in: folder, .none).isComplete)
      #expect(try contents("\(folder)/x.mp4") == contents("\(folder)/whole.mp4"))
      #expect(try names(in: folder) == ["whole.mp4", "whole.mp4.json", "x.mp4", "x.mp4.json"])
      // The record has all of it.
      let again = try MorphJob(recordOf: "\(folder)/x.mp4", options: Renders.options())
      let stated = try job("model: tiny\n\(yaml)\noutput: x.mp4", in: folder)
      #expect(again.content == stated.content)
      #expect(again.mosaic == stated.mosaic)
      #expect(try outlook(of: again, options: Renders.options()).state == .upToDate)
      #expect(Renders.record(of: "\(folder)/x.mp4")?.dimensions == record.dimensions)
    }
  }

  @Test func `that another process has put in order count, unless they are of another job`() async throws {
    try await withTemporaryFolder { folder in
      let stated = try job(
        "model: tiny\ntraverse: {keyframe: \"seed:3\", dims: 2, steps: 3}\noutput: t/", in: folder)
      guard case .traverse(var traversal) = stated.content else { return }
      let prepared = try PreparedJob(stated, options: Renders.options(), shared: SharedReads())
      let tiny = try await TestModels.load("tiny")
      let aligner = try PhotoAligner(
        for: prepared.inputs.model, looksForFaces: false, options: Renders.options())
      let reader = LatentReader(
        inputs: prepared.inputs, aligner: aligner, shared: SharedReads(), report: { _ in })
      // Measured at another place, so that it can be told whose order it is.
      let foreign = try await MeasuredDimensions(
        of: traversal, from: Latent(seed: 77, dimension: 192), by: tiny, reader: reader)
      try prepared.work.open()
      #expect(try prepared.work.keep(foreign) { $0.fits(traversal) } == foreign)
      try await Renders.run(stated)
      #expect(Renders.record(of: "\(folder)/t")?.dimensions == foreign.ranking)
      traversal.dimensions = .first(3)
      #expect(!foreign.fits(traversal))
    }
  }

  @Test(arguments: [("4x2", 8, 522, 262), ("2x1", 2, 524, 136), ("1x1", 1, 512, 512)])
  func `are enlarged as a whole to a longer side of 512 at least`(
    cells: String, count: Int, width: Int, height: Int
  ) throws {
    let range = ModelDescription.PixelRange(black: 0, white: 1, channelCount: 3)
    let model = ModelDescription(
      name: "test", decoder: .init(file: "d.onnx", range: range),
      image: .init(
        width: 128, height: cells == "2x1" ? 64 : 128, channels: .rgb, layout: .nchw, activation: .none),
      latent: .init(shape: [2], scale: [1], shift: [0]), prior: .standard)
    let seeds = (0..<(2 * count)).map { "\"seed:\($0)\"" }.joined(separator: ", ")
    let stated = try job("model: tiny\nmorph: {keyframes: [\(seeds)], cells: \(cells)}\noutput: x.mp4")
    let shape = try ResultShape(of: stated, model: model)
    #expect((shape.width, shape.height) == (width, height))
    #expect(shape.summary.faceCount == 2 * count && shape.frameCount == 61)
  }

  @Test func `keep sharp edges when they are enlarged by a whole factor`() async throws {
    try await withTemporaryFolder { folder in
      let gray = "background: \"#808080\""
      _ = try await render(walks + ", cells: 1x3, frames: 1, size: 312, \(gray)}\noutput: x/", in: folder)
      let picture = try readPicture("\(folder)/x/frame_000000.png")
      // 36 × 104 at the model's size.
      #expect((picture.width, picture.height) == (108, 312))
      for y in [0, 5, 306, 311] + Array(102...107) {
        let row = picture.pixels[(y * 108 * 3)..<((y + 1) * 108 * 3)]
        #expect(row.allSatisfy { $0 == 0x80 }, "row \(y)")
      }
    }
  }

  @Test func `that no frame can hold are refused before anything is made`() async throws {
    let stated = try job(
      "model: tiny\nmorph: {keyframes: [\"seed:1\", \"seed:2\", \"seed:3\", \"seed:4\"], cells: 2x1, gap: 9000}\noutput: x/"
    )
    let error = #expect(throws: MorphError.self) {
      try PreparedJob(stated, options: Renders.options(), shared: SharedReads())
    }
    #expect(error?.problem == .output(.frameTooLarge(width: 27_064, height: 18_032)))
  }
}
