internal import TestSupport
internal import Testing
internal import VideoFiles

@testable import MorphKit

struct `Rendering` {
  private typealias Renders = TestRenders

  private func path(_ keyframes: [Latent], _ lengths: Int...) -> [Latent] {
    let path = LatentPath(
      through: keyframes, timeline: Timeline(transitionLengths: lengths, frameRate: .thirty))
    return (0..<path.timeline.frameCount).map(path.latent)
  }

  @Test func `a morph of seeds and latent files is what the decoder makes of each point of the path`()
    async throws
  {
    let tiny = try await TestModels.load("tiny")
    try await withTemporaryFolder { folder in
      let row = Latent(seed: 9, dimension: 192)
      try write(npy(row.values + row.values.map { -$0 }, shape: [2, 192]), to: "\(folder)/z.npy")
      let keyframes = [Keyframe.seed(3), .latent(file: "\(folder)/z.npy", row: 1), .seed(3)]
      let latents = path(
        [Latent(seed: 3, dimension: 192), Latent(row.values.map { -$0 }), Latent(seed: 3, dimension: 192)], 3,
        2)
      #expect(latents.count == 6)

      let strip = "\(folder)/strip.png"
      let content = Renders.morph(keyframes, frames: 3, 2)
      let result = try await Renders.run(Renders.job(content, to: strip, .grid(.init())))
      #expect((result.path, result.isNew, result.frameCount) == (strip, true, 6))
      let sheet = try readPicture(strip)
      #expect(sheet.sizeText == "\(6 * 34 + 2) × 36")

      try await Renders.run(Renders.job(content, to: "\(folder)/frames", .frames(.folder)))
      try await Renders.run(
        Renders.job(content, to: "\(folder)/x.mp4", .video(.init(crf: 4, preset: "ultrafast"))))
      var video = try VideoReader(opening: "\(folder)/x.mp4")
      #expect((video.facts.width, video.facts.height, video.facts.frameCount) == (32, 32, 6))
      for (number, latent) in latents.enumerated() {
        let expected = try await tiny.decode(latent)
        #expect(Renders.cell(number, 0, of: sheet) == expected)
        #expect(try readPicture("\(folder)/frames/frame_00000\(number).png") == expected)
        let frame = try #require(try video.next())
        let difference = zip(frame.pixels, expected.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        // Colours at half the size, and CRF 4.
        #expect(Double(difference) / 3072 < 12)
      }
      #expect(try names(in: "\(folder)/frames").count == 6)
      #expect(
        try names(in: folder) == [
          "frames", "frames.json", "strip.png", "strip.png.json", "x.mp4", "x.mp4.json", "z.npy",
        ])
    }
  }

  @Test func `frames of a pattern lie beside other files`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/f_##.png"
      let pattern = try #require(try FramePattern(path))
      try write("mine", to: "\(folder)/other.txt")
      let job = Renders.job(
        Renders.morph([.seed(1), .seed(2)], frames: 3), to: path, .frames(.pattern(pattern)))
      #expect(try await Renders.run(job).isNew)
      #expect(
        try names(in: folder) == [
          "f_##.png.json", "f_00.png", "f_01.png", "f_02.png", "f_03.png", "other.txt",
        ])
      #expect(try await !Renders.run(job).isNew)
    }
  }

  @Test func `random faces are those of their seeds`() async throws {
    let tiny = try await TestModels.load("tiny")
    try await withTemporaryFolder { folder in
      let seeds = SeedList([5...7, 5...5, 0...0])
      let path = "\(folder)/x.png"
      try await Renders.run(Renders.job(.sample(seeds), to: path, .grid(.init(columns: 3))))
      let sheet = try readPicture(path)
      #expect(sheet.sizeText == "104 × 70")
      for (number, seed) in seeds.enumerated() {
        #expect(
          try await Renders.cell(number % 3, number / 3, of: sheet)
            == tiny.decode(Latent(seed: seed, dimension: 192)))
      }
      #expect(Renders.cell(2, 1, of: sheet) == Image(width: 32, height: 32, filledWith: .black))
    }
  }

  @Test func `each photo stands above what the model makes of it`() async throws {
    let tiny = try await TestModels.load("tiny")
    try await withTemporaryFolder { folder in
      let pictures = (1...3).map { TestModels.blocks(seed: $0) }
      let photos = ["a", "b", "c"].map { PhotoReference(path: "\(folder)/\($0).png") }
      for (photo, picture) in zip(photos, pictures) {
        try writePNG(picture, to: photo.path)
      }
      let log = EventLog()
      let job = Renders.job(.reconstruct(photos), to: "\(folder)/x.png", .grid(.init(columns: 2)))
      _ = try await render(job, options: Renders.options()) { log.note($0) }
      let sheet = try readPicture("\(folder)/x.png")
      #expect(sheet.sizeText == "70 × 138")
      var matches: [PhotoMatch] = []
      for (number, picture) in pictures.enumerated() {
        let (column, row) = (number % 2, number / 2 * 2)
        let again = try await tiny.decode(tiny.encode(picture).mean)
        #expect(Renders.cell(column, row, of: sheet) == picture)
        #expect(Renders.cell(column, row + 1, of: sheet) == again)
        matches.append(
          PhotoMatch(
            photo: photos[number].path, psnr: again.psnr(to: picture), ssim: again.ssim(to: picture)))
      }
      #expect(Renders.cell(1, 3, of: sheet) == Image(width: 32, height: 32, filledWith: .black))
      #expect(
        log.events.compactMap { if case .matched(let match) = $0 { match } else { nil } } == matches)
      let record = try #require(Renders.record(of: "\(folder)/x.png"))
      #expect(record.photos.map(\.psnr) == matches.map(\.psnr))
      #expect(record.inputs.map(\.path) == ["a.png", "b.png", "c.png"])
    }
  }

  @Test func `aligned photos are files of their own names, without a model's networks`() async throws {
    try await withTemporaryFolder { folder in
      let picture = TestModels.blocks(seed: 1)
      for place in ["one", "two"] {
        try write([], to: "\(folder)/\(place)/x")
        try writePNG(picture, to: "\(folder)/\(place)/ada.png")
      }
      let photos = ["one/ada.png", "two/ada.png"].map { PhotoReference(path: "\(folder)/\($0)") }
      let job = Renders.job(.align(photos), to: "\(folder)/crops", .frames(.folder))
      #expect(try await Renders.run(job).frameCount == 2)
      #expect(try names(in: "\(folder)/crops") == ["ada-2.png", "ada.png"])
      #expect(try readPicture("\(folder)/crops/ada.png") == picture)
    }
  }

  @Test func `a video is enlarged as its size says, and pictures are not`() async throws {
    try await withTemporaryFolder { folder in
      var job = Renders.job(
        Renders.morph([.seed(1), .seed(2)], frames: 1), to: "\(folder)/x.mp4", .video(.init()))
      job.size = .automatic
      try await Renders.run(job)
      var facts = try VideoReader(opening: "\(folder)/x.mp4").facts
      #expect((facts.width, facts.height, facts.frameCount) == (512, 512, 2))
      job.size = .longerSide(50)
      job.output.path = "\(folder)/y.mp4"
      try await Renders.run(job)
      facts = try VideoReader(opening: "\(folder)/y.mp4").facts
      #expect((facts.width, facts.height) == (50, 50))
      job = Renders.job(.sample(SeedList([1...1])), to: "\(folder)/z.png", .grid(.init()))
      job.size = .longerSide(64)
      try await Renders.run(job)
      #expect(try readPicture("\(folder)/z.png").sizeText == "64 × 64")
    }
  }

  @Test func `tells what it will make, then each frame as it is written`() async throws {
    try await withTemporaryFolder { folder in
      let log = EventLog()
      let job = Renders.job(
        Renders.morph([.seed(1), .seed(2)], frames: 4), to: "\(folder)/x.mp4", .video(.init()))
      _ = try await render(job, options: Renders.options()) { log.note($0) }
      guard case .started(let summary) = log.events.first else {
        Issue.record("the first event is another")
        return
      }
      #expect(
        summary
          == RenderSummary(
            form: .video, faceCount: 2, frameCount: 5, seconds: 5.0 / 30, width: 32, height: 32))
      let progress = log.events.dropFirst().compactMap {
        if case .progressed(let progress) = $0 { progress } else { nil }
      }
      #expect(progress == (1...5).map { RenderProgress(framesWritten: $0, frameCount: 5) })
    }
  }
}
