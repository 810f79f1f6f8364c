internal import TestSupport
internal import Testing

struct `Names that try to be more than names` {
  /// A second line, a clearing of the screen, and letters from right to left.
  private let name = "a\n done  b.png: up to date\u{1B}[2J\u{202E}gnp.png"
  private let shown = #"a\n done  b.png: up to date\u{1B}[2J\u{202E}gnp.png"#

  private func withJob(_ body: (CommandFolder) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      try folder.write(
        "model: tiny\nsample: {seeds: 1}\noutput: \"\(#"a\n done  b.png: up to date\e[2J\u202Egnp.png"#)\"\n",
        to: "j.yaml")
      try await body(folder)
    }
  }

  @Test func `are spelt out wherever they are told`() async throws {
    try await withJob { folder in
      #expect(try folder.facewalk("status", "j.yaml").output == "waiting  \(shown): 1 frame\n")
      #expect(try folder.facewalk("run", "-n", "j.yaml").output == "\(shown): new\n")
      let plan = try folder.facewalk("plan", "j.yaml", "j.yaml").output
      #expect(plan.split(separator: "\n").first == "# \(shown)")
      #expect(plan.split(separator: "\n").count == 6)
      let json = try folder.facewalk("status", "--json", "j.yaml").output
      #expect(
        json.contains(#"up to date\u001b[2J\u202egnp.png"#)
          || json.contains(#"up to date\u001B[2J\u202egnp.png"#))
      let missing = try folder.facewalk("verify", name)
      #expect(!missing.errors.contains("\u{1B}") && !missing.errors.contains("\u{202E}"))
    }
  }

  @Test func `are told to the byte as a result's path`() async throws {
    try await withJob { folder in
      let made = try folder.facewalk("run", "j.yaml", "-q")
      #expect(made.output == name + "\n")
      let verified = try folder.facewalk("verify", name)
      #expect(verified.output == "\(shown): as recorded\n")
    }
  }
}
