internal import TestSupport
internal import Testing

struct `Commands that look into a latent space` {
  private static let dimensions =
    "dimensions as in 0,3,5-9, counted from 0, or how many of the first ones"
  private static let range =
    "standard deviations from 0.01 to 100, as in 3, or a quantile from 0.000001 to 0.49, as in q0.05"
  private static let sides = "columns x rows, as in 4x2, each from"

  @Test(arguments: [
    ("traverse seed:1 --dims x", "--dims: 'x' is not possible; use \(dimensions)."),
    ("traverse seed:1 --dims 0", "--dims: '0' is not possible; use \(dimensions)."),
    ("traverse seed:1 --dims 1,2,1", "--dims: dimension 1 stands there twice. Keep one of them."),
    (
      "traverse seed:1 --dims 5,192",
      "--dims: '192' is not possible; use numbers from 0 to 191, which are the model's dimensions."
    ),
    (
      "traverse seed:1 --dims 193",
      "--dims: '193' is not possible; use a number from 1 to 192, since the model has no more dimensions."
    ),
    ("traverse seed:1 --order size", "--order: 'size' is not possible; use index, effect or latent-loss."),
    (
      "traverse seed:1 --order latent-loss",
      "--order: the latent loss is measured over photos. Name some with --over, or use effect or index."
    ),
    (
      "traverse seed:1 --over face.png",
      "--over: does nothing without --order latent-loss. Add that, or leave this out."
    ),
    (
      "traverse seed:1 --order latent-loss --over seed:2",
      "--over: 'over' must be photos, or a folder of them."
    ),
    ("traverse seed:1 --range -1", "--range: '-1' is not possible; use \(range)."),
    ("traverse seed:1 --range q0.5", "--range: 'q0.5' is not possible; use \(range)."),
    ("traverse seed:1 --steps 1", "--steps: '1' is not possible; use a whole number from 2 to 1000."),
    (
      "traverse seed:1 --seconds 3",
      "--seconds: a length in seconds does nothing for a PNG grid. Leave it out, or name another output."
    ),
    (
      "traverse seed:1 --steps 3 -o x.mp4",
      "--steps: a number of steps does nothing for a video. Leave it out, or name another output."
    ),
    (
      "traverse seed:1 --seconds 0.1 -o x.mp4",
      "--seconds: '0.1' is not possible; use 0.1334 s or more, which is 4 frames."
    ),
    (
      "traverse seed:1 --columns 3",
      "--columns: a number of columns does nothing for the sheet of 'traverse'. Leave it out, or name another output."
    ),
    (
      "traverse seed:1 --fps 3",
      "--fps: a frame rate does nothing for a PNG grid. Leave it out, or name another output."
    ),
    (
      "traverse faces.npy",
      "faces.npy: 'faces.npy' is several faces, and one is needed here, as in family.jpg#1 or faces.npy:0."
    ),
    (
      "plane seed:1 seed:2 seed:3",
      "plane: 3 keyframes are named; a plane needs four: top left, top right, bottom left and bottom right."
    ),
    (
      "plane seed:1 seed:2 seed:3 seed:4 --steps 7x1",
      "--steps: '7x1' is not possible; use one number for both sides, or \(sides) 2 to 1000."
    ),
    (
      "plane seed:1 seed:2 seed:3 seed:4 -o x.mp4",
      "--output: 'plane' can't make a video. Use .png (a grid) or a folder with / at the end (single pictures)."
    ),
    ("posterior face.png --count 0", "--count: '0' is not possible; use a whole number from 1 to 1000000."),
    (
      "posterior face.png --noise-seed x",
      "--noise-seed: 'x' is not possible; use a whole number from 0 to 4294967295."
    ),
    (
      "posterior face.png --temperature 11", "--temperature: '11' is not possible; use a number from 0 to 10."
    ),
    ("posterior seed:1", "seed:1: 'photo' must be a photo, since others have no posterior."),
    ("between face.png", "between: one keyframe is named; there is something between two at least."),
    (
      "between face.png seed:1 --columns 3",
      "--columns: a number of columns does nothing for the sheet of 'between'. Leave it out, or name another output."
    ),
    (
      "between face.png seed:1 -o x/",
      "--output: 'between' can't make single pictures. Use .png (a grid)."
    ),
    ("morph seed:1 seed:2 --cells 4", "--cells: '4' is not possible; use \(sides) 1 to 64."),
    ("morph seed:1 seed:2 --cells 0x2", "--cells: '0x2' is not possible; use \(sides) 1 to 64."),
    (
      "morph seed:1 seed:2 seed:3 --cells 2x1",
      "--cells: 3 keyframes can't be shared by 2 cells: each needs as many as the others, and two at least. "
        + "Name 4, or use fewer cells."
    ),
    (
      "morph seed:1 seed:2 seed:3 seed:4 --cells 2x1 -o x.png",
      "--cells: a number of cells does nothing for a PNG grid. Leave it out, or name another output."
    ),
    (
      "morph seed:1 seed:2 seed:3 seed:4 --cells 2x1 --pace even",
      "--cells: can't be used together with --pace. Leave out --cells or --pace."
    ),
    (
      "morph seed:1 seed:2 seed:3 seed:4 --cells 2x1 --at 0:1:0.5",
      "--cells: can't be used together with --at. Leave out --cells or --at."
    ),
    (
      "morph seed:1 seed:2 seed:3 seed:3 --cells 2x1 --loop",
      "--loop: goes back to the first keyframe by itself. Leave it out at the end."
    ),
  ])
  func `that make no sense are told so`(_ line: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.expectError(message, code: 2, line + " -m tiny")
    }
  }

  @Test func `a time of its own has no keyframe of a cell`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: tiny\nmorph:\n  keyframes: [seed:1, {seed: 2, hold: 1}, seed:3, seed:4]\n  cells: 2x1\noutput: x.mp4\n",
        to: "job.yaml")
      try folder.expectError(
        "job.yaml: line 3: 'hold' can't be used together with 'cells'. Leave out one of them.", code: 2,
        "run job.yaml")
    }
  }

  @Test(arguments: [
    (
      "autoencoder", "posterior face.png",
      "has an encoder that gives no spread, so a photo has no posterior to draw from. Use 'facewalk reconstruct'."
    ),
    (
      "autoencoder", "traverse seed:1 --order latent-loss --over face.png",
      "has an encoder that gives no spread, so there is no latent loss. Use --order effect."
    ),
    (
      "prior-none", "traverse face.png",
      "has no prior (prior: none), so there is no range to follow. Use --prior FILE with faces that 'facewalk encode' wrote."
    ),
    (
      "no-encoder", "posterior face.png",
      "has no encoder, so photos can't be used. Use seeds or latent files."
    ),
  ])
  func `are refused by a model that has not what they need`(
    _ model: String, _ line: String, _ message: String
  ) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel(model)
      try folder.expectError("\(model): \(message)", code: 1, line + " -m \(model)")
    }
  }

  @Test func `tell what they have measured, in lines and in JSON`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let lines = try folder.facewalk("traverse", "seed:1", "-m", "tiny", "--dims", "12", "-o", "a.png")
        .errorLines
      let told = lines.filter { $0.hasPrefix("dimension ") }
      #expect(told.count == 10)
      #expect(
        told.allSatisfy { $0.wholeMatch(of: /dimension [0-9]+: changes the picture by 0\.[0-9]{4}/) != nil })
      #expect(lines.contains("and 2 more, which the record lists"))
      let json = try folder.facewalk(
        "traverse", "seed:1", "-m", "tiny", "--dims", "2", "-o", "b.png", "--progress", "json")
      #expect(json.errors.contains("\"event\":\"ranked\""))
      #expect(json.errors.contains("\"order\":\"effect\""))
    }
  }

  @Test func `plan their frames like others`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: tiny\ntraverse: {keyframe: \"seed:1\", dims: 2, seconds: 1, fps: 4}\noutput: x.mp4\n",
        to: "job.yaml")
      let plan = try folder.facewalk("plan", "job.yaml").output
      #expect(
        plan
          == """
          frame\ttime\tsegment\tfraction\tchunk
          0\t0.000000\t0\t0.000000\t0
          1\t0.250000\t0\t0.250000\t0
          2\t0.500000\t0\t0.500000\t0
          3\t0.750000\t0\t0.750000\t0

          """)
    }
  }
}
