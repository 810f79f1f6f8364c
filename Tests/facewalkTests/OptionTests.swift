internal import Foundation
internal import TestSupport
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

  static let all = timing + latents + alignment + pictures + sheets

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
    ShapingOption(command: "morph", name: "dissolve", value: "0.1", keyframes: "[face.png, seed:2]"),
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

struct `Options and keys of job files` {
  @Test func `every option is in one of the tables`() async throws {
    let help = try await commandsOfHelp()
    for command in [
      "morph", "sample", "reconstruct", "align", "encode", "decode", "average", "direction", "traverse",
      "plane", "posterior", "between",
    ] {
      let options = try #require(help[command])
      let shaping = Set(ShapingOption.all.filter { $0.command == command }.map(\.name))
      let refused = ShapingOption.refused[command] ?? []
      #expect(options == shaping.union(ShapingOption.others).union(refused), "\(command)")
    }
    let run: Set = ["overwrite", "quiet", "threads", "progress", "shard", "version", "help"]
    #expect(
      help["run"] == run.union(["set", "dry-run", "keep-going", "retry-failed", "jobs", "records"]))
    #expect(help["join"] == run.union(["set", "records"]))
    #expect(help["rerun"] == run.union(["output", "records"]))
    #expect(
      help["evaluate"] == [
        "model", "decoder", "no-align", "set", "output", "json", "html", "overwrite", "quiet", "threads",
        "progress", "version", "help",
      ])
    #expect(help["status"] == ["set", "json", "html", "overwrite", "shards", "records", "version", "help"])
    #expect(help["plan"] == ["set", "version", "help"])
    #expect(help["verify"] == ["records", "version", "help"])
  }

  @Test(arguments: [
    ("encode", ".safetensors or .npy."), ("direction", ".safetensors or .npy."),
    ("average", ".png is a picture, .safetensors or .npy a latent."), ("reconstruct", ".png, a grid."),
    ("align", "a folder or a name with %06d is single pictures, .png a grid."),
    ("decode", ".mp4 is a video, .png a grid, a folder or a name with %06d single pictures."),
  ])
  func `the help of a command names what it can make`(command: String, names: String) async throws {
    try await withCommandFolder { folder in
      let help = try folder.facewalk("help", command).output.split(whereSeparator: \.isWhitespace)
      #expect(help.joined(separator: " ").contains("The result: \(names)"))
    }
  }

  @Test(arguments: ShapingOption.all)
  func `an option has the key of its name, which means the same`(_ option: ShapingOption) async throws {
    try await withCommandFolder { folder in
      let model =
        option.name == "decoder" ? "two-decoders" : option.isOptional ? "tiny" : "tiny-aligned"
      try folder.addTinyModel(model)
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.copy(fixture("latents/packed.npz"), to: "packed.npz")
      try folder.copy("\(packageFolder)/Tests/MorphKitTests/Golden/grid-3-columns.png", to: "other.png")
      try folder.write("one\ntwo\nthree\n", to: "lines.txt")
      let names = ["line", "file", "plain"].map { "\($0).\(option.ending)" }
      let line = try folder.facewalk(option.arguments(isStated: true, model: model, output: names[0]))
      #expect(line.ending == .exited(0), "\(line.errors)")
      // A folder of single pictures belongs to one result.
      if option.name == "singles" { try folder.remove("singles") }
      try folder.write(option.jobFile(model: model, output: names[1]), to: "job.yaml")
      let file = try folder.facewalk("run", "job.yaml", "-q")
      #expect(file.ending == .exited(0), "\(file.errors)")
      #expect(try folder.record(of: names[0]).identity == folder.record(of: names[1]).identity)
      let files = names.map { option.file(of: $0) }
      #expect(try folder.bytes(files[0]) == folder.bytes(files[1]))

      // The record tells it, too.
      try folder.remove(files[0])
      // Of several files the others are still there.
      let again = try folder.facewalk(["rerun", names[0], "-q"] + (option.name == "tile" ? ["-y"] : []))
      #expect(again.ending == .exited(0), "\(again.errors)")
      #expect(try folder.bytes(files[0]) == folder.bytes(files[1]))

      guard option.isOptional else { return }
      try folder.facewalk(option.arguments(isStated: false, model: model, output: names[2]))
      #expect(try folder.record(of: names[0]).identity != folder.record(of: names[2]).identity)
    }
  }

  /// The long names of every command's options, as ArgumentParser lists them.
  private func commandsOfHelp() async throws -> [String: Set<String>] {
    struct Help: Decodable { var command: Command }
    struct Command: Decodable {
      var commandName: String
      var arguments: [Argument]?
      var subcommands: [Command]?
    }
    struct Argument: Decodable {
      var kind: String
      var shouldDisplay: Bool
      var preferredName: Name?
    }
    struct Name: Decodable { var name: String }
    let text = try await withCommandFolder { try $0.facewalk("--experimental-dump-help").output }
    let help = try JSONDecoder().decode(Help.self, from: Data(text.utf8))
    var options: [String: Set<String>] = [:]
    for command in help.command.subcommands ?? [] {
      let shown = (command.arguments ?? []).filter { $0.kind != "positional" && $0.shouldDisplay }
      options[command.commandName] = Set(shown.compactMap(\.preferredName?.name))
    }
    return options
  }
}
