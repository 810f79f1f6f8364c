internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A pattern of file names` {
  private func files(_ pattern: String, in folder: String) throws(SettingProblem) -> [String] {
    try FilePattern(pattern).files(from: folder)
  }

  @Test(arguments: [
    ("*.jpg", "ada.jpg", true), ("*.jpg", ".jpg", true), ("*.jpg", "ada.jpeg", false),
    ("a?a*", "ada.jpg", true),
    ("a?a", "aa", false), ("*a*a*b", "aaaaaaaaaaaaaaaaaaaab", true),
    ("*a*a*b", "aaaaaaaaaaaaaaaaaaaac", false),
    ("?", "é", true), ("**", "", true), ("", "", true), ("[a].jpg", "[a].jpg", true),
    ("[a].jpg", "a.jpg", false),
  ])
  func `stands for a name, or not`(pattern: String, name: String, fits: Bool) {
    #expect(name.fits(pattern) == fits)
  }

  @Test func `gives files in natural order, as seen from the folder`() async throws {
    try await withTemporaryFolder { folder in
      for name in [
        "10.jpg", "2.jpg", "x.png", ".hidden.jpg", "deep/1.jpg", "deep/er/3.jpg", "deep/.git/4.jpg",
      ] {
        try write("x", to: "\(folder)/faces/\(name)")
      }
      try write("x", to: "\(folder)/faces/folder.jpg/inner.jpg")
      #expect(try files("faces/*.jpg", in: folder) == ["faces/2.jpg", "faces/10.jpg"])
      #expect(try files("faces/.*.jpg", in: folder) == ["faces/.hidden.jpg"])
      #expect(try files("faces/2.jpg", in: folder) == ["faces/2.jpg"])
      #expect(try files("../faces/?.jpg", in: folder + "/faces") == ["../faces/2.jpg"])
      #expect(try files("\(folder)/*/10.jpg", in: "/elsewhere") == ["\(folder)/faces/10.jpg"])
      #expect(
        try files("**/*.jpg", in: folder + "/faces")
          == ["2.jpg", "10.jpg", "deep/1.jpg", "deep/er/3.jpg", "folder.jpg/inner.jpg"])
      #expect(try files("**/er/**/*.jpg", in: folder) == ["faces/deep/er/3.jpg"])
    }
  }

  @Test func `goes through links to files and named folders, and round no circle`() async throws {
    try await withTemporaryFolder { folder in
      try write("x", to: "\(folder)/a/1.jpg")
      try makeLink("\(folder)/a/again", to: folder)
      try makeLink("\(folder)/2.jpg", to: "\(folder)/a/1.jpg")
      try makeLink("\(folder)/3.jpg", to: "\(folder)/nowhere")
      #expect(try files("**/*.jpg", in: folder) == ["2.jpg", "a/1.jpg"])
      #expect(try files("*/*/2.jpg", in: folder) == ["a/again/2.jpg"])
    }
  }

  @Test func `that fits nothing is an error`() async throws {
    try await withTemporaryFolder { folder in
      for pattern in ["*.jpg", "gone/*.jpg", "gone.jpg", ".", "", "**"] {
        #expect(throws: SettingProblem.noFileFits(pattern)) { try files(pattern, in: folder) }
      }
    }
  }
}
