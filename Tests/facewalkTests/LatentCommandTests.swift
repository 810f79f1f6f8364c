internal import Foundation
internal import TestSupport
internal import Testing

struct `Commands of latents` {
  @Test(arguments: [
    (
      "morph seed:1 seed:2 --latent median", "--latent: 'median' is not possible; use mean or sample."
    ),
    (
      "morph seed:1 seed:2 --latent sample --noise-seed -1",
      "--noise-seed: '-1' is not possible; use a whole number from 0 to 4294967295."
    ),
    (
      "reconstruct face.png --noise-seed 1",
      "--noise-seed: does nothing without --latent sample. Add that, or leave this out."
    ),
    ("sample --temperature 11", "--temperature: '11' is not possible; use a number from 0 to 10."),
    ("sample --trunc hot", "--temperature: 'hot' is not possible; use a number from 0 to 10."),
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
      "--with: no file fits 'empty/*.jpg'. Check the folder and the ending."
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
      "face.png: 'latents' must be files of latents, which end in .npy, .npz or .safetensors."
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
    ("decode faces.npy:4-5", "faces.npy: has no row 5: it has 5, counted from 0."),
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
        "face.png + seed:x: column 12: 'x' is not a seed. Write seeds as 1,2,5-10, each from 0 to 4294967295.",
        code: 2, ["morph", "face.png + seed:x", "seed:1", "-m", "tiny"])
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
        for number in 0..<5 { try folder.copy("\(folder.path)/ada.jpg", to: "\(kind)/\(number).jpg") }
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
