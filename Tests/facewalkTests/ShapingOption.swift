internal import Foundation
internal import Testing

/// An option that shapes the result of a command, with a value that is not its default.
struct ShapingOption: Sendable, CustomTestStringConvertible {
  let command: String
  let name: String
  var value: String?
  var ending = "png"
  /// Whether the job can also run without it, so that the difference shows.
  var isOptional = true
  /// What a morph goes through.
  var keyframes = "[seed:1, seed:2]"

  var testDescription: String { "\(command) --\(name)" }

  static let all = timing + latents + alignment + detail + pictures + sheets

  /// Whether it does something only where a face is found in a photo, which is `ada.jpg`.
  var needsFace: Bool { ["detail", "view"].contains(name) }

  private static let detail = ["morph", "average", "plane", "between"].flatMap { command in
    [("detail", "0.5"), ("view", "1.5")].map { ShapingOption(command: command, name: $0.0, value: $0.1) }
  }

  private static let timing = [
    ShapingOption(command: "morph", name: "frames", value: "3"),
    ShapingOption(command: "morph", name: "seconds", value: "0.2", ending: "mp4"),
    ShapingOption(command: "morph", name: "duration", value: "0.5", ending: "mp4"),
    ShapingOption(command: "morph", name: "hold", value: "0.2", ending: "mp4"),
    ShapingOption(command: "morph", name: "ease", value: "quad-in-out"),
    ShapingOption(command: "morph", name: "interpolation", value: "spherical"),
    ShapingOption(command: "morph", name: "loop"),
    ShapingOption(command: "morph", name: "pingpong"),
    ShapingOption(command: "morph", name: "pace", value: "even", keyframes: "[seed:1, seed:2, seed:5]"),
    ShapingOption(command: "morph", name: "at", value: "0:1:0.5"),
    ShapingOption(command: "morph", name: "fps", value: "30000/1001", ending: "mp4"),
    ShapingOption(command: "morph", name: "crf", value: "30", ending: "mp4"),
    ShapingOption(command: "morph", name: "preset", value: "ultrafast", ending: "mp4"),
    ShapingOption(command: "align", name: "margin", value: "1.5"),
    ShapingOption(command: "sample", name: "seeds", value: "7,2-4"),
    ShapingOption(command: "sample", name: "count", value: "3"),
    ShapingOption(command: "sample", name: "seed", value: "7"),
    ShapingOption(command: "sample", name: "labels", value: "seed"),
    ShapingOption(command: "sample", name: "labels", value: "lines.txt"),
    ShapingOption(command: "align", name: "labels", value: "name"),
    ShapingOption(command: "sample", name: "fps", value: "5", ending: "mp4"),
    ShapingOption(command: "sample", name: "crf", value: "30", ending: "mp4"),
    ShapingOption(command: "sample", name: "preset", value: "ultrafast", ending: "mp4"),
    ShapingOption(command: "decode", name: "fps", value: "5", ending: "mp4"),
    ShapingOption(command: "decode", name: "crf", value: "30", ending: "mp4"),
    ShapingOption(command: "decode", name: "preset", value: "ultrafast", ending: "mp4"),
  ]

  private static let latents: [ShapingOption] = {
    var options = [
      ShapingOption(command: "direction", name: "with", value: "face.png", ending: "npy"),
      ShapingOption(command: "direction", name: "without", value: "face.png", ending: "npy"),
      ShapingOption(command: "direction", name: "method", value: "linear", ending: "npy"),
    ]
    for command in ["morph", "reconstruct"] {
      for (name, value) in [("latent", "sample"), ("noise-seed", "5")] {
        options.append(
          ShapingOption(command: command, name: name, value: value, keyframes: "[face.png, seed:2]"))
      }
    }
    for command in ["morph", "sample", "traverse", "plane", "between"] {
      for (name, value) in [("temperature", "0.5"), ("rng", "torch"), ("prior", "faces.npy")] {
        options.append(ShapingOption(command: command, name: name, value: value))
      }
    }
    for command in [
      "morph", "sample", "reconstruct", "decode", "average", "traverse", "plane", "posterior", "between",
    ] {
      options.append(ShapingOption(command: command, name: "decoder", value: "fast"))
    }
    options.append(ShapingOption(command: "average", name: "size", value: "40"))
    return options
  }()

  private static let alignment = [
    "morph", "reconstruct", "align", "average", "encode", "direction", "traverse", "plane", "posterior",
    "between",
  ].map {
    ShapingOption(
      command: $0, name: "no-align", ending: ["encode", "direction"].contains($0) ? "npy" : "png",
      isOptional: false)
  }

  private static let pictures: [ShapingOption] = {
    var options: [ShapingOption] = []
    for command in ["morph", "sample", "reconstruct", "align", "decode"] {
      let values = [
        ("columns", "1"), ("gap", "5"), ("background", "#102030"), ("size", "40"), ("labels", "index"),
        ("singles", "singles"), ("tile", command == "reconstruct" ? "2600" : "2K"),
      ]
      for (name, value) in values {
        options.append(ShapingOption(command: command, name: name, value: value))
      }
    }
    return options
  }()

  /// Options that change nothing of the result, or stand at the top of a job file.
  static let others: Set = [
    "model", "output", "overwrite", "quiet", "threads", "progress", "shard", "version", "help",
  ]

  /// What the command needs besides, as job files state it.
  private var base: [(key: String, value: String)] {
    switch command {
    case "morph" where needsFace: [("keyframes", "[ada.jpg, seed:2]"), ("size", "native")]
    case "average" where needsFace: [("photos", "[ada.jpg, ada.jpg]"), ("size", "native")]
    case "plane" where needsFace:
      [("keyframes", "[ada.jpg, seed:2, seed:3, seed:4]"), ("steps", "2x2"), ("size", "native")]
    case "between" where needsFace: [("keyframes", "[ada.jpg, seed:2]"), ("size", "native")]
    case "morph": [("keyframes", isOptional ? keyframes : "[face.png, seed:2]"), ("size", "native")] + noise
    case "sample" where name == "count": [("size", "native")]
    case "sample" where name == "seed": [("count", "3"), ("size", "native")]
    case "sample": [("seeds", "1-3"), ("size", "native")]
    case "decode": [("latents", "[faces.npy]"), ("size", "native")]
    case "encode": [("photos", "[face.png, face.png]")]
    case "traverse":
      [
        ("keyframe", isOptional ? "seed:1" : "face.png"), ("dims", name == "tile" ? "2,3" : "2"),
        ("size", "native"),
      ] + order
    case "plane":
      [
        ("keyframes", isOptional ? "[seed:1, seed:2, seed:3, seed:4]" : "[face.png, seed:2, seed:3, seed:4]"),
        ("size", "native"),
      ]
    case "between":
      [("keyframes", isOptional ? "[seed:1, seed:2]" : "[face.png, seed:2]"), ("size", "native")]
    case "posterior": [("photo", "face.png"), ("count", "2"), ("size", "native")]
    case "direction": [("with", "faces.npy"), ("without", "packed.npz:c")]
    default: [("photos", "[face.png, face.png]"), ("size", "native")] + noise
    }
  }

  /// Photos to measure mean something only where latent loss is measured.
  private var order: [(key: String, value: String)] {
    name == "over" ? [("order", "latent-loss"), ("over", "other.png")] : []
  }

  /// A seed of noise means nothing where nothing is sampled.
  private var noise: [(key: String, value: String)] {
    name == "noise-seed" ? [("latent", "sample")] : []
  }

  /// The file that is looked at of a result with this name: of a grid in sheets the first.
  func file(of output: String) -> String {
    name == "tile" ? output.replacingOccurrences(of: ".png", with: "-1.png") : output
  }

  /// As arguments of the command; without the option itself when `isStated` is false.
  func arguments(isStated: Bool, model: String, output: String) -> [String] {
    var arguments = [command]
    for (key, value) in base where key != name || !isStated {
      let isList = ["keyframe", "keyframes", "photo", "photos", "latents"].contains(key)
      arguments +=
        isList
        ? value.filter { !"[],".contains($0) }.split(separator: " ").map(String.init) : ["--" + key, value]
    }
    if isStated { arguments += ["--" + name] + (value.map { [$0] } ?? []) }
    return arguments + ["-m", model, "-o", output, "-q"]
  }

  func jobFile(model: String, output: String) -> String {
    var lines = ["model: \(model)", "\(command):"]
    for (key, value) in base where key != name {
      lines.append("  \(key): \(value)")
    }
    lines.append("  \(name.replacingOccurrences(of: "-", with: "_")): \"\(value ?? "true")\"")
    return (lines + ["output: \(output)"]).joined(separator: "\n") + "\n"
  }
}
