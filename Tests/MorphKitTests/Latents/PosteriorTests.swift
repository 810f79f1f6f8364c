internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Posterior of a picture` {
  private func description(
    _ output: ModelDescription.Encoder.Output, shape: [Int], scale: [Float] = [1], shift: [Float] = [0]
  ) -> ModelDescription {
    let range = ModelDescription.PixelRange(black: 0, white: 1, channelCount: 3)
    return ModelDescription(
      name: "test", encoder: .init(file: "e.onnx", output: output, range: range),
      decoder: .init(file: "d.onnx", range: range),
      image: .init(width: 32, height: 32, channels: .rgb, layout: .nchw, activation: .none),
      latent: .init(shape: shape, scale: scale, shift: shift), prior: .standard)
  }

  @Test func `the latent loss is NumPy's`() throws {
    // m = np.array([0.5, -1.25, 2, 0], "f4"); v = np.array([-4, 0, 0.75, -30], "f4")
    // 0.5 * (m.astype("f8")**2 + np.exp(v.astype("f8")) - v - 1).sum()
    let posterior = Posterior(mean: Latent([0.5, -1.25, 2, 0]), logVariance: [-4, 0, 0.75, -30])
    #expect(abs(try #require(posterior.latentLoss) - 19.09890782775075) < 1e-9)
  }

  @Test func `the latent loss is PyTorch's, in all and of each dimension`() throws {
    // kl_divergence(Normal(m, (v / 2).exp()), Normal(0, 1)) of torch.distributions 2.15, in double precision
    let posterior = Posterior(mean: Latent([0.5, -1.25, 2, 0, 3.5]), logVariance: [-4, 0, 0.75, -30, 20])
    let expected = [
      1.634157819444367, 0.78125, 2.1835000083063374, 14.500000000000046, 242_582_593.32989517,
    ]
    let parts = try #require(posterior.latentLosses)
    for (part, expected) in zip(parts, expected) { #expect(abs(part - expected) <= 1e-12 * expected + 1e-9) }
    #expect(abs(try #require(posterior.latentLoss) - 242_582_612.428803) < 1e-5)
  }

  @Test func `the standard normal distribution has no latent loss, and a plain autoencoder none to tell`() {
    #expect(Posterior(mean: Latent([0, 0]), logVariance: [0, 0]).latentLoss == 0)
    #expect(Posterior(mean: Latent([0, 0]), logVariance: nil).latentLoss == nil)
  }

  @Test func `log σ² is kept from −30 to 20`() {
    let description = description(.meanAndSpread(mean: nil, spread: "s", as: .logVariance), shape: [4])
    let posterior = description.posterior(mean: [0, 0, 0, 0], spread: [-1000, -30, 20, 1000])
    #expect(posterior.logVariance == [-30, -30, 20, 20])
  }

  @Test func `σ and log σ become log σ²`() {
    let sigma = description(.meanAndSpread(mean: nil, spread: "s", as: .sigma), shape: [3])
    #expect(sigma.posterior(mean: [0, 0, 0], spread: [1, 0, 1e30]).logVariance == [0, -30, 20])
    let logSigma = description(.meanAndSpread(mean: nil, spread: "s", as: .logSigma), shape: [3])
    #expect(logSigma.posterior(mean: [0, 0, 0], spread: [-2, 0.25, 11]).logVariance == [-4, 0.5, 20])
  }

  @Test func `mean and spread are taken out of one tensor`() {
    let halves = description(.moments(nil, order: .halves, as: .logVariance), shape: [2])
    let interleaved = description(.moments(nil, order: .interleaved, as: .logVariance), shape: [2])
    let expected = Posterior(mean: Latent([1, 2]), logVariance: [-3, -4])
    #expect(halves.posterior(mean: [1, 2, -3, -4], spread: nil) == expected)
    #expect(interleaved.posterior(mean: [1, -3, 2, -4], spread: nil) == expected)
  }

  @Test func `latents are in model units, and go back to the network's`() {
    let description = description(
      .meanAndSpread(mean: nil, spread: "s", as: .logSigma), shape: [2, 1, 2], scale: [0.5, -2],
      shift: [0.25, -1])
    // z = (output − shift) × scale; σ is scaled alike, by the size of the scale.
    let posterior = description.posterior(mean: [1.25, 0.25, 0, 1], spread: [0, 0, 0, 0])
    #expect(posterior.mean.values == [0.5, 0, -2, -4])
    let expected: [Float] = [-1.3862944, -1.3862944, 1.3862944, 1.3862944]
    #expect(zip(posterior.logVariance ?? [], expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(description.latent.networkValues(of: posterior.mean) == [1.25, 0.25, 0, 1])
  }
}
