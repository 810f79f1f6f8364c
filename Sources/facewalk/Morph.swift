import ArgumentParser
import MorphKit

struct Morph: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walk through faces, in straight lines of the latent space unless told otherwise.",
    discussion: """
      A keyframe is a photo (ada.jpg; family.jpg#2 is its second face from the left, family.jpg#all every face), a \
      random face (seed:42), rows of a file of latents (faces.npy:3, faces.safetensors:0-9), or a sum in quotes \
      ("ada.jpg + 1.5 * smile.npy").
      """)

  @Argument(help: ArgumentHelp("Two or more keyframes, in order.", valueName: "keyframe"))
  var keyframes: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Several walks side by side, in columns x rows as in 4x2; each takes as many of the keyframes.",
      valueName: "cells"))
  var cells: String?

  @OptionGroup(title: "Time") var timing: TimingOptions
  @OptionGroup(title: "Photos") var detail: DetailOptions
  @OptionGroup(title: "Photos") var alignment: AlignmentOptions
  @OptionGroup(title: "Latents") var posterior: PosteriorOptions
  @OptionGroup(title: "Random faces") var random: RandomOptions
  @OptionGroup(title: "Video") var video: VideoOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .morph,
      settings: [JobOption("keyframes", .list(keyframes), option: "morph")]
        + [option("cells", cells)].compactMap(\.self) + timing.settings
        + detail.settings + alignment.settings + posterior.settings + random.settings + video.settings
        + decoder.settings + output.settings,
      output: output)
  }
}

struct Sample: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw random faces.",
    discussion:
      "A seed gives the latent of NumPy's RandomState(seed).standard_normal, as the StyleGAN tools do.")

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Seeds, as in 1,2,5-10; 0-63 by default.", valueName: "seeds")
  )
  var seeds: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Instead of seeds: how many faces, with seeds from --seed on.", valueName: "n"))
  var count: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The first seed of --count; 0 by default.", valueName: "seed"))
  var seed: String?

  @OptionGroup(title: "Random faces") var random: RandomOptions
  @OptionGroup(title: "Video") var video: VideoOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let seeding = [option("seeds", seeds), option("count", count), option("seed", seed)].compactMap(\.self)
    try await Session.render(
      .sample,
      settings: seeding + random.settings + video.settings + decoder.settings + output.settings,
      output: output)
  }
}

struct Reconstruct: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show each photo above what the model makes of it.")

  @Argument(help: ArgumentHelp("One or more photos.", valueName: "photo"))
  var photos: [String]

  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup(title: "Latents") var posterior: PosteriorOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: PictureOptions<Grid>

  func run() async throws {
    try await Session.render(
      .reconstruct,
      settings: [JobOption("photos", .list(photos), option: "reconstruct")] + alignment.settings
        + posterior.settings + decoder.settings + output.settings,
      output: output)
  }
}

struct Align: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cut the faces out of photos, aligned as the model wants them.")

  @Argument(help: ArgumentHelp("One or more photos.", valueName: "photo"))
  var photos: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much to show: times the side of the model's crop; 1 by default, 1.18 for training.",
      valueName: "factor"))
  var margin: String?

  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup var output: PictureOptions<SinglePictures>

  func run() async throws {
    try await Session.render(
      .align,
      settings: [JobOption("photos", .list(photos), option: "align")]
        + [option("margin", margin)].compactMap(\.self) + alignment.settings + output.settings,
      output: output)
  }
}
