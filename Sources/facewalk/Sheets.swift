import ArgumentParser
import MorphKit

struct Traverse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what single dimensions of the latent space do to a face.",
    discussion: """
      A grid has a row for each dimension, from one end of its range to the other; all others stay as the keyframe has \
      them. In a video (.mp4) each dimension swings in a cell of its own.
      """)

  @Argument(help: ArgumentHelp("A photo, seed:42, faces.npy:3, or a sum of them.", valueName: "keyframe"))
  var keyframe: String

  @OptionGroup(title: "Dimensions") var dimensions: DimensionOptions
  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup(title: "Random faces") var random: RandomOptions
  @OptionGroup(title: "Video") var video: VideoOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .traverse,
      settings: [JobOption("keyframe", .text(keyframe), option: keyframe)] + dimensions.settings
        + alignment.settings + random.settings + video.settings + decoder.settings + output.settings,
      output: output)
  }
}

/// Which dimensions are followed, and how far.
struct DimensionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Dimensions counted from 0, as in 0,3,5-9; or how many of the first ones in the order; 10 by default.",
      valueName: "list"))
  var dims: String?

  @Option(
    help: ArgumentHelp(
      "What they are put in order by: index, effect (on the picture) or latent-loss; effect unless they are listed.",
      valueName: "order"))
  var order: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "The photos, or a folder of them, over which the latent loss is measured.", valueName: "photo"))
  var over: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How far to both sides: standard deviations of the prior, 3 by default; or from the quantile q0.05 to the one "
        + "as far from the other end.", valueName: "range"))
  var range: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Pictures of each dimension; 7 by default.", valueName: "n"))
  var steps: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How long a video takes; 4 by default.", valueName: "s"))
  var seconds: String?

  var settings: [JobOption] {
    [
      option("dims", dims), option("order", order),
      over.isEmpty ? nil : JobOption("over", .list(over), option: "--over"), option("range", range),
      option("steps", steps), option("seconds", seconds),
    ].compactMap(\.self)
  }
}

struct PlaneOfFaces: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plane",
    abstract: "Show what lies between four faces, one in each corner.")

  @Argument(
    help: ArgumentHelp(
      "Four keyframes: top left, top right, bottom left, bottom right.", valueName: "keyframe"))
  var keyframes: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Columns x rows, as in 7x5, or one number for both; 7 by default.", valueName: "n"))
  var steps: String?

  @OptionGroup(title: "Photos") var detail: DetailOptions
  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup(title: "Random faces") var random: RandomOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .plane,
      settings: [JobOption("keyframes", .list(keyframes), option: "plane")]
        + [option("steps", steps)].compactMap(\.self) + detail.settings + alignment.settings + random.settings
        + decoder.settings + output.settings,
      output: output)
  }
}

struct PosteriorOfPhoto: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "posterior",
    abstract: "Show a photo, its reconstruction, and draws from its posterior.")

  @Argument(help: ArgumentHelp("A photo.", valueName: "photo"))
  var photo: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many draws; 34 by default.", valueName: "n"))
  var count: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the first draw, the next has the next one; 0 by default.", valueName: "n")
  )
  var noiseSeed: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Times the spread of the posterior, 0 to 10; 1 by default.", valueName: "t"))
  var temperature: String?

  @Option(help: ArgumentHelp("Whose random numbers seeds are: numpy or torch.", valueName: "source"))
  var rng: String?

  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .posterior,
      settings: [JobOption("photo", .text(photo), option: photo)]
        + [
          option("count", count), option("noise_seed", noiseSeed), option("temperature", temperature),
          option("rng", rng),
        ].compactMap(\.self) + alignment.settings + decoder.settings + output.settings,
      output: output)
  }
}

struct Between: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show every face half-way to every other, with the faces above and beside.")

  @Argument(help: ArgumentHelp("Two or more keyframes.", valueName: "keyframe"))
  var keyframes: [String]

  @OptionGroup(title: "Photos") var detail: DetailOptions
  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup(title: "Random faces") var random: RandomOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .between,
      settings: [JobOption("keyframes", .list(keyframes), option: "between")] + detail.settings
        + alignment.settings
        + random.settings + decoder.settings + output.settings,
      output: output)
  }
}
