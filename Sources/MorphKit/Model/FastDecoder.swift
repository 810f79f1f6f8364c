internal import Inference

/// How a model's fast decoder does beside the exact one, on this processor.
public struct FastDecoderFigures: Equatable, Sendable {
  /// How many random faces both drew.
  public var seedCount: Int
  /// Of the fast frames against the exact ones, in dB: the mean over all faces, and that of the worst.
  public var meanPSNR: Double
  public var worstPSNR: Double
  public var timesAsFast: Double
}

extension FastDecoderFigures {
  /// `57.4 dB from the exact ones, 45.9 dB at the worst of 32 seeds`.
  var nearness: String {
    "\(decibels(meanPSNR)) from the exact ones, \(decibels(worstPSNR)) at the worst of \(seedCount) seeds"
  }

  /// `2.9 times the exact one's, with avx512_vnni`.
  func speed(with instructions: ByteInstructions) -> String {
    "\(oneDecimal(timesAsFast)) times the exact one's, "
      + (instructions.names.isEmpty
        ? "since this processor has no 8-bit instructions (\(list(ByteInstructions.known, last: "or")))"
        : "with \(list(instructions.names, last: "and"))")
      + (timesAsFast < 1 ? "; use --decoder exact" : "")
  }
}

extension FaceModel {
  /// How many random faces are compared, and how often each decoder is timed on them.
  private static let seedCount = 32
  private static let roundCount = 3

  /// Draws the same random faces with this model and with `fast`, its twin, and times both in turns.
  func compared(to fast: FaceModel) async throws -> FastDecoderFigures {
    let dimension = folder.description.latent.dimension
    let latents = (0..<FaceModel.seedCount).map { Latent(seed: UInt32($0), dimension: dimension) }
    let psnrs = try await zip(pictures(of: latents), fast.pictures(of: latents)).map { $1.psnr(to: $0) }
    var best = (exact: Duration.seconds(1_000_000), fast: Duration.seconds(1_000_000))
    let clock = ContinuousClock()
    for _ in 0..<FaceModel.roundCount {
      best.exact = min(best.exact, try await clock.measure { _ = try await pictures(of: latents) })
      best.fast = min(best.fast, try await clock.measure { _ = try await fast.pictures(of: latents) })
    }
    return FastDecoderFigures(
      seedCount: latents.count, meanPSNR: psnrs.reduce(0, +) / Double(psnrs.count),
      worstPSNR: psnrs.min() ?? .infinity, timesAsFast: best.exact / best.fast)
  }

  private func pictures(of latents: [Latent]) async throws -> [Image] {
    var pictures: [Image] = []
    try await forEachInOrder(count: latents.count, limit: requestCount + 2) { number in
      try await self.decode(latents[number])
    } consume: { _, picture in
      pictures.append(picture)
    }
    return pictures
  }
}

extension RenderSummary {
  /// The same, with the decoder that draws, where a model has two of them.
  func drawn(by model: ModelFolder, of job: MorphJob) -> RenderSummary {
    guard model.description.decoder.fast != nil, job.needsDecoder else { return self }
    var summary = self
    summary.decoder = model.decoder
    return summary
  }
}
