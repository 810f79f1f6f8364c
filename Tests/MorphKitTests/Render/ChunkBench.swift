internal import TestSupport
internal import Testing

@testable import MorphKit

/// A job of 23 frames in chunks of 5, so the last has 3.
struct ChunkBench: Sendable {
  private typealias Renders = TestRenders

  let folder: String
  let output: String
  static let outputs = ["x.mp4", "x", "x_####.png"]

  var path: String { "\(folder)/\(output)" }

  func job(frames: Int = 22) throws -> MorphJob {
    let format: MorphJob.Format =
      switch output {
      case "x.mp4": .video(.init())
      case "x": .frames(.folder)
      default: .frames(.pattern(try #require(try FramePattern(path))))
      }
    return Renders.job(Renders.morph([.seed(1), .seed(2)], frames: frames), to: path, format)
  }

  func options(_ share: ChunkShare = .all, framesPerChunk: Int = 5) -> RenderOptions {
    var options = Renders.options()
    options.share = share
    options.framesPerChunk = framesPerChunk
    return options
  }

  /// Renders, and returns the result and how many frames were made.
  @discardableResult
  func run(_ share: ChunkShare = .all, framesPerChunk: Int = 5) async throws -> (RenderResult, made: Int) {
    let log = EventLog()
    let result = try await render(
      job(), options: options(share, framesPerChunk: framesPerChunk), reporting: log.note)
    let progress = log.events.filter { if case .progressed = $0 { true } else { false } }
    return (result, progress.count)
  }

  func shard(_ number: Int, of count: Int) async throws -> (RenderResult, made: Int) {
    try await run(.shard(Shard(number, of: count), firstChunk: 0))
  }

  /// The folder of the job's chunks.
  func workFolder(of job: MorphJob? = nil) throws -> String {
    let prepared = try PreparedJob(job ?? self.job(), options: options(), shared: SharedReads())
    return prepared.work.path
  }

  /// The finished chunks, sorted.
  func chunks() throws -> [String] {
    try names(in: workFolder()).filter { PieceName($0) != nil }
  }

  /// Everything that is there, by path, but for the record's times.
  func everything() throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in try names(in: folder) where name != output + ".json" {
      let path = "\(folder)/\(name)"
      if kind(ofPath: path) == .folder {
        for inner in try names(in: path) {
          found["\(name)/\(inner)"] =
            kind(ofPath: "\(path)/\(inner)") == .file ? try contents("\(path)/\(inner)") : []
        }
      } else {
        found[name] = try contents(path)
      }
    }
    return found
  }

  /// What an undisturbed run leaves, its digest being what the record says.
  static func expected(_ output: String) async throws -> [String: [UInt8]] {
    try await withTemporaryFolder { folder in
      let bench = ChunkBench(folder: folder, output: output)
      try await bench.run()
      return try bench.everything()
    }
  }

  func expectFinished(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    #expect(try await everything() == ChunkBench.expected(output), sourceLocation: sourceLocation)
    let record = try #require(RunRecord(atPath: path + ".json"))
    let place = try PreparedJob(job(), options: options(), shared: SharedReads()).work.place
    #expect(try place.digest() == record.result.sha256, sourceLocation: sourceLocation)
    #expect(try !names(in: folder).contains { $0.hasSuffix(".parts") }, sourceLocation: sourceLocation)
  }
}

/// Calls `body` with a bench in a new folder.
func withChunkBench(_ output: String, _ body: (ChunkBench) async throws -> Void) async throws {
  try await withTemporaryFolder { try await body(ChunkBench(folder: $0, output: output)) }
}
