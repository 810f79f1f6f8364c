internal import Foundation
internal import TestSupport
internal import Testing

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
        option.name == "decoder"
        ? "two-decoders" : option.isOptional && !option.needsFace ? "tiny" : "tiny-aligned"
      try folder.addTinyModel(model)
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.copy(fixture("latents/packed.npz"), to: "packed.npz")
      try folder.copy("\(packageFolder)/Tests/MorphKitTests/Golden/grid-3-columns.png", to: "other.png")
      try folder.write("one\ntwo\nthree\n", to: "lines.txt")
      if option.needsFace { try folder.copy("\(packageFolder)/Pipelines/faces/ada.jpg", to: "ada.jpg") }
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
