internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Hostile YAML` {
  private func error(_ yaml: String) -> MorphError? {
    var error: MorphError?
    let time = processorTime {
      error = #expect(throws: MorphError.self) { try job(yaml) }
    }
    #expect(time < hangLimit)
    return error
  }

  @Test(arguments: [
    ("a: &x 1", 1, Character("&")), ("a: 1\nb: *x", 2, "*"), ("&x a: 1", 1, "&"), ("- &x a\n", 1, "&"),
    ("a: [&x 1]", 1, "&"), ("a: {b: *x}", 1, "*"), ("*x : 1", 1, "*"), ("a:\n\n  *x", 3, "*"),
    ("a: 1\r\nb: &x 1\r\n", 2, "&"), ("a: [1,*x]", 1, "*"), ("a: {\"b\":*x}", 1, "*"),
    ("a: !!str &x b", 1, "&"),
    ("\u{FEFF}&x a: 1", 1, "&"), ("--- &x\na: 1", 1, "&"),
    ("morph:\n  keyframes: [*.jpg]", 2, "*"),
  ])
  func `anchors and aliases are refused, with their line`(yaml: String, line: Int, sign: Character) {
    let error = error(yaml)
    #expect(error?.subject == "job.yaml: line \(line)")
    #expect(error?.problem == .setting(.alias(sign)))
  }

  @Test(arguments: ["\"*.jpg\"", "'&x'", "a*b&c.jpg", "Tom & Ada.jpg", "x*"])
  func `signs inside a value do no harm`(name: String) throws {
    let job = try job("model: tiny\nalign: {photos: [\(name)]}\noutput: x/")
    let bare = name.filter { $0 != "\"" && $0 != "'" }
    #expect(job.photos == [PhotoReference(path: bare)])
  }

  @Test func `signs in a comment do no harm`() throws {
    _ = try job("# *All* & everything: &x\n  # - *y\nmodel: tiny\nsample:\noutput: x.png")
  }

  /// A nest of `levels` lists, each nine times the one before: over 9^9 nodes.
  private static let nest =
    ["&a [1,1,1,1,1,1,1,1,1]"]
    + zip("bcdefghi", "abcdefgh").map { name, before in
      "&\(name) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ","))]"
    }

  @Test(arguments: [
    nest.enumerated().map { "k\($0): \($1)" }.joined(separator: "\n") + "\n*i : 1\n",
    "k: [\(nest.joined(separator: ", ")), {*i : 1}]",
    // Hidden behind a number sign that stands in a quoted text of two lines, and so begins no comment.
    "k: [\"\n# \", \(nest.joined(separator: ", ")), {*i : 1}]",
    "k: ['\n# ', \(nest.joined(separator: ", ")), {*i : 1}]",
  ])
  func `a nest of aliases used as a key is refused at once`(yaml: String) {
    guard case .setting(.alias) = error(yaml)?.problem else {
      Issue.record("not refused as an alias")
      return
    }
  }

  @Test(arguments: [
    "? *x\n: 1", "a: {?*x : 1}", "? - a\n: 1", "a: [? b]",
    String(repeating: "{? ", count: 500) + "[" + String(repeating: "1,", count: 400_000) + "]"
      + String(repeating: " : 1}", count: 500),
  ])
  func `a key of several parts is refused at once`(yaml: String) {
    let error = error(yaml)
    #expect(error?.subject == "job.yaml: line 1")
    #expect(
      error?.problem
        == .setting(
          .syntax("a '?' at the start of a word makes a key of several parts; put quotes around the word")))
  }

  @Test func `over a megabyte is not read`() async throws {
    let fits = "# " + String(repeating: "x", count: 999_990) + "\n"
    #expect(error(fits)?.problem == .setting(.emptyFile))
    #expect(error(fits + "# xxxxxxx")?.problem == .setting(.fileTooLarge))
    try await withTemporaryFolder { folder in
      try write(fits + "# xxxxxxx", to: "\(folder)/job.yaml")
      let error = #expect(throws: MorphError.self) {
        try MorphJob(contentsOf: "\(folder)/job.yaml", installation: testInstallation)
      }
      #expect(error?.problem == .setting(.fileTooLarge))
    }
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0x61, 0x3A, 0x20, 0xC3, 0x28], [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80],
      [0xFE, 0xFF, 0, 0x61],
    ] as [[UInt8]])
  func `text that is not UTF-8 is refused`(bytes: [UInt8]) {
    let error = #expect(throws: MorphError.self) {
      try MorphJob(yaml: bytes, name: "job.yaml", folder: ".", installation: testInstallation)
    }
    #expect(error?.subject == "job.yaml")
    #expect(error?.problem == .setting(.syntax("it is not UTF-8 text")))
  }

  @Test func `64 levels are read, and 66 are not`() {
    func nested(_ levels: Int) -> String {
      "k: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    #expect(error(nested(60))?.problem == .setting(.unknownKey("k", nearest: nil)))
    #expect(error(nested(66))?.problem == .setting(.syntax("it is nested too deeply")))
  }

  @Test(arguments: ["[", "{", "{a: ", "[[a, ", "- ", "? ", "- - "], [1_000, 20_000, 150_000])
  func `nesting without end is refused`(text: String, count: Int) {
    let yaml = String(String(repeating: text, count: count).prefix(990_000))
    guard case .setting(.syntax) = error(yaml)?.problem else {
      Issue.record("no syntax error")
      return
    }
  }

  @Test func `each of a hundred thousand settings takes no longer than each of ten thousand`() {
    func time(for count: Int) -> Duration {
      let many = (0..<count).map { "k\($0): 1\n" }.joined()
      return processorTime {
        #expect(error(many)?.problem == .setting(.unknownKey("k0", nearest: nil)))
      }
    }
    // Ten times as many take about ten times as long; compared with each other, they would take a hundred times.
    #expect(time(for: 100_000) < time(for: 10_000) * 40)
  }

  @Test func `2,000 damaged job files give a job or an error, about as fast as sound ones`() throws {
    let sound = Array(
      """
      # Two faces.
      model: tiny
      morph:
        keyframes: [seed:1, {photo: "ada.jpg", face: 2}, 'z.npy:3']
        frames: [3, 4]
        fps: 30000/1001
      output: x.mp4
      """.utf8)
    func read(_ bytes: [UInt8]) {
      do throws(MorphError) {
        _ = try MorphJob(yaml: bytes, name: "job.yaml", folder: ".", installation: testInstallation)
      } catch {
        #expect(error.isWrongUse && !error.description.contains("Error"))
      }
    }
    var random = SeededRandom(seed: 5)
    let damaged = (0..<2_000).map { _ in random.damaged(sound) }
    let soundTime = processorTime { for _ in 0..<200 { read(sound) } }
    let damagedTime = processorTime { for bytes in damaged { read(bytes) } }
    // Ten times as many; a single one that is slow makes them all slow.
    #expect(damagedTime < soundTime * 100)
  }
}
