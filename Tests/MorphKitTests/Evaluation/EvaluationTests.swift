internal import Synchronization
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Evaluation of photos` {
  /// Two pictures of flat blocks, and a picture that the model dreamt up.
  private func withPhotos(
    _ body: (_ photos: [PhotoReference], _ folder: String) async throws -> Void
  )
    async throws
  {
    try await withTemporaryFolder { folder in
      for seed in 1...3 { try writePNG(TestModels.blocks(seed: UInt64(seed)), to: "\(folder)/\(seed).png") }
      try await body((1...3).map { PhotoReference(path: "\(folder)/\($0).png") }, folder)
    }
  }

  private func report(
    _ photos: [PhotoReference], model: String = "tiny", keepsPictures: Bool = false
  ) async throws -> EvaluationReport {
    var evaluation = Evaluation(photos: photos, model: fixture(model))
    evaluation.keepsPictures = keepsPictures
    return try await evaluate(evaluation, options: TestRenders.options())
  }

  @Test func `measures what the model makes of each`() async throws {
    try await withPhotos { photos, _ in
      let report = try await report(photos)
      let model = try await TestModels.load("tiny")
      #expect(report.photos.map(\.photo) == photos.map(\.path) && report.failures.isEmpty)
      for (seed, photo) in report.photos.enumerated() {
        let picture = TestModels.blocks(seed: UInt64(seed + 1))
        let posterior = try await model.encode(picture)
        let decoded = try await model.decode(posterior.mean)
        #expect(photo.psnr == decoded.psnr(to: picture) && photo.ssim == decoded.ssim(to: picture))
        #expect(photo.reconstructionLoss == decoded.reconstructionLoss(to: picture))
        #expect(photo.latentLoss == posterior.latentLoss)
        #expect(photo.grade == nil && photo.faceSize == nil && photo.pose == nil)
      }
      let psnr = try #require(report.psnr)
      #expect(abs(psnr.mean - report.photos.reduce(0) { $0 + $1.psnr } / 3) < 1e-9)
      #expect(psnr.median == report.photos.map(\.psnr).sorted()[1])
      #expect(psnr.worst == report.photos.map(\.psnr).min())
      #expect(report.photos[psnr.worstPlace].psnr == psnr.worst)
      #expect(try #require(report.latentLoss).worst == report.photos.compactMap(\.latentLoss).max())
    }
  }

  @Test func `adds up what its dimensions lose`() async throws {
    try await withPhotos { photos, _ in
      let report = try await report(photos)
      #expect(report.dimensions.count == 192)
      let sum = report.dimensions.compactMap(\.latentLoss).reduce(0, +)
      #expect(abs(sum - (try #require(report.latentLoss?.mean))) < 1e-9)
    }
  }

  @Test func `has no latent loss for a plain autoencoder`() async throws {
    try await withPhotos { photos, _ in
      let report = try await report(photos, model: "autoencoder")
      #expect(report.latentLoss == nil && report.photos.allSatisfy { $0.latentLoss == nil })
      #expect(report.dimensions.allSatisfy { $0.latentLoss == nil && $0.isActive != nil })
    }
  }

  @Test func `does not say of one photo what is active`() async throws {
    try await withPhotos { photos, _ in
      let report = try await report([photos[0]])
      #expect(report.activeDimensionCount == nil && report.dimensions.allSatisfy { $0.isActive == nil })
    }
  }

  @Test func `leaves out what is broken, and goes on`() async throws {
    try await withPhotos { photos, folder in
      try write("no picture", to: "\(folder)/text.png")
      let references = [
        photos[0], .init(path: "\(folder)/gone.png"), .init(path: "\(folder)/text.png"), photos[1],
      ]
      let log = Mutex<[String]>([])
      let report = try await evaluate(
        Evaluation(photos: references, model: fixture("tiny")), options: TestRenders.options()
      ) { event in
        if case .failed(let failure) = event { log.withLock { $0.append(failure.name) } }
      }
      #expect(
        report.failures.map(\.reason) == [
          "no such file. Check the name.",
          "is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF.",
        ])
      #expect(log.withLock { $0 } == report.failures.map(\.name))
      let others = try await self.report([photos[0], photos[1]])
      #expect(report.photos == others.photos && report.dimensions == others.dimensions)
    }
  }

  @Test func `throws for a model that can't be used`() async throws {
    try await withPhotos { photos, _ in
      await #expect(throws: MorphError.self) { try await report(photos, model: "no-encoder") }
    }
  }

  @Test func `keeps the thumbnails of the poorest photos alone`() {
    var thumbnails = PoorestThumbnails(limit: 3)
    guard let thumbnail = Thumbnail(TestModels.blocks(seed: 1), above: TestModels.blocks(seed: 2)) else {
      Issue.record("no thumbnail")
      return
    }
    for (place, psnr) in [20.0, 31, 18, 25, 19, 40].enumerated() {
      thumbnails.add(thumbnail, at: place, psnr: psnr)
    }
    #expect(thumbnails.byPlace.keys.sorted() == [0, 2, 4])
    #expect(thumbnail.width == 32 && thumbnail.height == 64)
  }
}

struct `Latent dimensions over photos` {
  /// The numbers are PyTorch's, in double precision: the mean over photos of `kl_divergence`, and
  /// `mu.var(0, unbiased=False)`.
  @Test func `have PyTorch's mean latent loss and variance`() {
    var figures = DimensionFigures(dimension: 3)
    let means: [[Float]] = [[0.5, 1, -2], [0.75, 1.05, -2], [-0.25, 0.9, -2]]
    let spreads: [[Float]] = [[-1, -2, 0], [-1.5, -2.5, 0.5], [-2, -3, 1]]
    for (mean, spread) in zip(means, spreads) {
      figures.add(Posterior(mean: Latent(mean), logVariance: spread))
    }
    let report = figures.report
    let losses = [0.5168908140927475, 1.2799512250380627, 2.144500516526529]
    let variances = [0.18055555555555555, 0.0038888888888888857, 0.0]
    for (index, dimension) in report.enumerated() {
      #expect(abs((dimension.latentLoss ?? .nan) - losses[index]) < 1e-7)
      #expect(abs(dimension.variance - variances[index]) < 1e-7)
    }
    #expect(report.map(\.isActive) == [true, false, false])
  }

  @Test func `lose their latent loss with a photo that has no spread`() {
    var figures = DimensionFigures(dimension: 1)
    figures.add(Posterior(mean: Latent([1]), logVariance: [0]))
    figures.add(Posterior(mean: Latent([3]), logVariance: nil))
    #expect(figures.report.map(\.latentLoss) == [nil] && figures.report.map(\.variance) == [1])
  }
}
