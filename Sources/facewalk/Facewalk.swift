import ArgumentParser
import MorphKit

/// The command: arguments in, progress and one sentence out.
@main
struct Facewalk: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facewalk",
    abstract: "Turns faces into a morph.",
    discussion: """
      facewalk ada.jpg grace.jpg            writes ada-grace.mp4
      facewalk sample --seeds 1-64 -o samples.png

      It runs on the processor; graphics cards are not used.
      """,
    version: facewalkVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Make",
        subcommands: [
          Morph.self, Sample.self, Reconstruct.self, Traverse.self, PlaneOfFaces.self, PosteriorOfPhoto.self,
          Between.self,
        ]),
      CommandGroup(
        name: "Latents", subcommands: [Align.self, Encode.self, Decode.self, Average.self, Direction.self]),
      CommandGroup(
        name: "Jobs", subcommands: [Run.self, Plan.self, Status.self, Join.self, Verify.self, Rerun.self]),
      CommandGroup(name: "Models", subcommands: [Init.self, Inspect.self, Evaluate.self]),
    ],
    defaultSubcommand: Morph.self)

  static func main() async {
    await Session.run(Array(CommandLine.arguments[1...]))
  }
}
