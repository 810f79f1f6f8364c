internal import Inference

/// What can be read off two networks: tensors, sizes, layout.
///
/// Throws `MorphError` for what can't, naming the option that states it.
struct ModelSurvey {
  var encoder: ModelDescription.Encoder.Output
  var encoderInput: String
  var decoderInput: String
  var decoderOutput: String
  var image: ModelDescription.ImageFormat
  var latentShape: [Int]

  init(encoder: Graph, decoder: Graph, hints: ModelHints, name: String) throws(MorphError) {
    func unclear(_ what: String, _ option: String) -> MorphError {
      MorphError(name, ModelProblem.unclear(what: what, option: option))
    }
    guard encoder.inputs.count == 1, let picture = encoder.inputs.first, picture.shape.count == 4 else {
      throw MorphError(
        name, ModelProblem.notAVAE("the encoder must take one picture, four dimensions with the batch"))
    }
    guard decoder.inputs.count == 1, let latent = decoder.inputs.first, (2...4).contains(latent.shape.count)
    else {
      throw MorphError(name, ModelProblem.notAVAE("the decoder must take one latent"))
    }
    guard decoder.outputs.count == 1, let output = decoder.outputs.first else {
      throw MorphError(name, ModelProblem.notAVAE("the decoder must have one output, the picture"))
    }
    encoderInput = picture.name
    decoderInput = latent.name
    decoderOutput = output.name

    let dimensions = latent.shape.dropFirst().compactMap(\.self)
    guard dimensions.count == latent.shape.count - 1 else {
      throw MorphError(
        name, ModelProblem.notAVAE("the decoder leaves the latent's size free; export it with a fixed one"))
    }
    guard let size = product(dimensions), size <= ModelDescription.LatentFormat.dimensionLimit else {
      throw MorphError(name, ModelProblem.notAVAE("the decoder's latent has too many numbers"))
    }
    latentShape = dimensions

    let layouts = ModelDescription.Layout.allCases.filter { layout in
      let channels = layout == .nchw ? picture.shape[1] : picture.shape[3]
      return channels == 1 || channels == 3
    }
    guard let layout = hints.layout ?? (layouts.count == 1 ? layouts[0] : nil) else {
      throw unclear("whether channels come first or last", "--layout nchw or --layout nhwc")
    }
    let (channels, height, width) =
      layout == .nchw
      ? (picture.shape[1], picture.shape[2], picture.shape[3])
      : (picture.shape[3], picture.shape[1], picture.shape[2])
    guard let height = hints.height ?? height, let width = hints.width ?? width else {
      throw unclear("the size of its pictures", "--image-size WIDTHxHEIGHT")
    }
    let sides = ModelDescription.ImageFormat.sides
    guard sides.contains(width), sides.contains(height) else {
      throw MorphError(
        name,
        ModelProblem.notAVAE(
          "its pictures have \(width) × \(height) pixels, and sides from \(sides.lowerBound) to \(sides.upperBound) "
            + "are read"))
    }
    image = ModelDescription.ImageFormat(
      width: width, height: height, channels: channels == 1 ? .gray : hints.channels ?? .rgb, layout: layout,
      activation: hints.activation ?? .none)
    self.encoder = try ModelSurvey.output(of: encoder, latentShape: dimensions, hints: hints, name: name)
  }

  /// Which of the encoder's outputs hold mean and spread.
  private static func output(
    of encoder: Graph, latentShape: [Int], hints: ModelHints, name: String
  ) throws(MorphError) -> ModelDescription.Encoder.Output {
    let names = encoder.outputs.map(\.name)
    let mean = hints.mean ?? names.first { isMean($0) }
    let guess = names.compactMap { name in kindOfSpread(named: name).map { (name, $0) } }.first
    let spread = hints.spread ?? guess?.0
    if names.count == 1 {
      let size = product(encoder.outputs[0].shape.dropFirst().compactMap(\.self))
      let isDouble = size == 2 * latentShape.reduce(1, *)
      guard isDouble else { return .mean(names[0]) }
      return .moments(names[0], order: hints.order ?? .halves, as: hints.spreadKind ?? .logVariance)
    }
    guard let mean, names.contains(mean) else {
      throw MorphError(
        name,
        ModelProblem.unclear(what: "which of \(list(names, last: "and")) is the mean", option: "--mean NAME"))
    }
    guard let spread else { return .mean(mean) }
    guard let kind = hints.spreadKind ?? kindOfSpread(named: spread) else {
      throw MorphError(
        name,
        ModelProblem.unclear(
          what: "what '\(spread)' is", option: "--spread-as log_variance, log_sigma or sigma"))
    }
    return .meanAndSpread(mean: mean, spread: spread, as: kind)
  }

  private static func isMean(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.contains("mean") || name == "mu" || name.hasSuffix("_mu") || name.hasPrefix("mu_")
  }

  private static func kindOfSpread(named name: String) -> ModelDescription.Spread? {
    let name = name.lowercased().replacing("_", with: "").replacing("-", with: "")
    if name.contains("logvar") || name.contains("lnvar") { return .logVariance }
    if name.contains("logsigma") || name.contains("logstd") { return .logSigma }
    if name.contains("sigma") || name.contains("std") { return .sigma }
    return nil
  }
}

/// What the user states of a model, so that it need not be found out.
public struct ModelHints: Sendable {
  public var name: String?
  public var mean: String?
  public var spread: String?
  public var scale: String?
  public var shift: String?
  var spreadKind: ModelDescription.Spread?
  var order: ModelDescription.MomentOrder?
  var layout: ModelDescription.Layout?
  var channels: ModelDescription.Channels?
  var activation: ModelDescription.Activation?
  var range: NamedRange?
  var width: Int?
  var height: Int?

  public init() {}

  /// Reads an option of `facewalk init` by the name that it has there; `nil` changes nothing.
  public mutating func state(_ option: String, _ text: String?) throws(MorphError) {
    guard let text else { return }
    let value = PlacedText(text: text, place: .option(option))
    switch option {
    case "--spread-as": spreadKind = try value.choice()
    case "--order": order = try value.choice()
    case "--layout": layout = try value.choice()
    case "--channels": channels = try value.choice()
    case "--activation": activation = try value.choice()
    case "--range":
      guard let known = NamedRange.usual.first(where: { $0.name == text }) else {
        throw MorphError(option, .value(text, allowed: list(NamedRange.usual.map(\.name), last: "or")))
      }
      range = known
    case "--image-size":
      let sides = text.split(separator: "x").map { Int($0) }
      guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0 else {
        throw MorphError(option, .value(text, allowed: "WIDTHxHEIGHT, as in 128x128"))
      }
      (self.width, self.height) = (width, height)
    default: preconditionFailure("no option \(option)")
    }
  }
}

/// A usual range of a network's numbers, with the way to write it in model.yaml.
struct NamedRange: Sendable, Equatable {
  var name: String
  var yaml: String
  var mean: [Float]
  var deviation: [Float]

  static let usual = [
    NamedRange(name: "0,1", yaml: "[0, 1]", mean: [0], deviation: [1]),
    NamedRange(name: "-1,1", yaml: "[-1, 1]", mean: [0.5], deviation: [0.5]),
    NamedRange(name: "0,255", yaml: "[0, 255]", mean: [0], deviation: [1 / 255]),
    NamedRange(
      name: "imagenet", yaml: "{mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]}",
      mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225]),
  ]

  /// `nil` when it states other channels than there are.
  func pixelRange(channelCount: Int) -> ModelDescription.PixelRange? {
    guard mean.count == 1 || mean.count == channelCount else { return nil }
    func all(_ values: [Float]) -> [Float] {
      values.count == channelCount ? values : Array(repeating: values[0], count: channelCount)
    }
    return ModelDescription.PixelRange(
      factors: all(deviation).map { 1 / $0 }, offsets: zip(all(mean), all(deviation)).map { -$0 / $1 })
  }
}
