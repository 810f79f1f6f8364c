internal import Foundation
internal import TestSupport
internal import Testing

struct `Commands of latents` {
  @Test(arguments: [
    (
      "morph seed:1 seed:2 --latent median", "--latent: 'median' is not possible; use mean or sample."
    ),
    (
      "morph face.png seed:2 --latent sample --noise-seed -1",
      "--noise-seed: '-1' is not possible; use a whole number from 0 to 4294967295."
    ),
    (
      "reconstruct face.png --noise-seed 1",
      "--noise-seed: does nothing without --latent sample. Add that, or leave this out."
    ),
    ("sample --temperature 11", "--temperature: '11' is not possible; use a number from 0 to 10."),
    ("sample --trunc hot", "--temperature: 'hot' is not possible; use a number from 0 to 10."),
    (
      "morph face.png face.png --temperature 2",
      "--temperature: does nothing without a random face like seed:42. Add that, or leave this out."
    ),
    (
      "morph face.png face.png --rng torch",
      "--rng: does nothing without a random face like seed:42 or a sample of a photo. Add that, or leave this out."
    ),
    (
      "morph seed:1 seed:2 --latent sample",
      "--latent: does nothing without a photo. Add that, or leave this out."
    ),
    ("sample --rng numpi", "--rng: 'numpi' is not possible; use numpy or torch."),
    (
      "sample --prior face.png",
      "--prior: 'face.png' is not possible; use a file of latents that ends in .npy, .npz or .safetensors."
    ),
    (
      "direction --with faces.npy --without faces.npy --method svm",
      "--method: 'svm' is not possible; use mean or linear."
    ),
    (
      "direction --with empty --without faces.npy",
      "--with: the folder 'empty' holds no photo. Check its name, and the endings of what is in it."
    ),
    (
      "encode face.png -o x.png",
      "--output: 'encode' can't make a PNG grid. Use .safetensors or .npy (latents)."
    ),
    ("encode face.png --size 64", "Unknown option '--size'"),
    (
      "average face.png -o x.npy --size 64",
      "--size: a picture's size does nothing for a file of latents. Leave it out, or name another output."
    ),
    (
      "decode face.png",
      "face.png: is no file of latents; those end in .npy, .npz or .safetensors."
    ),
    ("average", "Missing expected argument '<photo> ...'"),
    ("direction --with faces.npy", "Missing expected argument '--without <folder>'"),
  ])
  func `that make no sense are told so`(_ line: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.makeFolder("empty")
      try folder.expectError(message, code: 2, line + " -m tiny")
    }
  }

  @Test(arguments: [
    ("decode gone.npy", "gone.npy: no such file. Check the name."),
    ("decode faces.npy:4-5", "faces.npy: has no row 5: it has the rows 0 to 4."),
    (
      "decode stored.npz",
      "stored.npz: holds 2 arrays: 'a' and 'b'. Say which one, as in FILE:a."
    ),
    (
      "sample --prior stored.npz:b", "stored.npz: has one row; a prior needs two at least. Encode more faces."
    ),
    (
      "direction --with face.png --without faces.npy --method linear",
      "with: only one face is left, and 5 are needed. Name photos that show a face."
    ),
  ])
  func `that name what can't be used are told so`(_ line: String, _ message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.copy(fixture("latents/stored.npz"), to: "stored.npz")
      try folder.expectError(message, code: 1, line + " -m tiny -q")
    }
  }

  @Test func `a sum in quotes is a keyframe; without quotes it is told what the shell did`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/one-dimensional.npy"), to: "smile.npy")
      let sum = ["morph", "face.png", "face.png + 0.01 * smile.npy", "-m", "tiny", "-q", "--frames", "3"]
      let result = try folder.facewalk(sum)
      #expect(result.output == "face-face+smile.mp4\n", "\(result.errors)")
      try folder.expectError(
        "+: '+' stands alone. A sum needs quotes around it, as in \"ada.jpg + 1.5 * smile.npy\"; without them the "
          + "shell puts the names of all files in the place of *.",
        code: 2, "morph face.png + 0.01 face.png smile.npy tiny smile.npy -m tiny")
      try folder.expectError(
        "face.png + seed:x: column 12: 'x' is not a seed. A keyframe takes one, from 0 to 4294967295, as in seed:42.",
        code: 2, ["morph", "face.png + seed:x", "seed:1", "-m", "tiny"])
    }
  }

  @Test(arguments: ["mean", "linear"])
  func `a direction between faces of one mean is refused`(method: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.expectError(
        "with: their mean is that of 'without' too, so nothing leads from one to the other. Name other faces.",
        code: 1, "direction --with faces.npy --without faces.npy --method \(method) -m tiny -q -o d.npy")
    }
  }

  @Test func `a sum that begins with a dash is a keyframe`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      for (number, line) in [
        ["-1 * seed:3", "seed:1"], ["morph", "--loop", "-1 * seed:3", "seed:1"],
        ["average", "seed:2", "-1.5 * seed:3"],
      ].enumerated() {
        let result = try folder.facewalk(line + ["-m", "tiny", "-q", "-o", "\(number).png"])
        #expect(result.output == "\(number).png\n", "\(result.errors)")
      }
      try folder.expectError(
        "- face.png: column 1: nothing stands before '-'. Put a photo, a seed or a file of latents there, or write -1 * instead.",
        code: 2, ["morph", "seed:1", "- face.png", "-m", "tiny", "-o", "x.png"])
      try folder.expectError(
        "1,5 * face.png: column 1: '1,5' is no number here. Write it with a point: 1.5.",
        code: 2, ["morph", "seed:1", "1,5 * face.png", "-m", "tiny", "-o", "x.png"])
    }
  }

  @Test(arguments: [
    "face.png+seed:1", "2*face.png", "(face.png", "face.png – smile.npy", "face.png-smile.jpg",
    "face.png / 2",
  ])
  func `a name that looks like a sum gets told how sums are written`(keyframe: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.expectError(
        "\(keyframe): no such file. Check the name. A sum has a space on both sides of +, - and *, no / and no parentheses: \"ada.jpg + 1.5 * smile.npy\".",
        code: 1, ["morph", "seed:1", keyframe, "-m", "tiny", "-o", "x.png"])
    }
  }

  @Test(arguments: [
    ("encode seed:3", "seed:3: is no photo. Name a file like ada.jpg."),
    ("reconstruct seed:3", "seed:3: is no photo. Name a file like ada.jpg."),
    ("decode face.png", "face.png: is no file of latents; those end in .npy, .npz or .safetensors."),
    (
      "average empty/",
      "empty/: the folder 'empty' holds no photo. Check its name, and the endings of what is in it."
    ),
    ("morph seed:1 SEED:1", "SEED:1: 'SEED:1' is not possible; use small letters, as in seed:1."),
    (
      "morph seed:1 face.png#ALL",
      "face.png#ALL: 'face.png#ALL' is not possible; use small letters, as in family.jpg#all."
    ),
  ])
  func `a word of another kind is told what is meant`(line: String, message: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("empty")
      try folder.expectError(message, code: 2, line + " -m tiny")
    }
  }

  @Test func `a linear direction tells its held-out accuracy`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "faces.npy")
      try folder.copy(fixture("latents/packed.npz"), to: "packed.npz")
      let result = try folder.facewalk(
        words(of: "direction --with faces.npy --without packed.npz:c --method linear -m tiny -o d.npy"))
      #expect(result.errorLines.contains { $0.hasPrefix("held-out accuracy: ") && $0.hasSuffix(" %") })
      #expect(result.output == "d.npy\n")
      try folder.write("mine", to: "e.npy")
      try folder.expectError(
        "e.npy: exists already and is something else. Use --overwrite to replace it, or give the result another name.",
        code: 1, "direction --with faces.npy --without packed.npz:c -m tiny -o e.npy")
    }
  }
}

/// Runs the commands of the guides, with the tiny model in the place of the default one.
struct `Guides to latents` {
  @Test(arguments: ["mixing", "smile", "latent-files"])
  func `show commands that run`(guide: String) async throws {
    try await withCommandFolder { folder in
      let home = folder.path("home")
      try folder.makeFolder("home/Models")
      try folder.copy(fixture("tiny"), to: "home/Models/portraits-128")
      for name in ["ada", "grace", "family"] {
        try folder.copy(fixture("checked/check.png"), to: "\(name).jpg")
      }
      for kind in ["smiling", "serious"] {
        try folder.makeFolder(kind)
        for number in 0..<5 {
          if kind == "smiling" {
            try folder.copy("\(folder.path)/ada.jpg", to: "\(kind)/\(number).jpg")
          } else {
            try folder.write(PictureBytes.blackPNG(width: 32, height: 32), to: "\(kind)/\(number).jpg")
          }
        }
      }
      try folder.copy(fixture("numpy/float32.npy"), to: "walk.npy")
      let text = try String(contentsOfFile: "\(packageFolder)/Documentation/\(guide).md", encoding: .utf8)
      let blocks = text.components(separatedBy: "```")
      let lines = stride(from: 1, to: blocks.count, by: 2).flatMap { blocks[$0].split(separator: "\n") }
      let commands = lines.filter { $0.hasPrefix("facewalk ") }.map(String.init)
      #expect(commands.count >= 3)
      for command in commands {
        let result = try folder.facewalk(
          shellWords(of: command), environment: ["FACEWALK_HOME": home])
        #expect(result.ending == .exited(0), "\(command): \(result.errors)")
      }
    }
  }

  /// The words of a line after the first, quotes and comments as a shell reads them.
  private func shellWords(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for letter in line {
      if letter == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if letter == "#", word == nil, !isQuoted {
        break
      } else if letter == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(letter)
      }
    }
    return Array((words + [word].compactMap(\.self)).dropFirst())
  }
}
