internal import Foundation
internal import TestSupport
internal import Testing

/// The command lines of the guides, with the default model and the faces that the job files use.
struct `The guides` {
  static let pages = ["timing", "loops", "even-pace", "stills", "grids", "inside", "evaluation", "detail"]

  /// Every line of a page that starts with the command, without its comment.
  static func lines(of page: String) throws -> [String] {
    let text = try String(contentsOfFile: "\(packageFolder)/Documentation/\(page).md", encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("facewalk ") }.map { line in
      let words = line.split(separator: " # ")[0].dropFirst("facewalk ".count)
      return words.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test(arguments: pages) func `show lines that do what they say`(_ page: String) async throws {
    let lines = try Self.lines(of: page)
    #expect(!lines.isEmpty)
    // One cache, so that the model is checked once.
    try await withTemporaryFolder { cache in
      for line in lines {
        try await withCommandFolder { folder in
          try folder.makeFolder("photos")
          for name in ["ada.jpg", "grace.jpg", "katherine.jpg"] {
            for copy in [name, "photos/\(name)"] {
              try folder.copy("\(packageFolder)/Pipelines/faces/\(name)", to: copy)
            }
          }
          // The plan of a job file is one of the things that are shown.
          try folder.write(
            "morph:\n  keyframes: [ada.jpg, {photo: grace.jpg, hold: 1}, katherine.jpg]\noutput: walk.mp4\n",
            to: "walk.yaml")
          // Labels of a text file.
          try folder.write("1843\n1952\n1969\n", to: "years.txt")
          let isRender = ["plan", "evaluate"].allSatisfy { !line.hasPrefix($0) }
          let result = try folder.facewalk(
            words(of: line) + (isRender ? ["-q", "--size", "native"] : []),
            environment: ["XDG_CACHE_HOME": cache])
          #expect(result.ending == .exited(0), "\(line): \(result.errors)")
          #expect(!result.output.isEmpty)
        }
      }
    }
  }
}
