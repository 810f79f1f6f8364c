internal import TestSupport
internal import Testing

struct `A photo that can't be used` {
  @Test(arguments: [
    ("no such file. Check the name.", "gone.jpg"),
    ("is empty. Copy the picture again.", "empty.jpg"),
    ("is not a regular file. Give the name of a picture.", "pipe.jpg"),
    ("is not a regular file. Give the name of a picture.", "folder"),
    ("is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF.", "text.jpg"),
    ("is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF.", "matrix.jpg"),
    ("is cut off: the file ends before the picture does. Copy it again.", "cut.png"),
    ("has 30000 × 30000 pixels; 200 million are the most. Save it smaller.", "huge.png"),
  ])
  func `is named, with what to do`(_ message: String, _ name: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      switch name {
      case "empty.jpg": try folder.write("", to: name)
      case "pipe.jpg": folder.makePipe(name)
      case "folder": try folder.makeFolder(name)
      case "text.jpg": try folder.write("Dear Ada,\n", to: name)
      case "matrix.jpg": try folder.write("3 2\n1 2 3\n4 5 6\n", to: name)
      case "cut.png": try folder.write(firstHalf(of: folder.bytes("face.png")), to: name)
      case "huge.png": try folder.write(PictureBytes.blackPNG(width: 30_000, height: 30_000), to: name)
      default: break
      }
      for command in [
        "face.png \(name) -o out.mp4", "reconstruct \(name) -o out.png", "align \(name) -o out/",
      ] {
        try folder.expectError("\(name): \(message)", code: 1, "\(command) -m tiny -q")
      }
    }
  }

  @Test func `shows no face`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel("tiny-aligned")
      try folder.expectError(
        "face.png: shows no face. Crop the photo closer to the face, or use --no-align if it is a crop already.",
        code: 1, "face.png seed:1 -m tiny-aligned -o out.mp4 -q")
      try folder.expectResult("out.mp4", "face.png seed:1 -m tiny-aligned -o out.mp4 --no-align -q")
    }
  }
}

struct `A latent file that can't be used` {
  @Test func `is named, with what to do`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/int64.npy"), to: "integers.npy")
      try folder.copy(fixture("numpy/object.npy"), to: "objects.npy")
      try folder.write(PictureBytes.zeros(shape: "3, 10", count: 30), to: "narrow.npy")
      try folder.write(PictureBytes.zeros(shape: "3, 192", count: 576), to: "good.npy")
      try folder.write(PictureBytes.zeros(shape: "3, 192", count: 500), to: "cut.npy")
      try folder.write("Dear Ada,\n", to: "text.npy")
      for (keyframe, message) in [
        ("narrow.npy:0", "narrow.npy: holds 3 × 10; this model needs rows of 192."),
        ("integers.npy:0", "integers.npy: holds numbers of type '<i8'. Save it as float32 or float64."),
        (
          "objects.npy:0",
          "objects.npy: holds Python objects, which are never loaded. Save an array of float32."
        ),
        ("good.npy:3", "good.npy: has no row 3: it has the rows 0 to 2."),
        ("good.npy:1-3", "good.npy: has no row 3: it has the rows 0 to 2."),
        ("cut.npy:0", "cut.npy: is cut off: 2000 bytes of numbers where 2304 should be. Save it again."),
        ("text.npy:0", "text.npy: is not a NumPy file. Save latents with numpy.save."),
        ("gone.npy:0", "gone.npy: no such file. Check the name."),
      ] {
        try folder.expectError(message, code: 1, "\(keyframe) seed:1 -m tiny -o out.mp4 -q")
      }
      try folder.expectResult("out.png", "good.npy:2 seed:1 -m tiny -o out.png -q")
    }
  }
}

private func firstHalf(of bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(bytes.count / 2)) }
