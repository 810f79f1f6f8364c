internal import TestSupport
internal import Testing

struct `A job file that can't be` {
  @Test(arguments: [
    ("", "job.yaml: states nothing. See Pipelines/ for examples."),
    ("sample:\n", "job.yaml: line 1: 'output' is missing. Add it."),
    (
      "sample: {seeds: 3\noutput: out.png\n",
      "job.yaml: line 2: is not valid YAML: did not find expected ',' or '}'."
    ),
    (
      "sample:\n  sedes: 3\noutput: out.png\n",
      "job.yaml: line 2: 'sedes' is not a setting; did you mean 'seeds'?"
    ),
    (
      "morph:\n  keyframes: [seed:1, seed:2]\n  dissolve: 1\noutput: out.mp4\n",
      "job.yaml: line 3: 'dissolve' is gone: morphs of photos now begin and end on the photos themselves; see 'detail'."
    ),
    (
      "smaple:\n  seeds: 3\noutput: out.png\n",
      "job.yaml: line 1: 'smaple' is not a setting; did you mean 'sample'?"
    ),
    (
      "sample:\nmorph:\noutput: out.png\n",
      "job.yaml: state exactly one of morph, sample, reconstruct, align, encode, decode, average, direction, traverse, plane, posterior or between."
    ),
    ("sample: 3\noutput: out.png\n", "job.yaml: line 1: 'sample' must be a mapping of settings."),
    (
      "sample:\n  seeds: 1\n  seeds: 2\noutput: out.png\n",
      "job.yaml: line 2: 'seeds' stands here twice. Keep one of them."
    ),
    (
      "a: &a [x, x]\nb: &b [*a, *a]\n? [*b, *b]\n: 1\n",
      "job.yaml: line 1: '&' at the start of a value makes an anchor or alias, which are not read. Put quotes around the value."
    ),
    (
      "sample:\n  seeds: 9-5\noutput: out.png\n",
      "job.yaml: line 2: '9-5' runs backward. Write 5-9, or list the seeds with commas."
    ),
    (
      "sample:\n  seeds: 1,,2\noutput: out.png\n",
      "job.yaml: line 2: a seed is missing. Write seeds as 1,2,5-10."
    ),
    (
      "sample:\n  seeds: 4294967296\noutput: out.png\n",
      "job.yaml: line 2: '4294967296' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."
    ),
    (
      "morph:\n  keyframes: [seed:1]\noutput: out.mp4\n",
      "job.yaml: line 2: only one keyframe is named; a morph needs at least two. Name another photo, or a random face like seed:42."
    ),
    (
      "morph:\n  keyframes: [seed:1, seed:2]\n  fps: 0\noutput: out.mp4\n",
      "job.yaml: line 3: '0' is not possible; use a number over 0 and up to 1000, or a fraction like 30000/1001."
    ),
    (
      "morph:\n  keyframes: [seed:1, seed:2]\n  seconds: 0.01\noutput: out.mp4\n",
      "job.yaml: line 3: a transition of 0.01 s is shorter than a frame; at 30 frames a second the shortest is 0.0334 s."
    ),
    (
      "morph:\n  keyframes: [{photo: a.png, seed: 3}, seed:2]\noutput: out.mp4\n",
      "job.yaml: line 2: state exactly one of photo (with face), seed or latents (with row)."
    ),
    (
      "sample:\noutput: out.gif\n",
      "job.yaml: line 2: 'out.gif' has an ending that can't be written; use .png (a grid), a folder with / at the end (single pictures) or .mp4 (a video)."
    ),
  ])
  func `is named, with the line`(_ text: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.write(text, to: "job.yaml")
      try folder.expectError(message, code: 2, "run job.yaml -q")
    }
  }

  @Test func `is not there, or comes from elsewhere`() async throws {
    try await withCommandFolder { folder in
      try folder.expectError("gone.yaml: no such file. Check the name.", code: 2, "run gone.yaml")
      try folder.expectError(".: can't be read: it is not a regular file.", code: 2, "run .")
      try folder.expectError("standard input: states nothing. See Pipelines/ for examples.", code: 2, "run -")
      try folder.expectError(
        "standard input: line 2: 'sedes' is not a setting; did you mean 'seeds'?", code: 2, "run -",
        input: "sample:\n  sedes: 3\noutput: out.png\n")
    }
  }

  @Test func `has an override that can't be`() async throws {
    try await withCommandFolder { folder in
      try folder.write("sample:\n  seeds: 1\noutput: out.png\n", to: "job.yaml")
      try folder.expectError(
        "--set sedes=3: 'sedes' is not a setting; did you mean 'seeds'?", code: 2,
        "run job.yaml --set sedes=3")
      try folder.expectError(
        "--set dissolve=1: 'dissolve' is gone: morphs of photos now begin and end on the photos themselves; see 'detail'.",
        code: 2, "run job.yaml --set dissolve=1")
      try folder.expectError(
        "--set gap: 'gap' is not possible; use KEY=VALUE, as in --set fps=60.", code: 2,
        "run job.yaml --set gap")
      try folder.expectError(
        "--set gap=wide: 'wide' is not possible; use a whole number from 0 to 10000.", code: 2,
        "run job.yaml --set gap=wide")
    }
  }

  @Test func `keeps the good ones before it from being rendered`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("model: tiny\nsample:\n  seeds: 1\noutput: out.png\n", to: "good.yaml")
      try folder.write("sample:\n  sedes: 1\noutput: out.png\n", to: "bad.yaml")
      try folder.expectError(
        "bad.yaml: line 2: 'sedes' is not a setting; did you mean 'seeds'?", code: 2,
        "run good.yaml bad.yaml")
    }
  }

  @Test func `that names a missing photo keeps the good ones before it from being rendered`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write("model: tiny\nsample:\n  seeds: 1\noutput: out.png\n", to: "good.yaml")
      try folder.write("model: tiny\nreconstruct:\n  photos: [gone.jpg]\noutput: r.png\n", to: "bad.yaml")
      try folder.expectError(
        "bad.yaml: gone.jpg: no such file. Check the name.", code: 1, "run good.yaml bad.yaml")
    }
  }

  @Test func `whose output is that of another is refused before anything is rendered`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      for seed in [1, 2] {
        try folder.write("model: tiny\nsample:\n  seeds: \(seed)\noutput: out.png\n", to: "\(seed).yaml")
      }
      try folder.expectError(
        "2.yaml: its output 'out.png' is that of 1.yaml too. Name another one.", code: 2, "run 1.yaml 2.yaml")
    }
  }
}
