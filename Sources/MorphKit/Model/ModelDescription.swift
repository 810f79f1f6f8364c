/// What a model.yaml says: the networks of a folder, and how pictures and latents go in and out of them.
struct ModelDescription: Equatable, Sendable {
  var name: String
  var encoder: Encoder?
  var decoder: Decoder
  var image: ImageFormat
  var latent: LatentFormat
  var prior: Prior
  /// Where faces are expected in pictures; `nil` when no face is looked for.
  var crop: FaceCrop?
  var check: Check?
  var match: MatchThresholds?

  struct Encoder: Equatable, Sendable {
    var file: String
    /// Tensor names; `nil` where the network has only one that it can be.
    var input: String?
    var output: Output
    var range: PixelRange

    /// Which tensors hold the posterior.
    enum Output: Equatable, Sendable {
      case mean(String?)
      case meanAndSpread(mean: String?, spread: String, as: Spread)
      case moments(String?, order: MomentOrder, as: Spread)
    }
  }

  struct Decoder: Equatable, Sendable {
    var file: String
    var input: String?
    var output: String?
    var range: PixelRange
    /// The file of its 8-bit twin, which has the same tensors; `nil` without one.
    var fast: String?
    /// Which of the two draws when nothing is stated.
    var preferred = DecoderKind.exact

    /// `nil` where there is no such decoder.
    func file(of kind: DecoderKind) -> String? {
      switch kind {
      case .exact: file
      case .fast: fast
      }
    }
  }

  /// What an encoder's second output is.
  enum Spread: String, CaseIterable, Sendable {
    case logVariance = "log_variance"
    case logSigma = "log_sigma"
    case sigma
  }

  /// How mean and spread share one tensor: all means first, or a pair for each latent.
  enum MomentOrder: String, CaseIterable, Sendable {
    case halves
    case interleaved
  }

  struct ImageFormat: Equatable, Sendable {
    var width: Int
    var height: Int
    var channels: Channels
    var layout: Layout
    var activation: Activation

    /// How long a side may be.
    static let sides = 11...4096
  }

  enum Channels: String, CaseIterable, Sendable {
    case rgb
    case bgr
    case gray

    var count: Int { self == .gray ? 1 : 3 }
  }

  enum Layout: String, CaseIterable, Sendable {
    case nchw
    case nhwc
  }

  /// What is still to be done to a decoder's output.
  enum Activation: String, CaseIterable, Sendable {
    case none
    case sigmoid
    case tanh
  }

  /// A network's numbers for a channel: number = picture × factor + offset, the picture from 0 to 1.
  struct PixelRange: Equatable, Sendable {
    /// One a channel, in the network's order; never zero.
    var factors: [Float]
    var offsets: [Float]
  }

  struct LatentFormat: Equatable, Sendable {
    /// Without the batch: `[128]`, `[4, 64, 64]`.
    var shape: [Int]
    /// One number, or one a channel (the first dimension of the shape).
    var scale: [Float]
    var shift: [Float]

    /// A latent of more numbers is none.
    static let dimensionLimit = 16_777_216

    /// How many numbers a latent has.
    var dimension: Int { shape.reduce(1, *) }
  }

  /// What random faces are drawn from.
  enum Prior: Equatable, Sendable {
    case standard
    /// Random latents decode to noise.
    case none
    /// The normal distribution fitted to the rows of a file of latents in the model's folder.
    case fitted(file: String)

    var text: String {
      switch self {
      case .standard: "standard"
      case .none: "none"
      case .fitted(let file): "fitted to \(file)"
      }
    }
  }

  /// A picture of the model's size, and the PSNR with which encoder and decoder bring it back.
  struct Check: Equatable, Sendable {
    var image: String
    /// In dB.
    var psnr: Double
  }

  /// In dB: from `good` up a good match, below `poor` a poor one.
  struct MatchThresholds: Equatable, Sendable {
    var good: Double
    var poor: Double
  }
}
