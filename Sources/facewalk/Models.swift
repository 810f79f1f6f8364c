import ArgumentParser
import MorphKit

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a model folder from an encoder, a decoder and a picture.",
    discussion: """
      Names, sizes and layout are read off the networks; range and channel order are those that bring the picture \
      back best. What can't be found out is said, with the option that states it.
      """)

  @Argument(help: "The encoder: .onnx, .xml or .tflite.")
  var encoder: String

  @Argument(help: "The decoder.")
  var decoder: String

  @Option(
    help: ArgumentHelp(
      "A colourful picture like those that the model was trained on, cut as they were.", valueName: "file"))
  var image: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to make.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("The model's name; by default the folder's.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("The encoder's output that is the mean.", valueName: "name"))
  var mean: String?

  @Option(help: ArgumentHelp("The encoder's output that is the spread.", valueName: "name"))
  var spread: String?

  @Option(help: ArgumentHelp("log_variance, log_sigma or sigma.", valueName: "kind"))
  var spreadAs: String?

  @Option(help: ArgumentHelp("Mean and spread in one output: halves or interleaved.", valueName: "kind"))
  var order: String?

  @Option(help: ArgumentHelp("nchw or nhwc.", valueName: "layout"))
  var layout: String?

  @Option(help: ArgumentHelp("rgb, bgr or gray.", valueName: "order"))
  var channels: String?

  @Option(
    help: ArgumentHelp(
      "The numbers of black and white: 0,1 or -1,1 or 0,255 or imagenet.", valueName: "range"))
  var range: String?

  @Option(
    help: ArgumentHelp("What the decoder's output lacks: none, sigmoid or tanh.", valueName: "function"))
  var activation: String?

  @Option(help: ArgumentHelp("The size of its pictures.", valueName: "WxH"))
  var imageSize: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Latents are (encoder output - shift) x scale.", valueName: "number"))
  var scale: Double?

  @Option(parsing: .unconditional, help: ArgumentHelp("See --scale.", valueName: "number"))
  var shift: Double?

  func run() async throws {
    var hints = ModelHints()
    hints.name = name
    hints.mean = mean
    hints.spread = spread
    hints.scale = scale.map { "\($0)" }
    hints.shift = shift.map { "\($0)" }
    try hints.state("--spread-as", spreadAs)
    try hints.state("--order", order)
    try hints.state("--layout", layout)
    try hints.state("--channels", channels)
    try hints.state("--range", range)
    try hints.state("--activation", activation)
    try hints.state("--image-size", imageSize)
    let report = try await makeModelFolder(
      at: output, encoder: encoder, decoder: decoder, image: image, hints: hints,
      options: RenderOptions(installation: .found()))
    Console.note(text: report.text)
    if let psnr = report.checkPSNR, psnr < 18 {
      Console.note(
        "The picture comes back poorly. Is it cut as the model's training pictures were, and of their kind?")
    }
    try Console.print(result: output)
  }
}

struct Inspect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a model folder holds, and whether its check passes.")

  @Argument(help: "A model folder, or the name of an installed model.")
  var model: String

  func run() async throws {
    let installation = Installation.found()
    let report = try await inspectModel(
      at: installation.modelFolder(named: model), options: RenderOptions(installation: installation))
    try Console.print(text: report.text)
  }
}

extension ModelReport {
  fileprivate var text: String {
    let width = facts.map(\.name.count).max() ?? 0
    return
      ([name]
      + facts.map { "  \($0.name)\(String(repeating: " ", count: width - $0.name.count))  \($0.text)" })
      .map { printable($0) }
      .joined(separator: "\n")
  }
}
