internal import Inference

/// A model description in the making, and its text.
struct ModelDraft {
  private var description: ModelDescription
  private let hints: ModelHints
  private var encoderRange = NamedRange.usual[0]
  private var decoderRange = NamedRange.usual[0]
  var crop: FaceCrop?
  var psnr = 0.0

  /// Below this a picture did not come back.
  private static let leastPSNR = 12.0

  init(_ survey: ModelSurvey, name: String, files: (encoder: String, decoder: String), hints: ModelHints) {
    self.hints = hints
    let range = ModelDescription.PixelRange(black: 0, white: 1, channelCount: survey.image.channels.count)
    description = ModelDescription(
      name: name,
      encoder: .init(file: files.encoder, input: survey.encoderInput, output: survey.encoder, range: range),
      decoder: .init(
        file: files.decoder, input: survey.decoderInput, output: survey.decoderOutput, range: range),
      image: survey.image, latent: .init(shape: survey.latentShape, scale: [1], shift: [0]), prior: .standard)
  }

  /// Tries what could not be read off the networks, and keeps what brings `image` back best; returns its PSNR.
  mutating func settle(
    on image: Image, in folder: String, path: String, options: RenderOptions, runtime: Runtime
  ) async throws -> Double {
    let model = try await FaceModel(
      in: ModelFolder(at: folder, describedBy: description), parts: [.encoder, .decoder],
      threads: options.threads,
      runtime: runtime)
    var best: (psnr: Double, draft: ModelDraft)?
    var bestOfOtherOrder = -Double.infinity
    for candidate in candidates {
      let found = try await model.described(as: candidate.description).reconstruction(of: image).psnr(
        to: image)
      if found > best?.psnr ?? -.infinity {
        if let best, best.draft.description.image.channels != candidate.description.image.channels {
          bestOfOtherOrder = max(bestOfOtherOrder, best.psnr)
        }
        best = (found, candidate)
      } else if candidate.description.image.channels != best?.draft.description.image.channels {
        bestOfOtherOrder = max(bestOfOtherOrder, found)
      }
    }
    guard let best, best.psnr >= ModelDraft.leastPSNR else {
      throw MorphError(path, ModelProblem.noReconstruction(psnr: best?.psnr ?? 0))
    }
    guard hints.channels != nil || best.psnr - bestOfOtherOrder > 0.05 else {
      throw MorphError(
        path,
        ModelProblem.unclear(
          what: "the order of its colour channels (a colourful picture tells)",
          option: "--channels rgb or --channels bgr"))
    }
    self = best.draft
    return best.psnr
  }

  /// Every combination of what is not stated, the usual first.
  private var candidates: [ModelDraft] {
    let count = description.image.channels.count
    let orders: [ModelDescription.Channels] =
      count == 1 ? [.gray] : hints.channels.map { [$0] } ?? [.rgb, .bgr]
    let activations = hints.activation.map { [$0] } ?? ModelDescription.Activation.allCases
    let ranges = hints.range.map { [$0] } ?? NamedRange.usual
    var all: [ModelDraft] = []
    for (order, output) in orders.flatMap({ order in outputs.map { (order, $0) } }) {
      for encoderRange in ranges {
        for decoderRange in ranges {
          for activation in activations {
            guard let forEncoder = encoderRange.pixelRange(channelCount: count),
              let forDecoder = decoderRange.pixelRange(channelCount: count)
            else { continue }
            var draft = self
            draft.encoderRange = encoderRange
            draft.decoderRange = decoderRange
            draft.description.image.channels = order
            draft.description.image.activation = activation
            draft.description.encoder?.output = output
            draft.description.encoder?.range = forEncoder
            draft.description.decoder.range = forDecoder
            all.append(draft)
          }
        }
      }
    }
    return all
  }

  /// The encoder's output, with either order of moments where none is stated.
  private var outputs: [ModelDescription.Encoder.Output] {
    guard let output = description.encoder?.output else { return [] }
    guard case .moments(let name, _, let kind) = output, hints.order == nil else { return [output] }
    return ModelDescription.MomentOrder.allCases.map { .moments(name, order: $0, as: kind) }
  }

  /// The text of its model.yaml.
  var yaml: String {
    let image = description.image
    let encoder = description.encoder
    let sharesRange = encoderRange == decoderRange
    let output: String
    switch encoder?.output {
    case .meanAndSpread(let mean, let spread, let kind):
      output = "  mean: \(quoted(mean))\n  spread: {output: \(quoted(spread)), as: \(kind.rawValue)}\n"
    case .moments(let moments, let order, let kind):
      output =
        "  moments: {output: \(quoted(moments)), order: \(order.rawValue), as: \(kind.rawValue)}\n"
    case .mean(let mean): output = "  mean: \(quoted(mean))\n"
    case nil: output = ""
    }
    return """
      # Written by 'facewalk init'. 'facewalk inspect' says whether it holds.
      version: 1
      name: \(quoted(description.name))
      encoder:
        file: \(quoted(encoder?.file))
        input: \(quoted(encoder?.input))
      \(output)\(sharesRange ? "" : "  range: \(encoderRange.yaml)\n")decoder: {file: \(quoted(description.decoder.file)), input: \(quoted(description.decoder.input)), output: \(quoted(description.decoder.output))\(sharesRange ? "" : ", range: \(decoderRange.yaml)")}
      image:
        width: \(image.width)
        height: \(image.height)
        channels: \(image.channels.rawValue)                  # found by what brought the picture back best, \
      as are range and activation
        layout: \(image.layout.rawValue)
      \(sharesRange ? "  range: \(decoderRange.yaml)\n" : "")  activation: \(image.activation.rawValue)
      latent: {shape: \(description.latent.shape), scale: \(hints.scale ?? "1"), shift: \(hints.shift ?? "0")}
      prior: standard                   # none: random latents of this model decode to noise
      \(cropText)
      check: {image: check.png, psnr: \(decimal((psnr * 100).rounded() / 100))}
      # match: {good: 22, poor: 17.5}   # dB: from good up a good match, below poor a poor one

      """
  }

  private var cropText: String {
    guard let crop else {
      return
        "crop: none                        # no face is looked for: pictures are scaled and centre-cropped"
    }
    func text(_ point: Point) -> String {
      "[\(decimal((point.x * 1000).rounded() / 1000)), \(decimal((point.y * 1000).rounded() / 1000))]"
    }
    return """
      crop:                             # measured on the picture: eyes and mouth as fractions of its sides
        left_eye: \(text(crop.leftEye))
        right_eye: \(text(crop.rightEye))
        mouth: \(text(crop.mouth))
        aspect: \(decimal(crop.aspect))
      """
  }

  /// A name as YAML reads it back, whatever is in it.
  private func quoted(_ name: String?) -> String {
    let name = name ?? ""
    let isPlain =
      name.first?.isLetter == true
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || [0x2D, 0x2E, 0x5F].contains(byte)
      } && !["true", "false", "yes", "no", "on", "off", "null"].contains(name.lowercased())
    return isPlain ? name : "\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension FaceModel {
  /// What encoder and decoder make of a picture of the model's size.
  func reconstruction(of image: Image) async throws -> Image {
    try await decode(encode(image).mean)
  }
}
