import ArgumentParser
import MorphKit

/// How long a morph is and how it moves.
struct TimingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Frames of each transition: one number, or one each with commas.", valueName: "n"))
  var frames: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds of each transition: one number, or one each; 2 by default.", valueName: "s"))
  var seconds: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds of the whole result, which transitions share equally.", valueName: "s"))
  var duration: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds for which the first and the last keyframe are shown longer; or one number for each keyframe.",
      valueName: "s"))
  var hold: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How transitions start and stop: linear, smoothstep, or quad, cubic, sine, back, bounce with -in, -out or -in-out; one name, or one each.",
      valueName: "name"))
  var ease: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The way between keyframes: linear, spherical or cubic.", valueName: "name"))
  var interpolation: String?

  @Flag(help: "Go on from the last keyframe to the first: a video to play again and again.")
  var loop = false

  @Flag(help: "Go back the way it came, also to play again and again.")
  var pingpong = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "time, or even: every step changes the picture by the same amount, as measured before.",
      valueName: "kind"))
  var pace: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Stills at exact positions, 0 the first keyframe and 1 the last: 0:1:0.1, or a list.",
      valueName: "positions"))
  var at: String?

  var settings: [JobOption] {
    [
      option("frames", frames), option("seconds", seconds), option("duration", duration),
      option("hold", hold), option("ease", ease), option("interpolation", interpolation),
      loop ? option("loop", "true") : nil, pingpong ? option("pingpong", "true") : nil,
      option("pace", pace), option("at", at),
    ].compactMap(\.self)
  }
}
