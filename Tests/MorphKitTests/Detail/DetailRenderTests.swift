internal import PhotoFiles
internal import TestSupport
internal import Testing

@testable import MorphKit

/// Morphs of the two photos of real people that the examples have.
@Suite(.serialized) struct `Detail of photos` {
  private static let photos = ["013", "024"].map { "\(packageFolder)/Pipelines/people/london-\($0).jpg" }
  private static let model = packageFolder + "/Models/portraits-128"
  private static let loaded = LoadedNetworks()

  private func options(threads: Int? = nil) -> RenderOptions {
    RenderOptions(
      installation: .found(), threads: threads, overwrites: true, loaded: Self.loaded)
  }

  private func frames(
    _ content: MorphJob.Content, size: Int, in folder: String, _ change: (inout MorphJob) -> Void = { _ in }
  ) async throws -> [Picture] {
    var job = MorphJob(
      content: content, model: Self.model, alignsFaces: true,
      size: .longerSide(size), output: .init(path: folder + "/frames", format: .frames(.folder)))
    change(&job)
    let result = try await render(job, options: options())
    return try names(in: result.path).filter { $0.hasSuffix(".png") }.sorted().map {
      try Picture(decoding: contents(result.path + "/" + $0))
    }
  }

  private var keyframes: [Keyframe] { Self.photos.map { .photo(PhotoReference(path: $0)) } }

  private func morph(frames: Int) -> MorphJob.Content {
    .morph(keyframes: keyframes, Timeline(transitionLengths: [frames], frameRate: .thirty))
  }

  @Test func `makes a keyframe the photo itself, and the middle sharper than the model`() async throws {
    try await withTemporaryFolder { folder in
      let detailed = try await frames(morph(frames: 2), size: 256, in: folder)
      let crops = try await frames(
        .align(Self.photos.map { PhotoReference(path: $0) }), size: 256, in: folder)
      for (frame, crop) in zip([detailed[0], detailed[2]], crops) {
        #expect(Image(frame).psnr(to: Image(crop)) >= 40)
      }
      let plain = try await frames(morph(frames: 2), size: 256, in: folder) { $0.detail = 0 }
      #expect(texture(of: detailed[1]) > 3 * texture(of: plain[1]))
      // Half of it lies between.
      let half = try await frames(morph(frames: 2), size: 256, in: folder) { $0.detail = 0.5 }
      #expect(texture(of: half[1]) > 1.3 * texture(of: plain[1]))
      #expect(texture(of: half[1]) < texture(of: detailed[1]))
    }
  }

  @Test func `of 0 gives what the model draws, enlarged`() async throws {
    try await withTemporaryFolder { folder in
      let plain = try await frames(morph(frames: 2), size: 256, in: folder) { $0.detail = 0 }
      let unaligned = try await frames(morph(frames: 2), size: 128, in: folder) { $0.detail = 0 }
      for (large, small) in zip(plain, unaligned) {
        #expect(large == small.resized(toWidth: 256, height: 256))
      }
    }
  }

  @Test func `makes the average of two the middle of their path`() async throws {
    try await withTemporaryFolder { folder in
      let middle = try await frames(morph(frames: 2), size: 192, in: folder)[1]
      var job = MorphJob(
        content: .average(keyframes), model: Self.model,
        alignsFaces: true, size: .longerSide(192),
        output: .init(path: folder + "/average.png", format: .grid(.init())))
      job.detail = 1
      let result = try await render(job, options: options())
      let average = try Picture(decoding: contents(result.path))
      #expect(Image(average).largestDifference(from: Image(middle)) <= 1)
    }
  }

  @Test func `shows more of the photos with a view, and at 1 the crop alone`() async throws {
    try await withTemporaryFolder { folder in
      let wide = try await frames(morph(frames: 2), size: 320, in: folder) { $0.view = 2 }
      let crop = try await frames(morph(frames: 2), size: 160, in: folder) { $0.view = 1 }
      #expect(wide.map(\.width) == [320, 320, 320])
      // Its middle at a keyframe is the crop's; both are cut from the photo.
      let middle = cut(wide[0], x: 80, y: 80, side: 160)
      #expect(Image(middle).psnr(to: Image(crop[0])) >= 35)
    }
  }

  @Test func `fades towards a random face, which is as the model draws it`() async throws {
    try await withTemporaryFolder { folder in
      let content = MorphJob.Content.morph(
        keyframes: [keyframes[0], .seed(3)], Timeline(transitionLengths: [4], frameRate: .thirty))
      let detailed = try await frames(content, size: 192, in: folder)
      let plain = try await frames(content, size: 192, in: folder) { $0.detail = 0 }
      #expect(Image(detailed[4]).psnr(to: Image(plain[4])) >= 45)
      let textures = detailed.map(texture)
      #expect(textures[0] > textures[2] && textures[2] > textures[4])
    }
  }

  @Test func `gives the same bytes for one thread and for many, in shards, and its record makes it again`()
    async throws
  {
    try await withTemporaryFolder { folder in
      var files: [[UInt8]] = []
      for (number, threads) in [1, 3].enumerated() {
        let job = try job(frames: 20, to: "\(folder)/\(number).mp4")
        _ = try await render(job, options: options(threads: threads))
        files.append(try contents("\(folder)/\(number).mp4"))
      }
      let job = try job(frames: 20, to: "\(folder)/shards.mp4")
      for number in [2, 1] {
        var options = options()
        options.share = .shard(Shard(number, of: 2), firstChunk: 0)
        _ = try await render(job, options: options)
      }
      _ = try await render(job, options: options())
      files.append(try contents("\(folder)/shards.mp4"))
      let again = try MorphJob(
        recordOf: "\(folder)/0.mp4", output: "\(folder)/again.mp4", options: options())
      #expect(again.detail == 0.75 && again.view == 1.25)
      _ = try await render(again, options: options())
      files.append(try contents("\(folder)/again.mp4"))
      #expect(files.allSatisfy { $0 == files[0] })
      let record = try #require(RunRecord(atPath: "\(folder)/0.mp4.json"))
      #expect(record.job.detail == 0.75 && record.job.view == 1.25)
    }
  }

  private func job(frames: Int, to path: String) throws -> MorphJob {
    var job = MorphJob(
      content: morph(frames: frames), model: Self.model,
      alignsFaces: true, size: .longerSide(161), output: .init(path: path, format: .video(.init())))
    (job.detail, job.view) = (0.75, 1.25)
    return job
  }

  /// How much green differs from the mean of its neighbours left and right, in the middle third, where the face is.
  private func texture(of picture: Picture) -> Double {
    let (rows, columns) = (
      picture.height / 3..<picture.height * 2 / 3, picture.width / 3..<picture.width * 2 / 3
    )
    var sum = 0
    for y in rows {
      for x in columns {
        let place = (y * picture.width + x) * 3 + 1
        let (left, right) = (Int(picture.pixels[place - 3]), Int(picture.pixels[place + 3]))
        sum += abs(2 * Int(picture.pixels[place]) - left - right)
      }
    }
    return Double(sum) / Double(2 * rows.count * columns.count)
  }

  private func cut(_ picture: Picture, x: Int, y: Int, side: Int) -> Picture {
    var pixels: [UInt8] = []
    for row in y..<(y + side) {
      let start = (row * picture.width + x) * 3
      pixels += picture.pixels[start..<(start + side * 3)]
    }
    return Picture(width: side, height: side, pixels: pixels)
  }
}
