/// Options of what looks into a latent space, and of several pictures in a frame.
extension ShapingOption {
  static let sheets: [ShapingOption] = {
    var options = [
      ShapingOption(command: "morph", name: "cells", value: "1x1", ending: "mp4"),
      ShapingOption(command: "traverse", name: "dims", value: "7,2-4"),
      ShapingOption(command: "traverse", name: "order", value: "index"),
      ShapingOption(command: "traverse", name: "over", value: "face.png"),
      ShapingOption(command: "traverse", name: "range", value: "q0.05"),
      ShapingOption(command: "traverse", name: "steps", value: "3"),
      ShapingOption(command: "traverse", name: "seconds", value: "0.5", ending: "mp4"),
      ShapingOption(command: "traverse", name: "fps", value: "5", ending: "mp4"),
      ShapingOption(command: "traverse", name: "crf", value: "30", ending: "mp4"),
      ShapingOption(command: "traverse", name: "preset", value: "ultrafast", ending: "mp4"),
      ShapingOption(command: "traverse", name: "columns", value: "1", ending: "mp4"),
      ShapingOption(command: "plane", name: "steps", value: "2x3"),
      ShapingOption(command: "posterior", name: "count", value: "3"),
      ShapingOption(command: "posterior", name: "noise-seed", value: "5"),
      ShapingOption(command: "posterior", name: "temperature", value: "0.5"),
      ShapingOption(command: "posterior", name: "rng", value: "torch"),
      ShapingOption(command: "posterior", name: "columns", value: "1"),
    ]
    for command in ["traverse", "plane", "posterior", "between"] {
      let tiles = ["traverse": "9K", "plane": "9K", "posterior": "2K", "between": "5K"]
      for (name, value) in [
        ("gap", "5"), ("background", "#102030"), ("size", "40"), ("labels", "name"), ("singles", "singles"),
        ("tile", tiles[command] ?? "1"),
      ] {
        options.append(ShapingOption(command: command, name: name, value: value))
      }
    }
    return options
  }()

  /// That a sheet of rows and columns of its own has, and refuses.
  static let refused = ["plane": ["columns"], "between": ["columns"]]
}
