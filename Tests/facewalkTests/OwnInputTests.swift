internal import TestSupport
internal import Testing

struct `A file that a job reads` {
  @Test(arguments: [
    ("face.png seed:1", "face.png"), ("face.png seed:1", "./face.png"),
    ("pictures/x_0.png seed:1", "pictures/x_%d.png"),
    ("pictures/x_0.png seed:1", "pictures/"),
  ])
  func `never becomes its result`(keyframes: String, output: String) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.makeFolder("pictures")
      try folder.copy(folder.path("face.png"), to: "pictures/x_0.png")
      let before = try folder.bytes("face.png")
      let input = String(keyframes.split(separator: " ")[0])
      try folder.expectError(
        "\(input): is read by this job, so its result can't take that place. Give the result another name.",
        code: 1, "\(keyframes) -m tiny -o \(output) --frames 2 --no-align -y -q")
      #expect(try folder.bytes("face.png") == before)
      #expect(folder.names().filter { $0.hasPrefix("pictures") } == ["pictures", "pictures/x_0.png"])
    }
  }

  @Test func `of latents neither`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.copy(fixture("numpy/float32.npy"), to: "z.npy")
      let before = try folder.bytes("z.npy")
      try folder.expectError(
        "z.npy: is read by this job, so its result can't take that place. Give the result another name.",
        code: 1, "average z.npy -m tiny -o z.npy -y -q")
      #expect(try folder.bytes("z.npy") == before)
    }
  }
}
