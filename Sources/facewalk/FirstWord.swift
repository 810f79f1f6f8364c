import Glibc
import MorphKit

/// What the first word of a command line is, since a bare list of photos is a morph.
enum FirstWord {
  private static let commands = [
    "morph", "sample", "reconstruct", "traverse", "plane", "posterior", "between", "align", "encode",
    "decode", "average", "direction", "run", "plan",
    "status", "join", "verify", "rerun", "init",
    "inspect", "evaluate", "help",
  ]

  /// The arguments, with a space before each that is a sum and no option: `-1 * ada.jpg`, `- ada.jpg`.
  static func withSumsMarked(_ arguments: [String]) -> [String] {
    arguments.enumerated().map { index, argument in
      let followsOption = index > 0 && arguments[index - 1].hasPrefix("-")
      let isSum =
        (argument.firstMatch(of: /^-[\d.]/) != nil && argument.contains(" * "))
        || (argument.hasPrefix("- ") && !followsOption)
      return isSum ? " " + argument : argument
    }
  }

  /// Throws when there is nothing to do, or the first word is neither a command nor a keyframe.
  static func check(_ arguments: [String]) throws {
    guard let first = arguments.first else {
      throw WrongUse(
        message:
          "no command and no file. 'facewalk ada.jpg grace.jpg' makes a morph; 'facewalk --help' lists the commands."
      )
    }
    guard !first.hasPrefix("-"), !commands.contains(first) else { return }
    guard !first.hasSuffix(".yaml"), !first.hasSuffix(".yml") else {
      throw WrongUse(message: "'\(first)' is a job file; 'facewalk run \(first)' renders it.")
    }
    let looksLikeKeyframe =
      access(first, F_OK) == 0 || first.contains(".") || first.contains("/") || first.hasPrefix("seed:")
    guard !looksLikeKeyframe else { return }
    if first == "grid" {
      throw WrongUse(message: "'grid' is no command; 'facewalk sample' draws a grid of random faces.")
    }
    let suggestion = nearest(to: first, among: commands).map { " Did you mean '\($0)'?" } ?? ""
    throw WrongUse(
      message:
        "'\(first)' is neither a command nor a file.\(suggestion) 'facewalk --help' lists the commands.")
  }
}
