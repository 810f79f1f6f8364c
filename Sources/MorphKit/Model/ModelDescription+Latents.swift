internal import Glibc

extension ModelDescription {
  /// All that decides a photo's latents beside the networks themselves, as a text to be hashed.
  var latentFacts: String {
    var facts = ["latent \(latent.shape) \(latent.scale) \(latent.shift)"]
    facts.append("image \(image.width) \(image.height) \(image.channels.rawValue) \(image.layout.rawValue)")
    if let encoder {
      facts.append("range \(encoder.range.factors) \(encoder.range.offsets)")
      facts.append("input \(encoder.input ?? "")")
      switch encoder.output {
      case .mean(let mean): facts.append("mean \(mean ?? "")")
      case .meanAndSpread(let mean, let spread, let kind):
        facts += ["mean \(mean ?? "")", "spread \(spread)", kind.rawValue]
      case .moments(let moments, let order, let kind):
        facts += ["moments \(moments ?? "")", order.rawValue, kind.rawValue]
      }
    }
    if let crop {
      let points = [crop.leftEye, crop.rightEye, crop.mouth].map { "\($0.x) \($0.y)" }
      facts += ["crop"] + points + ["\(crop.aspect)"]
    }
    return facts.joined(separator: "\n")
  }

  /// The posterior in model units that an encoder's answer means.
  ///
  /// z = (encoder output − shift) × scale; σ is scaled alike; log σ² is first clamped to −30…20, as diffusers'
  /// `DiagonalGaussianDistribution` does.
  func posterior(mean: [Float], spread: [Float]?) -> Posterior {
    var mean = mean
    var spread = spread
    var kind = Spread.logVariance
    switch encoder?.output {
    case .moments(_, let order, let momentKind):
      kind = momentKind
      let count = latent.dimension
      switch order {
      case .halves:
        spread = Array(mean[count...])
        mean = Array(mean[..<count])
      case .interleaved:
        let pairs = mean
        mean = (0..<count).map { pairs[2 * $0] }
        spread = (0..<count).map { pairs[2 * $0 + 1] }
      }
    case .meanAndSpread(_, _, let spreadKind):
      kind = spreadKind
    case .mean, nil:
      break
    }
    let values = mean.indices.map { (mean[$0] - latent.shift(at: $0)) * latent.scale(at: $0) }
    let logVariance = spread.map { spread in
      spread.indices.map { index in
        let own: Float
        switch kind {
        case .logVariance: own = spread[index]
        case .logSigma: own = 2 * spread[index]
        case .sigma: own = 2 * logf(spread[index])
        }
        return min(max(own, -30), 20) + 2 * logf(abs(latent.scale(at: index)))
      }
    }
    return Posterior(mean: Latent(values), logVariance: logVariance)
  }
}

extension ModelDescription.LatentFormat {
  func scale(at index: Int) -> Float { scale.count == 1 ? scale[0] : scale[index / perChannel] }
  func shift(at index: Int) -> Float { shift.count == 1 ? shift[0] : shift[index / perChannel] }

  /// What the decoder gets for a latent in model units: z / scale + shift.
  func networkValues(of latent: Latent) -> [Float] {
    precondition(latent.values.count == dimension, "a latent of the model's dimension")
    if scale == [1], shift == [0] { return latent.values }
    return latent.values.indices.map { latent.values[$0] / scale(at: $0) + shift(at: $0) }
  }

  private var perChannel: Int { dimension / shape[0] }
}
