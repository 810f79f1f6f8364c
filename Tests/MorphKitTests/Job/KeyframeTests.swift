internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Keyframe in words` {
  private func problem(_ text: String) -> SettingProblem? {
    #expect(throws: SettingProblem.self) { try Keyframe(parsing: text, from: "/proc/nowhere") }
  }

  @Test(arguments: [
    ("ada.jpg", Keyframe.photo(.init(path: "/proc/nowhere/ada.jpg"))),
    ("faces/ada.jpg", .photo(.init(path: "/proc/nowhere/faces/ada.jpg"))),
    ("/faces/ada.jpg", .photo(.init(path: "/faces/ada.jpg"))),
    ("family.jpg#2", .photo(.init(path: "/proc/nowhere/family.jpg", face: 2))),
    ("family#3.jpg#2", .photo(.init(path: "/proc/nowhere/family#3.jpg", face: 2))),
    ("family#b.jpg", .photo(.init(path: "/proc/nowhere/family#b.jpg"))),
    ("seed:0", .seed(0)), ("seed:42", .seed(42)), ("seed:4294967295", .seed(.max)),
    ("seeds:1", .photo(.init(path: "/proc/nowhere/seeds:1"))),
    ("z.npy", .latent(file: "/proc/nowhere/z.npy", row: nil)),
    ("z.npy:3", .latent(file: "/proc/nowhere/z.npy", row: 3)),
    ("a.npy:b.npy:0", .latent(file: "/proc/nowhere/a.npy:b.npy", row: 0)),
    ("noon 12:30.jpg", .photo(.init(path: "/proc/nowhere/noon 12:30.jpg"))),
  ])
  func `is a photo, a face in a photo, a seed or a row`(text: String, keyframe: Keyframe) throws {
    #expect(try Keyframe(parsing: text, from: "/proc/nowhere") == keyframe)
  }

  @Test(arguments: [
    ("seed:", SettingProblem.notOneSeed("")), ("seed:x", .notOneSeed("x")), ("seed:-1", .notOneSeed("-1")),
    ("seed: 1", .notOneSeed(" 1")), ("seed:4294967296", .notOneSeed("4294967296")),
    ("z.npy:", .value("z.npy:", allowed: "the number of a row, counted from 0, as in z.npy:0")),
    ("z.npy:-1", .value("z.npy:-1", allowed: "the number of a row, counted from 0, as in z.npy:0")),
    (
      "a.jpg#0",
      .value("a.jpg#0", allowed: "the number of a face, counted from 1 from the left, as in a.jpg#1")
    ),
    (
      "a.jpg#", .value("a.jpg#", allowed: "the number of a face, counted from 1 from the left, as in a.jpg#1")
    ),
    (
      "a.jpg#99999999999",
      .value(
        "a.jpg#99999999999", allowed: "the number of a face, counted from 1 from the left, as in a.jpg#1")
    ),
  ])
  func `is refused with the part that can't be`(text: String, problem: SettingProblem) {
    #expect(self.problem(text) == problem)
  }

  @Test func `a file of exactly that name wins over every other reading`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["seed:5", "seed:x", "a#2", "z.npy:7", "b.jpg#"] {
        try write("", to: "\(folder)/\(name)")
        #expect(
          try Keyframe(parsing: name, from: folder) == .photo(PhotoReference(path: "\(folder)/\(name)")))
      }
      // But of the file's own name with something behind it, the usual reading holds.
      #expect(
        try Keyframe(parsing: "a#2#1", from: folder)
          == .photo(PhotoReference(path: "\(folder)/a#2", face: 1)))
      try write("", to: "\(folder)/w.npy")
      #expect(try Keyframe(parsing: "w.npy:7", from: folder) == .latent(file: "\(folder)/w.npy", row: 7))
    }
  }

  @Test func `names results after itself`() {
    #expect(Keyframe.photo(.init(path: "faces/ada.b.jpg")).stem == "ada.b")
    #expect(Keyframe.photo(.init(path: "family.jpg", face: 2)).stem == "family-2")
    #expect(Keyframe.seed(42).stem == "seed42")
    #expect(Keyframe.latent(file: "a/z.npy", row: 3).stem == "z-3")
    #expect(Keyframe.latent(file: "a/z.npy", row: nil).stem == "z")
  }
}
