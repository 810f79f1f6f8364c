import ArgumentParser
import MorphKit

struct Encode: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the model makes of photos, as a file of latents.",
    discussion: """
      A .safetensors file holds mu and sigma, a row for each photo, their names and the model's identity; a .npy file \
      mu alone. Its rows may stand as keyframes, and --prior draws random faces like them.
      """)

  @Argument(help: ArgumentHelp("One or more photos.", valueName: "photo"))
  var photos: [String]

  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup var output: LatentOutputOptions<LatentFiles>

  func run() async throws {
    try await Session.render(
      .encode,
      settings: [JobOption("photos", .list(photos), option: "encode")] + alignment.settings, output: output)
  }
}

struct Decode: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show each row of a file of latents as one frame.",
    discussion:
      "faces.npy is all rows in order, faces.npy:0-9 some of them, walk.npz:z those of one of its arrays.")

  @Argument(help: ArgumentHelp("One or more files of latents.", valueName: "file"))
  var latents: [String]

  @OptionGroup(title: "Video") var video: VideoOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await Session.render(
      .decode,
      settings: [JobOption("latents", .list(latents), option: "decode")] + video.settings
        + decoder.settings + output.settings,
      output: output)
  }
}

struct Average: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the mean of several faces, as a picture or a latent.")

  @Argument(help: ArgumentHelp("Photos, folders of them, or files of latents.", valueName: "photo"))
  var photos: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Of a picture: 'native', or the longer side in pixels.", valueName: "size"))
  var size: String?

  @OptionGroup(title: "Photos") var detail: DetailOptions
  @OptionGroup(title: "Photos") var alignment: AlignmentOptions
  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var output: LatentOutputOptions<PictureOrLatent>

  func run() async throws {
    try await Session.render(
      .average,
      settings: [JobOption("photos", .list(photos), option: "average"), option("size", size)]
        .compactMap(\.self) + detail.settings + alignment.settings + decoder.settings,
      output: output)
  }
}

struct Direction: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find what leads from some faces to others, such as a smile.",
    discussion: """
      facewalk direction --with smiling/ --without serious/ -o smile.npy
      facewalk morph ada.jpg "ada.jpg + 1.5 * smile.npy"

      Photos that show no face are left out.
      """)

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp(
      "The faces that it leads to: a folder of photos, or a file of latents.", valueName: "folder"))
  var target: String

  @Option(
    name: .customLong("without"),
    help: ArgumentHelp("The faces that it leads from.", valueName: "folder"))
  var source: String

  @Option(
    help: ArgumentHelp(
      "mean (the difference of means) or linear (the normal of the plane that parts them); mean by default.",
      valueName: "method"))
  var method: String?

  @OptionGroup var alignment: AlignmentOptions
  @OptionGroup var output: LatentOutputOptions<LatentFiles>

  func run() async throws {
    try await Session.render(
      .direction,
      settings: [option("with", target), option("without", source), option("method", method)].compactMap(
        \.self)
        + alignment.settings,
      output: output)
  }
}

/// Options of commands that write a file of latents, or a single picture.
struct LatentOutputOptions<Names: ResultNames>: ParsableArguments, ResultOptions {
  @OptionGroup var place: PlaceOptions<Names>

  @OptionGroup(title: "Run")
  var run: RunOptions
}
