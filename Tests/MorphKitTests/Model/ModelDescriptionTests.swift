internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Model description` {
  private func description(_ yaml: String) throws(MorphError) -> ModelDescription {
    try ModelDescription(yaml: Array(yaml.utf8), name: "model.yaml")
  }

  @Test func `says everything that a model yaml can`() throws {
    let description = try description(
      """
      version: 1
      name: portraits-128
      encoder:
        file: encoder.onnx
        input: image
        mean: mean
        spread: {output: s, as: log_sigma}
        range: {mean: [0.5, 0.25, 0], std: [0.5, 0.25, 1]}
      decoder: {file: decoder.onnx, input: latent, output: image, range: [-1, 1], fast: f.onnx, default: fast}
      image:
        width: 178
        height: 218
        channels: bgr
        layout: nhwc
        activation: tanh
      latent: {shape: [4, 64, 64], scale: [1, 2, 3, 4], shift: 0.5}
      prior: none
      crop:
        left_eye: [0.354, 0.470]
        right_eye: [0.645, 0.470]
        mouth: [0.5, 0.773]
        aspect: 0.8165
      check: {image: check.png, psnr: 27.4}
      match: {good: 22, poor: 17.5}
      """)
    #expect(
      description
        == ModelDescription(
          name: "portraits-128",
          encoder: .init(
            file: "encoder.onnx", input: "image",
            output: .meanAndSpread(mean: "mean", spread: "s", as: .logSigma),
            range: .init(factors: [2, 4, 1], offsets: [-1, -1, 0])),
          decoder: .init(
            file: "decoder.onnx", input: "latent", output: "image",
            range: .init(factors: [2, 2, 2], offsets: [-1, -1, -1]), fast: "f.onnx", preferred: .fast),
          image: .init(width: 178, height: 218, channels: .bgr, layout: .nhwc, activation: .tanh),
          latent: .init(shape: [4, 64, 64], scale: [1, 2, 3, 4], shift: [0.5]), prior: .none,
          crop: FaceCrop(
            leftEye: Point(x: 0.354, y: 0.470), rightEye: Point(x: 0.645, y: 0.470),
            mouth: Point(x: 0.5, y: 0.773), aspect: 0.8165),
          check: .init(image: "check.png", psnr: 27.4), match: .init(good: 22, poor: 17.5)))
  }

  private static let least = """
    version: 1
    name: least
    decoder: {file: decoder.onnx}
    image: {width: 64, height: 48}
    latent: {shape: [128]}
    crop: none
    """

  @Test func `has defaults`() throws {
    let range = ModelDescription.PixelRange(factors: [1, 1, 1], offsets: [0, 0, 0])
    #expect(
      try description(Self.least)
        == ModelDescription(
          name: "least", decoder: .init(file: "decoder.onnx", range: range),
          image: .init(width: 64, height: 48, channels: .rgb, layout: .nchw, activation: .none),
          latent: .init(shape: [128], scale: [1], shift: [0]), prior: .standard))
  }

  @Test func `shares a range between encoder and decoder, which either may replace`() throws {
    let yaml = Self.least.replacing("height: 48", with: "height: 48, range: [0, 255]")
    #expect(try description(yaml).decoder.range.factors == [255, 255, 255])
    let both = try description(yaml + "\nencoder: {file: e.onnx, range: [-1, 1]}")
    #expect(both.decoder.range.factors == [255, 255, 255])
    #expect(both.encoder?.range.factors == [2, 2, 2])
    #expect(both.encoder?.output == .mean(nil))
  }

  @Test func `takes mean and spread from one output`() throws {
    var encoder = try description(Self.least + "\nencoder: {file: e.onnx, moments: {output: m}}").encoder
    #expect(encoder?.output == .moments("m", order: .halves, as: .logVariance))
    encoder = try description(
      Self.least + "\nencoder: {file: e.onnx, moments: {order: interleaved, as: sigma}}"
    ).encoder
    #expect(encoder?.output == .moments(nil, order: .interleaved, as: .sigma))
  }

  @Test func `may have one number for all channels`() throws {
    let yaml = Self.least.replacing(
      "height: 48", with: "height: 48, channels: gray, range: {mean: 0.5, std: 0.5}")
    #expect(try description(yaml).decoder.range == .init(factors: [2], offsets: [-1]))
  }

  private static let channels = "one number, or 3"

  /// What stands at a line of the least description, what instead, and what is wrong with it.
  static let wrong: [(String, String, Int, SettingProblem)] = [
    ("name: least", "nmae: least", 2, .unknownKey("nmae", nearest: "name")),
    ("crop: none", "corp: none", 1, .missingKey("crop")),
    ("crop: none", "crop: none\ncolour: red", 7, .unknownKey("colour", nearest: nil)),
    ("crop: none", "crop: none\npriro: none", 7, .unknownKey("priro", nearest: "prior")),
    ("crop: none", "crop: none\nname: again", 2, .repeatedKey("name")),
    ("crop: none", "crop: all", 6, .wrongKind(key: "crop", expected: "a mapping of settings")),
    (
      "crop: none", "crop: {left_eye: [0.6, 0.4], right_eye: [0.4, 0.4], mouth: [0.5, 0.7]}", 6,
      .wrongKind(key: "left_eye", expected: "left of right_eye: left and right are as seen in the picture")
    ),
    (
      "crop: none", "crop: {left_eye: [0.6], right_eye: [0.4, 0.4], mouth: [0.5, 0.7]}", 6,
      .wrongKind(key: "left_eye", expected: "[x, y], fractions of the region's sides")
    ),
    (
      "crop: none", "crop: {left_eye: [60, 40], right_eye: [0.4, 0.4], mouth: [0.5, 0.7]}", 6,
      .value("60", allowed: "a number from -2 to 3")
    ),
    ("crop: none", "crop: {left_eye: [0.3, 0.4], right_eye: [0.4, 0.4]}", 6, .missingKey("mouth")),
    ("{file: decoder.onnx}", "{output: image}", 3, .missingKey("file")),
    (
      "{file: decoder.onnx}", "{file: decoder.onnx, ouput: image}", 3, .unknownKey("ouput", nearest: "output")
    ),
    (
      "{file: decoder.onnx}", "decoder.onnx", 3, .wrongKind(key: "decoder", expected: "a mapping of settings")
    ),
    ("width: 64", "width: 0", 4, .value("0", allowed: "a whole number from 11 to 4096")),
    ("width: 64", "width: 5000", 4, .value("5000", allowed: "a whole number from 11 to 4096")),
    ("width: 64", "wide: 64", 4, .missingKey("width")),
    ("height: 48", "height: 48, channels: rgba", 4, .value("rgba", allowed: "rgb, bgr or gray")),
    ("height: 48", "height: 48, layout: hwc", 4, .value("hwc", allowed: "nchw or nhwc")),
    ("height: 48", "height: 48, activation: relu", 4, .value("relu", allowed: "none, sigmoid or tanh")),
    (
      "height: 48", "height: 48, range: [0]", 4,
      .wrongKind(key: "range", expected: "[black, white], two different numbers")
    ),
    (
      "height: 48", "height: 48, range: [1, 1]", 4,
      .wrongKind(key: "range", expected: "[black, white], two different numbers")
    ),
    ("height: 48", "height: 48, range: {mean: 0.5}", 4, .missingKey("std")),
    (
      "height: 48", "height: 48, range: {mean: 0.5, std: 0}", 4,
      .value("0", allowed: "a number from 0 to 100000")
    ),
    (
      "height: 48", "height: 48, range: {mean: [1, 2], std: 1}", 4,
      .wrongKind(key: "mean", expected: channels)
    ),
    ("shape: [128]", "size: 128", 5, .missingKey("shape")),
    ("shape: [128]", "shape: [128], scale: 0", 5, .wrongKind(key: "scale", expected: "other than 0")),
    ("shape: [128]", "shape: [3, 8, 8], scale: [1, 2]", 5, .wrongKind(key: "scale", expected: channels)),
    ("shape: [128]", "shape: [0]", 5, .value("0", allowed: "a whole number from 1 to 1048576")),
    (
      "shape: [128]", "shape: [1, 1, 1, 1]", 5,
      .wrongKind(key: "shape", expected: "one to three sizes, like [128] or [4, 64, 64]")
    ),
    (
      "shape: [128]", "shape: [1048576, 1048576, 1048576]", 5,
      .wrongKind(key: "shape", expected: "at most 16,777,216 numbers in all")
    ),
    ("crop: none", "crop: none\ncheck: {image: c.png}", 7, .missingKey("psnr")),
    (
      "crop: none", "crop: none\ncheck: {image: c.png, psnr: -1}", 7,
      .value("-1", allowed: "a number from 0 to 200")
    ),
    ("crop: none", "crop: none\nmatch: {good: 22}", 7, .missingKey("poor")),
    (
      "crop: none", "crop: none\nencoder: {file: e.onnx, mean: m, moments: {output: n}}", 7,
      .exclusive("mean", "moments")
    ),
    (
      "crop: none", "crop: none\nencoder: {file: e.onnx, spread: {output: s}, moments: {output: n}}", 7,
      .exclusive("spread", "moments")
    ),
    (
      "crop: none", "crop: none\nencoder: {file: e.onnx, spread: {output: s, as: variance}}", 7,
      .value("variance", allowed: "log_variance, log_sigma or sigma")
    ),
    (
      "crop: none", "crop: none\nencoder: {file: e.onnx, moments: {order: pairs}}", 7,
      .value("pairs", allowed: "halves or interleaved")
    ),
    ("crop: none", "crop: &c none", 6, .alias("&")),
    ("crop: none", "crop: [", 7, .syntax("did not find expected node content")),
  ]

  @Test(arguments: wrong)
  func `that is wrong is the model's fault, with its line`(
    stated: String, instead: String, line: Int, problem: SettingProblem
  ) {
    let error = #expect(throws: MorphError.self) {
      try description(Self.least.replacing(stated, with: instead))
    }
    #expect(error == MorphError("model.yaml: line \(line)", ModelProblem.setting(problem)))
    #expect(error?.isWrongUse == false)
  }

  @Test func `of another version, or with a prior that can't be, is refused`() {
    var error = #expect(throws: MorphError.self) {
      try description(Self.least.replacing("version: 1", with: "version: 2"))
    }
    #expect(error == MorphError("model.yaml: line 1", ModelProblem.unsupportedVersion("2")))
    error = #expect(throws: MorphError.self) { try description(Self.least + "\nprior: gaussian") }
    #expect(error == MorphError("model.yaml: line 7", ModelProblem.unknownPrior("gaussian")))
  }

  @Test func `2,000 damaged texts give a description or an error`() {
    var random = SeededRandom(seed: 9)
    let sound = Array((Self.least + "\nencoder: {file: e.onnx, moments: {output: m, order: halves}}").utf8)
    for _ in 0..<2_000 {
      let yaml = random.damaged(sound)
      do throws(MorphError) {
        _ = try ModelDescription(yaml: yaml, name: "model.yaml")
      } catch {
        #expect(error.subject.hasPrefix("model.yaml"))
      }
    }
  }
}
