internal import TestSupport
internal import Testing

struct `A model folder that can't be used` {
  @Test(arguments: [
    (
      "crop: none", "crop: [none",
      "model/model.yaml: line 19: is not valid YAML: did not find expected ',' or ']'."
    ),
    ("layout:", "layuot:", "model/model.yaml: line 13: 'layuot' is not a setting; did you mean 'layout'?"),
    (
      "crop: none", "crop: none\na: &a [x, x]\nb: &b [*a, *a]\n? [*b, *b]\n: 1",
      "model/model.yaml: line 19: '&' at the start of a value makes an anchor or alias, which are not read. Put quotes around the value."
    ),
    (
      "file: encoder.onnx", "file: gone.onnx",
      "model/model.yaml: names the file 'gone.onnx', which is not in its folder."
    ),
    (
      "file: encoder.onnx", "file: ../encoder.onnx",
      "model/model.yaml: names the file '../encoder.onnx'; only a file in the model's own folder may be named, without a path."
    ),
    (
      "shape: [192]", "shape: [100]",
      "model: 'mean' of encoder.onnx has the shape [1, 192], but 'latent' in model.yaml makes it [1, 100]."
    ),
    (
      "width: 32", "width: 64",
      "model: 'image' of encoder.onnx has the shape [?, 3, 32, 32], but 'image' in model.yaml makes it [1, 3, 32, 64]."
    ),
    ("input: image", "input: photo", "model: encoder.onnx has no tensor 'photo'; it has 'image'."),
    ("version: 1", "version: 2", "model/model.yaml: line 1: has version '2'; this facewalk reads version 1."),
    (
      "psnr: 38.86", "psnr: 20",
      "model: fails its check: its check picture comes back with 38.9 dB, where 20.0 dB is stated. Something in model.yaml (range, channels, layout) or in a network is not as it was."
    ),
  ])
  func `says where it is wrong`(_ old: String, _ new: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.copy(fixture("checked"), to: "model")
      try folder.replace(old, with: new, in: "model/model.yaml")
      try folder.expectError(message, code: 1, "inspect model")
      try folder.expectError(
        message, code: 1, "model/check.png seed:1 -m model -o out.mp4 -q")
    }
  }

  @Test(arguments: [
    (
      "mismatch",
      "model: 'mean' of encoder.onnx has the shape [1, 48], but 'latent' in model.yaml makes it [1, 192]."
    ),
    (
      "random-encoder",
      "model: its encoder answers differently each time: it draws the random sample itself. Export the mean as an output and name it in model.yaml."
    ),
    (
      "outside-data",
      "model: decoder.onnx keeps weights in '../external-data/decoder.onnx.data', outside the model's folder. Put that file beside it."
    ),
  ])
  func `has networks that can't be used`(_ name: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.copy(fixture(name), to: "model")
      try folder.copy(fixture("checked/check.png"), to: "face.png")
      try folder.expectError(message, code: 1, "inspect model")
      try folder.expectError(message, code: 1, "face.png seed:1 -m model -o out.mp4 -q")
      try folder.expectError(message, code: 1, "reconstruct face.png -m model -o out.png -q")
    }
  }

  @Test func `has one decoder or two, and the start line says which draws`() async throws {
    try await withCommandFolder { folder in
      try folder.copy(fixture("tiny"), to: "one")
      try folder.copy(fixture("two-decoders"), to: "two")
      let line = "sample --seeds 1-4 -o out.png -y -m"
      try folder.expectError(
        "one: has no fast decoder. Use the exact one; Training/quantise.py makes a fast one from it.",
        code: 1, "\(line) one --decoder fast")
      try folder.expectError(
        "--decoder: 'quick' is not possible; use exact or fast.", code: 2, "\(line) two --decoder quick")
      #expect(
        try folder.expectResult("out.png", "\(line) one").errorLines.first == "4 faces, 4 frames, 70 × 70")
      #expect(
        try folder.expectResult("out.png", "\(line) two").errorLines.first
          == "4 faces, 4 frames, 70 × 70, exact decoder")
      #expect(
        try folder.expectResult("out.png", "\(line) two --decoder fast").errorLines.first?
          .hasPrefix("4 faces, 4 frames, 70 × 70, fast decoder") == true)
      try folder.replace("decoder-fast.onnx", with: "decoder-fast.onnx, default: fast", in: "two/model.yaml")
      let fast = try folder.bytes("out.png")
      #expect(
        try folder.facewalk("\(line) two".split(separator: " ").map(String.init)).ending == .exited(0))
      let record = try folder.record(of: "out.png")
      try folder.expectResult("exact.png", "sample --seeds 1-4 -o exact.png -m two --decoder exact")
      #expect(try folder.record(of: "exact.png").identity != record.identity)
      #expect(try folder.bytes("exact.png") != fast)
    }
  }

  @Test func `lacks a part that the job needs`() async throws {
    try await withCommandFolder { folder in
      try folder.copy(fixture("no-encoder"), to: "blind")
      try folder.copy(fixture("prior-none"), to: "bound")
      try folder.copy(fixture("checked/check.png"), to: "face.png")
      try folder.expectError(
        "blind: has no encoder, so photos can't be used. Use seeds or latent files.", code: 1,
        "face.png seed:1 -m blind -o out.mp4 -q")
      let noPrior =
        "bound: has no prior (prior: none): random latents decode to noise, so seeds can't be used. Use photos or latent files."
      try folder.expectError(noPrior, code: 1, "sample -m bound -o out.png -q")
      try folder.expectError(noPrior, code: 1, "face.png seed:1 -m bound -o out.mp4 -q")
    }
  }

  @Test func `is not there, or holds links and broken networks`() async throws {
    try await withCommandFolder { folder in
      try folder.expectError("./gone: no such folder. Check the name.", code: 1, "sample -m ./gone")
      try folder.expectError(
        "gone/: no such folder. Check the name.", code: 1, "sample -m gone/")
      try folder.makeFolder("bare")
      try folder.expectError(
        "bare: has no model.yaml. 'facewalk init ENCODER DECODER --image FACE -o FOLDER' writes one.",
        code: 1,
        "sample -m bare")
      try folder.copy(fixture("tiny"), to: "model")
      try folder.move("model/decoder.onnx", to: "decoder.onnx")
      try folder.link("model/decoder.onnx", to: "../decoder.onnx")
      try folder.expectError(
        "model: 'decoder.onnx' is a link that leads out of the folder. Put the file itself there.", code: 1,
        "sample -m model")
      try folder.remove("model/decoder.onnx")
      try folder.write(Array(folder.bytes("decoder.onnx").prefix(300)), to: "model/decoder.onnx")
      try folder.expectError(
        "model: decoder.onnx can't be loaded: holds no ONNX network, or only a part of one.", code: 1,
        "sample -m model -q")
    }
  }

  @Test func `is the name of none that is installed`() async throws {
    try await withCommandFolder { folder in
      try folder.makeFolder("home/Models")
      let result = try folder.facewalk(
        ["sample", "-m", "gone"], environment: ["FACEWALK_HOME": folder.path("home")])
      #expect(
        result.errors
          == "facewalk: --model: no model of this name is installed, and no folder 'gone' is here. Give the path of a model folder.\n"
      )
      #expect(result.ending == .exited(2))
    }
  }
}
