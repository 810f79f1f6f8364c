internal import TestSupport
internal import Testing

@testable import MorphKit

/// A place for results in a folder, and runs that make them of made-up frames, in the steps of `render`.
struct Bench: Sendable {
  enum Kind: CaseIterable, Sendable {
    case file
    case folder
    case pattern
  }

  let folder: String
  let kind: Kind

  static let first = String(repeating: "1a", count: 32)
  static let second = String(repeating: "2b", count: 32)

  var place: ResultPlace {
    get throws {
      switch kind {
      case .file: return ResultPlace(path: "\(folder)/x.mp4", shape: .file)
      case .folder: return ResultPlace(path: "\(folder)/x", shape: .folder)
      case .pattern:
        let path = "\(folder)/x_####.png"
        return ResultPlace(path: path, shape: .pattern(try #require(try FramePattern(path))))
      }
    }
  }

  func work(_ identity: String = first, overwrites: Bool = false) throws -> WorkFolder {
    WorkFolder(place: try place, identity: identity, overwrites: overwrites)
  }

  /// Where the run of an identity makes its result.
  func parts(_ identity: String = first) throws -> String { try "\(place.partsPath)/\(identity.prefix(16))" }

  /// Makes the result of an identity in a temporary file or folder, as a sink does.
  func make(_ identity: String, frames: Int, at temporary: String) throws {
    guard kind != .file else { return try write("\(identity) \(frames)", to: temporary) }
    for frame in 0..<frames {
      try write("\(identity) \(frame)", to: "\(temporary)/x_\(padded(frame, to: 4)).png")
    }
  }

  func record(_ identity: String, digest: String, frames: Int) -> RunRecord {
    RunRecord(
      identity: identity, job: JobFacts(command: "sample", model: "m", width: 8, height: 8, output: "png"),
      model: .init(name: "m", path: "../m"), inputs: [.init(path: "../ada.jpg", sha256: "ab")],
      photos: [.init(input: 0, psnr: 24.125, ssim: 0.875)],
      result: .init(name: "x", sha256: digest, frames: frames, width: 8, height: 8), started: "now",
      secondsTaken: 0.1)
  }

  /// Runs as `render` does; returns whether the result was made, and not found or taken up.
  @discardableResult
  func run(_ identity: String = first, frames: Int = 3, overwrites: Bool = false) throws -> Bool {
    let work = try work(identity, overwrites: overwrites)
    if try work.finished() ?? work.resumed() != nil { return false }
    try work.checkPlace(frameCount: frames)
    try work.open()
    var isNew = false
    var piece = try work.keptResult()
    if piece == nil {
      let temporary = work.temporaryPath()
      try make(identity, frames: frames, at: temporary)
      piece = try work.keep(temporary)
      isNew = true
    }
    let kept = try #require(piece)
    try work.publish(kept.path, with: record(identity, digest: kept.digest, frames: frames))
    return isNew
  }

  /// Stops a run when its piece is kept, and its record too if asked; returns the piece.
  func interruptedRun(_ identity: String = first, frames: Int = 3, withRecord: Bool) throws -> String {
    let work = try work(identity)
    try work.open()
    let temporary = work.temporaryPath()
    try make(identity, frames: frames, at: temporary)
    let kept = try work.keep(temporary)
    if withRecord {
      try write(
        try record(identity, digest: kept.digest, frames: frames).json(), to: "\(parts(identity))/record.json"
      )
    }
    work.leave()
    return kept.path
  }

  /// Everything in the folder with its content, by path, but for records' times and digests.
  func everything() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try names(in: folder) {
      let path = "\(folder)/\(name)"
      if MorphKit.kind(ofPath: path) == .folder {
        for inner in try names(in: path) {
          found["\(name)/\(inner)"] = String(decoding: try contents("\(path)/\(inner)"), as: UTF8.self)
        }
      } else {
        found[name] = String(decoding: try contents(path), as: UTF8.self)
      }
    }
    return found
  }

  /// What an undisturbed run leaves.
  func expected(_ identity: String = first, frames: Int = 3) async throws -> [String: String] {
    try await withTemporaryFolder { folder in
      let other = Bench(folder: folder, kind: kind)
      try other.run(identity, frames: frames)
      return try other.everything()
    }
  }
}

/// Calls `body` with a bench in a new folder.
func withBench<Result>(_ kind: Bench.Kind, _ body: (Bench) async throws -> Result) async throws -> Result {
  try await withTemporaryFolder { try await body(Bench(folder: $0, kind: kind)) }
}
