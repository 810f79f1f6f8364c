internal import Foundation
internal import TestSupport
internal import Testing
internal import VideoFiles

@testable import MorphKit

struct `Equal jobs` {
  private typealias Renders = TestRenders

  static let outputs = ["x.mp4", "x.png", "x", "x_####.png"]

  private func format(_ output: String) throws -> MorphJob.Format {
    switch fileEnding(output) {
    case ".mp4": return .video(.init(preset: "veryfast"))
    case "": return .frames(.folder)
    default:
      let pattern = try FramePattern(output)
      return pattern.map { .frames(.pattern($0)) } ?? .grid(.init(columns: 5))
    }
  }

  /// Every file of a folder, but for records.
  private func results(in folder: String) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try names(in: folder) where !name.hasSuffix(".json") {
      let path = "\(folder)/\(name)"
      if kind(ofPath: path) == .folder {
        for (inner, bytes) in try results(in: path) {
          found["\(name)/\(inner)"] = bytes
        }
      } else {
        found[name] = try contents(path)
      }
    }
    return found
  }

  @Test(arguments: outputs)
  func `give equal bytes, whatever the threads`(output: String) async throws {
    var first: [String: [UInt8]] = [:]
    for threads in [1, 2, 1, nil] {
      try await withTemporaryFolder { folder in
        let path = "\(folder)/\(output)"
        let content = Renders.morph([.seed(1), .seed(2), .seed(3)], frames: 9, 8)
        #expect(
          try await Renders.run(Renders.job(content, to: path, format(path)), threads: threads).isNew)
        let found = try results(in: folder)
        #expect(!found.isEmpty)
        if first.isEmpty { first = found }
        #expect(found == first)
      }
    }
  }

  @Test(arguments: outputs)
  func `are up to date the second time`(output: String) async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/\(output)"
      let job = Renders.job(Renders.morph([.seed(1), .seed(2)], frames: 3), to: path, try format(path))
      let first = try await Renders.run(job)
      let record = try contents(path + ".json")
      let log = EventLog()
      let second = try await render(job, options: Renders.options(threads: 2, overwrites: true)) {
        log.note($0)
      }
      #expect(first.isNew && !second.isNew)
      #expect((second.path, second.frameCount) == (path, 4))
      #expect(log.events.isEmpty)
      #expect(try contents(path + ".json") == record)
    }
  }

  @Test func `that run at once all end well, and leave one result`() async throws {
    try await withTemporaryFolder { folder in
      let path = "\(folder)/x.mp4"
      let job = Renders.job(Renders.morph([.seed(1), .seed(2)], frames: 30), to: path, try format(path))
      let results = try await withThrowingTaskGroup(of: RenderResult.self) { group in
        for _ in 0..<4 {
          group.addTask { try await Renders.run(job) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.allSatisfy { $0.path == path && $0.frameCount == 31 })
      #expect(results.contains { $0.isNew })
      #expect(try names(in: folder) == ["x.mp4", "x.mp4.json"])
      let record = try #require(Renders.record(of: path))
      #expect(try sha256(ofFile: path) == record.result.sha256)
    }
  }

  @Test func `are equal by what photos hold, not by their names`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["a", "b"] {
        try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/\(name).png")
        let content = Renders.morph([.photo(.init(path: "\(folder)/\(name).png")), .seed(1)], frames: 3)
        try await Renders.run(Renders.job(content, to: "\(folder)/\(name).mp4", .video(.init())))
      }
      #expect(
        Renders.record(of: "\(folder)/a.mp4")?.identity == Renders.record(of: "\(folder)/b.mp4")?.identity)
      #expect(try contents("\(folder)/a.mp4") == contents("\(folder)/b.mp4"))
    }
  }

  @Test func `name themselves in their results, and no file`() async throws {
    try await withTemporaryFolder { folder in
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/secret.png")
      try write(npy(Latent(seed: 1, dimension: 192).values, shape: [192]), to: "\(folder)/hidden.npy")
      let content = Renders.morph(
        [.photo(.init(path: "\(folder)/secret.png")), .latent(file: "\(folder)/hidden.npy", row: nil)],
        frames: 2)
      for output in ["x.mp4", "x.png", "x"] {
        let path = "\(folder)/\(output)"
        try await Renders.run(Renders.job(content, to: path, format(path)))
        let comment =
          switch output {
          case "x.mp4": try VideoReader(opening: path).facts.comment
          case "x.png": try Renders.comment(ofPNG: path)
          default: try Renders.comment(ofPNG: "\(path)/frame_000001.png")
          }
        let text = try #require(comment)
        #expect(
          !text.contains("secret") && !text.contains("hidden") && !text.contains(folder)
            && !text.contains("\n"))
        struct Comment: Decodable {
          var facewalk: String
          var identity: String
          var job: JobFacts
        }
        let read = try JSONDecoder().decode(Comment.self, from: Data(text.utf8))
        let record = try #require(Renders.record(of: path))
        #expect(read.facewalk == facewalkVersion)
        #expect(read.identity == record.identity)
        #expect(read.job == record.job)
        #expect(try read.job.identity() == read.identity)
      }
    }
  }
}
