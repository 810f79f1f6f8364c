internal import TestSupport
internal import Testing

struct `A command line that makes no sense` {
  @Test(arguments: [
    (
      "",
      "no command and no file. 'facewalk ada.jpg grace.jpg' makes a morph; 'facewalk --help' lists the commands."
    ),
    (
      "smaple --seeds 3",
      "'smaple' is neither a command nor a file. Did you mean 'sample'? 'facewalk --help' lists the commands."
    ),
    ("walk.yaml", "'walk.yaml' is a job file; 'facewalk run walk.yaml' renders it."),
    ("xyzzy", "'xyzzy' is neither a command nor a file. 'facewalk --help' lists the commands."),
    ("grid --seeds 3", "'grid' is no command; 'facewalk sample' draws a grid of random faces."),
    ("sample --sedes 3", "Unknown option '--sedes'. Did you mean '--seeds'?"),
    ("--frmaes 3", "Unknown option '--frmaes'. Did you mean '--frames'?"),
    ("sample --nrow 3", "--nrow: its name misleads, since it counts columns. Use --columns."),
    ("sample extra", "Unexpected argument 'extra'"),
    ("sample --threads 0", "--threads: '0' is not possible; use a number from 1 to 1024."),
    ("sample --threads 1025", "--threads: '1025' is not possible; use a number from 1 to 1024."),
    ("sample --threads two", "--threads: 'two' is not possible; use a number from 1 to 1024."),
    ("sample --threads -1", "--threads: '-1' is not possible; use a number from 1 to 1024."),
    ("run x.yaml --jobs -1", "--jobs: '-1' is not possible; use a number from 1 to 256."),
    ("run x.yaml --jobs many", "--jobs: 'many' is not possible; use a number from 1 to 256."),
    ("status x.yaml --shards -1", "--shards: '-1' is not possible; use a number from 1 to 1000000."),
    (
      "sample --progress bar",
      "The value 'bar' is invalid for '--progress <kind>'. Please provide one of 'auto', 'json' or 'none'."
    ),
    ("run", "Missing expected argument '<file> ...'"),
    ("reconstruct", "Missing expected argument '<photo> ...'"),
    ("init", "Missing expected argument '<encoder>'"),
  ])
  func `has a word that is not right`(_ line: String, _ message: String) async throws {
    try await withCommandFolder { try $0.expectError(message, code: 2, line) }
  }

  @Test(arguments: [
    ("--seeds 9-5", "--seeds: '9-5' runs backward. Write 5-9, or list the seeds with commas."),
    ("--seeds 1,,2", "--seeds: a seed is missing. Write seeds as 1,2,5-10."),
    ("--seeds ''", "--seeds: a seed is missing. Write seeds as 1,2,5-10."),
    (
      "--seeds 4294967296",
      "--seeds: '4294967296' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."
    ),
    ("--seeds=-1", "--seeds: '-1' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."),
    ("--seeds 1-", "--seeds: '1-' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."),
    ("--seeds one", "--seeds: 'one' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295."),
    ("--seeds 0-4294967295", "--seeds: that is more than 100 million frames. Ask for fewer."),
    ("--count 0", "--count: '0' is not possible; use a whole number from 1 to 100000000."),
    (
      "--count 2 --seed 4294967295", "--count: '2' is not possible; use a whole number from 1 to 1."
    ),
    ("--count 2 --seed x", "--seed: 'x' is not possible; use a whole number from 0 to 4294967295."),
    ("--seed 2", "--seed: does nothing without --count. Add that, or leave this out."),
    (
      "--seeds 1 --count 2",
      "--count: can't be used together with --seeds. Leave out --count or --seeds."
    ),
    (
      "--labels seeds",
      "--labels: 'seeds' is not possible; use none, index, seed, name, or a text file with a line for each picture."
    ),
    ("--tile 0", "--tile: '0' is not possible; use a number of pixels, as in 16M or 4000000."),
    ("--tile 16X", "--tile: '16X' is not possible; use a number of pixels, as in 16M or 4000000."),
    ("--tile=-1", "--tile: '-1' is not possible; use a number of pixels, as in 16M or 4000000."),
    (
      "--tile 9999999999999",
      "--tile: '9999999999999' is not possible; use a number of pixels, as in 16M or 4000000."
    ),
    (
      "--singles ''",
      "--singles: '' is not possible; use the name of a folder that is only for them, without ~ and $."
    ),
    (
      "--singles ./out.png -o out.png",
      "--singles: './out.png' is not possible; use the name of a folder that is only for them, without ~ and $."
    ),
    (
      "--labels index -o out.mp4",
      "--labels: a grid setting does nothing for a video. Leave it out, or name another output."
    ),
    ("--columns 0", "--columns: '0' is not possible; use a whole number from 1 to 1000000."),
    ("--gap=-1", "--gap: '-1' is not possible; use a whole number from 0 to 10000."),
    ("--background red", "--background: 'red' is not possible; use black, white, gray or #RRGGBB."),
    (
      "--size 15",
      "--size: '15' is not possible; use 'native', or the longer side in pixels from 16 to 16384."
    ),
    (
      "--crf 18", "--crf: a video setting does nothing for a PNG grid. Leave it out, or name another output."
    ),
    (
      "-o out.gif",
      "--output: 'out.gif' has an ending that can't be written; use .png (a grid), a folder with / at the end (single pictures) or .mp4 (a video)."
    ),
    ("-o -", "--output: '-' is not possible; use the name of a file or folder."),
    (
      "-o %d-%d.png",
      "--output: '%d-%d.png' is not possible; use one %06d or #### in the name, with at most 12 digits."
    ),
  ])
  func `has an option of sample that can't be`(_ options: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(message, code: 2, "sample -m tiny \(options)")
    }
  }

  @Test(arguments: [
    (
      "",
      "morph: no keyframe is named; a morph needs at least two. Name another photo, or a random face like seed:42."
    ),
    (
      "face.png",
      "morph: only one keyframe is named; a morph needs at least two. Name another photo, or a random face like seed:42."
    ),
    (
      "seed:9-5 seed:1",
      "seed:9-5: '9-5' is not a seed. A keyframe takes one, from 0 to 4294967295, as in seed:42."
    ),
    (
      "seed:1 seed:4294967296",
      "seed:4294967296: '4294967296' is not a seed. A keyframe takes one, from 0 to 4294967295, as in seed:42."
    ),
    (
      "seed:1 seed:2 --fps 0",
      "--fps: '0' is not possible; use a number over 0 and up to 1000, or a fraction like 30000/1001."
    ),
    (
      "seed:1 seed:2 --seconds 0.01",
      "--seconds: a transition of 0.01 s is shorter than a frame; at 30 frames a second the shortest is 0.0334 s."
    ),
    (
      "seed:1 seed:2 --fps 1/10",
      "--fps: a transition of 2 s is shorter than a frame; at 1/10 frames a second the shortest is 10 s."
    ),
    (
      "seed:1 seed:2 --frames 0", "--frames: '0' is not possible; use a whole number from 1 to 100000000."
    ),
    (
      "seed:1 seed:2 --duration 0.01",
      "--duration: 0.01 s leave a transition without a frame; the shortest is 0.0667 s here."
    ),
    (
      "seed:1 seed:2 --duration 1 --seconds 1",
      "--seconds: can't be used together with --duration. Leave out --seconds or --duration."
    ),
    ("seed:1 seed:2 --hold 0.01", "--hold: '0.01' is shorter than a frame; use 0, or 0.0334 s or more."),
    (
      "seed:1 seed:2 seed:3 --hold 1,2",
      "--hold: 2 values for 3 keyframes. Give one for the first and the last, or one each."
    ),
    (
      "seed:1 seed:2 --loop --hold 1",
      "--hold: '1' is meant for the first and the last keyframe, and a loop has neither. Give a value for each keyframe."
    ),
    (
      "seed:1 seed:2 seed:1 --loop",
      "--loop: goes back to the first keyframe by itself. Leave it out at the end."
    ),
    (
      "seed:1 seed:2 --loop --pingpong",
      "--loop: can't be used together with --pingpong. Leave out --loop or --pingpong."
    ),
    (
      "seed:1 seed:2 --ease quad",
      "--ease: 'quad' is not possible; use linear, smoothstep, quad-in, quad-out, quad-in-out, cubic-in, cubic-out, cubic-in-out, sine-in, sine-out, sine-in-out, back-in, back-out, back-in-out, bounce-in, bounce-out or bounce-in-out."
    ),
    (
      "seed:1 seed:2 --interpolation slerp",
      "--interpolation: 'slerp' is not possible; use linear, spherical or cubic."
    ),
    ("seed:1 seed:2 --pace slow", "--pace: 'slow' is not possible; use time or even."),
    (
      "seed:1 seed:2 seed:3 --pace even --seconds 1,2",
      "--seconds: '1,2' is not possible; use one value, since an even pace gives each transition the time that it needs."
    ),
    (
      "seed:1 seed:2 --at 0:1",
      "--at: '0:1' is not possible; use numbers from -10 to 10 with at most six decimals, as in 0,0.5,1, or ranges as in 0:1:0.1."
    ),
    (
      "seed:1 seed:2 --at 0:1:-0.1",
      "--at: '0:1:-0.1' does not come to its end; write START:END:STEP, as in 0:1:0.1."
    ),
    (
      "seed:1 seed:2 --at 0:1:0.3",
      "--at: '0:1:0.3' leaves out its end, since the step does not divide the range; a step of 0.25 does."
    ),
    ("seed:1 seed:2 --at 0,0.5,0.5", "--at: '0.5' stands there twice. Keep one of them."),
    ("seed:1 seed:2 --at 0:1:0.000001", "--at: that is more than 100,000 stills. Ask for fewer."),
    (
      "seed:1 seed:2 --at 0.5 --seconds 1",
      "--at: can't be used together with --seconds. Leave out --at or --seconds."
    ),
    (
      "seed:1 seed:2 --at 0.5 -o x.mp4",
      "--output: 'at' can't make a video. Use a folder with / at the end (single pictures) or .png (a grid)."
    ),
    ("seed:1 seed:2 --frames 8,9", "--frames: 2 values for 1 transition. Give one."),
    (
      "seed:1 seed:2 seed:3 --frames 8,9,10",
      "--frames: 3 values for 2 transitions. Give one for all of them, or one each."
    ),
    (
      "seed:1 seed:2 --frames 8 --seconds 1",
      "--frames: can't be used together with --seconds. Leave out --frames or --seconds."
    ),
    (
      "seed:1 seed:2 --crf -1", "--crf: '-1' is not possible; use a whole number from 0 to 51."
    ),
    (
      "seed:1 seed:2 -o ~/x.mp4",
      "--output: '~/x.mp4' is not possible; use a path without ~ and $, which only a shell knows."
    ),
    ("seed:1 seed:2 --crf 52", "--crf: '52' is not possible; use a whole number from 0 to 51."),
    (
      "seed:1 seed:2 --preset fats",
      "--preset: 'fats' is not possible; use ultrafast, superfast, veryfast, faster, fast, medium, slow, slower, veryslow or placebo."
    ),
    (
      "seed:1 seed:2 --columns 3",
      "--columns: a grid setting does nothing for a video. Leave it out, or name another output."
    ),
  ])
  func `has an option of morph that can't be`(_ options: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(message, code: 2, "morph -m tiny \(options)")
    }
  }

  @Test(arguments: ["face.png seed:2 --dissolve 1", "sample --dissolve=1", "run job.yaml --dissolve"])
  func `has an option that is gone`(_ line: String) async throws {
    try await withCommandFolder {
      try $0.expectError(
        "--dissolve is gone: morphs of photos now begin and end on the photos themselves; see --detail.",
        code: 2, line)
    }
  }

  @Test func `asks a command for what it can't make`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(
        "--output: 'align' can't make a video. Use a folder with / at the end (single pictures) or .png (a grid).",
        code: 2, "align face.png -m tiny -o out.mp4")
      try folder.expectError(
        "--output: 'reconstruct' can't make single pictures. Use .png (a grid).", code: 2,
        "reconstruct face.png -m tiny -o out/")
    }
  }
}
