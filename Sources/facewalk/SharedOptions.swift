import ArgumentParser
import MorphKit

/// Where a result goes, by which model, and how it is run.
protocol ResultOptions {
  associatedtype Names: ResultNames
  var place: PlaceOptions<Names> { get }
  var run: RunOptions { get }
}

/// Where a result goes, and by which model.
struct PlaceOptions<Names: ResultNames>: ParsableArguments {
  @Option(
    name: [.short, .customLong("model"), .customLong("network")],
    help: ArgumentHelp("The model: a folder, or the name of an installed one.", valueName: "name"))
  var model: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("\(Names.help)", valueName: "path"))
  var output: String?
}

/// What the result of a command can be, as its help says.
protocol ResultNames {
  static var help: String { get }
}

enum AnyPictures: ResultNames {
  static let help =
    "The result: .mp4 is a video, .png a grid, a folder or a name with %06d single pictures."
}

enum Grid: ResultNames {
  static let help = "The result: .png, a grid."
}

enum SinglePictures: ResultNames {
  static let help = "The result: a folder or a name with %06d is single pictures, .png a grid."
}

enum LatentFiles: ResultNames {
  static let help = "The result: .safetensors or .npy."
}

enum PictureOrLatent: ResultNames {
  static let help = "The result: .png is a picture, .safetensors or .npy a latent."
}

/// Options that every command which makes pictures has.
typealias OutputOptions = PictureOptions<AnyPictures>

/// The same, for commands that make pictures of some kinds alone.
struct PictureOptions<Names: ResultNames>: ParsableArguments, ResultOptions {
  @OptionGroup var place: PlaceOptions<Names>

  @Option(
    parsing: .unconditional, help: ArgumentHelp("'native', or the longer side in pixels.", valueName: "size"))
  var size: String?

  @OptionGroup(title: "Grid")
  var grid: GridOptions

  @OptionGroup(title: "Run")
  var run: RunOptions

  /// Those that have a key in job files.
  var settings: [JobOption] {
    grid.settings + [option("size", size)].compactMap(\.self)
  }
}

struct GridOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Columns of a grid; near-square by default.", valueName: "n"))
  var columns: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Pixels between the pictures of a grid; 2 by default.", valueName: "n"))
  var gap: String?

  @Option(help: ArgumentHelp("The colour behind a grid: black, white, gray or #RRGGBB.", valueName: "colour"))
  var background: String?

  @Option(
    help: ArgumentHelp(
      "What stands below each picture: none, index, seed, name, or a text file with a line for each.",
      valueName: "labels"))
  var labels: String?

  @Option(
    help: ArgumentHelp("Write each picture as a file of its own into this folder, too.", valueName: "folder"))
  var singles: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Split a grid of more pixels than this, such as 16M, into numbered sheets.", valueName: "pixels"))
  var tile: String?

  @Option(help: .hidden)
  var nrow: String?

  var settings: [JobOption] {
    [
      option("columns", columns), option("gap", gap), option("background", background),
      option("labels", labels), option("singles", singles), option("tile", tile),
    ].compactMap(\.self)
  }

  func validate() throws {
    if nrow != nil {
      throw ValidationError("--nrow: its name misleads, since it counts columns. Use --columns.")
    }
  }
}

/// How a video is made.
struct VideoOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Frames a second, also 30000/1001; 30 by default.", valueName: "rate"))
  var fps: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("x264's quality, 0 (best) to 51; 18 by default.", valueName: "n"))
  var crf: String?

  @Option(help: ArgumentHelp("x264's speed, ultrafast to placebo; medium by default.", valueName: "name"))
  var preset: String?

  var settings: [JobOption] {
    [option("fps", fps), option("crf", crf), option("preset", preset)].compactMap(\.self)
  }
}

struct DecoderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "exact, or the fast 8-bit one that some models have; model.yaml says which by default.",
      valueName: "kind"))
  var decoder: String?

  var settings: [JobOption] { [option("decoder", decoder)].compactMap(\.self) }
}

struct AlignmentOptions: ParsableArguments {
  @Flag(help: "Look for no face: the photos are crops already.")
  var noAlign = false

  var settings: [JobOption] {
    noAlign ? [JobOption("no_align", .text("true"), option: "--no-align")] : []
  }
}

/// What photos add to what the model draws.
struct DetailOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much of the photos' own detail is added, 0 to 1; 0 is what the model alone draws; 1 by default.",
      valueName: "d"))
  var detail: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How much of the photos is seen, 1 to 2.5 times the side of the model's crop; 1 by default.",
      valueName: "v"))
  var view: String?

  var settings: [JobOption] { [option("detail", detail), option("view", view)].compactMap(\.self) }
}

/// Which point of its posterior a photo becomes.
struct PosteriorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a photo becomes: the mean of its posterior, or a sample; mean by default.", valueName: "point"))
  var latent: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The seed of the first sample, the next has the next one; 0 by default.", valueName: "n"))
  var noiseSeed: String?

  var settings: [JobOption] {
    [option("latent", latent), option("noise_seed", noiseSeed)].compactMap(\.self)
  }
}

/// How random faces are drawn.
struct RandomOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("trunc")], parsing: .unconditional,
    help: ArgumentHelp("Times the spread of random faces, 0 to 10; 1 by default.", valueName: "t"))
  var temperature: String?

  @Option(help: ArgumentHelp("Whose random numbers seeds are: numpy or torch.", valueName: "source"))
  var rng: String?

  @Option(
    help: ArgumentHelp(
      "Draw random faces like those of this file, which 'facewalk encode' wrote.", valueName: "file"))
  var prior: String?

  var settings: [JobOption] {
    [option("temperature", temperature), option("rng", rng), option("prior", prior)].compactMap(\.self)
  }
}

/// What a run takes from the machine; none of it changes the result.
struct RunOptions: ParsableArguments {
  @Flag(name: [.customShort("y"), .long], help: "Replace another file of the result's name.")
  var overwrite = false

  @Flag(name: .shortAndLong, help: "Print errors and the result's path alone.")
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on; by default one for each core it may use.", valueName: "n"))
  var threads: String?

  @Option(help: ArgumentHelp("auto, json or none.", valueName: "kind"))
  var progress: ProgressKind = .auto

  @Option(
    help: ArgumentHelp(
      "Make one of N parts of all the work, as in 3/40; 'join' puts the parts together.", valueName: "i/n"))
  var shard: String?

  /// The part of the work that is made; `nil` for all of it.
  func part() throws -> Shard? { try shard.map { try Shard(option: $0) } }

  /// How many threads were asked for.
  func threadCount() throws -> Int? { try count("--threads", threads, in: threadCounts) }

  func validate() throws {
    _ = try threadCount()
  }
}

/// How many threads may be asked for.
let threadCounts = 1...1024

/// The number that an option states.
func count(_ option: String, _ text: String?, in range: ClosedRange<Int>) throws -> Int? {
  guard let text else { return nil }
  guard let count = Int(text), range.contains(count) else {
    throw ValidationError(
      "\(option): '\(text)' is not possible; use a number from \(range.lowerBound) to \(range.upperBound).")
  }
  return count
}

enum ProgressKind: String, CaseIterable, ExpressibleByArgument {
  case auto
  case json
  case none
}

/// A setting, when it was stated.
func option(_ key: String, _ text: String?) -> JobOption? {
  text.map { JobOption(key, .text($0), option: "--" + key.replacing("_", with: "-")) }
}
