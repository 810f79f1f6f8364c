internal import Foundation
internal import PhotoFiles
internal import Synchronization
internal import TestSupport

@testable import MorphKit

/// Renders with `tiny` and its kin, whose pictures are 32 × 32.
enum TestRenders {
  static func options(threads: Int? = 1, overwrites: Bool = false) -> RenderOptions {
    RenderOptions(
      installation: testInstallation, threads: threads, overwrites: overwrites, loaded: TestModels.loaded)
  }

  @discardableResult
  static func run(_ job: MorphJob, threads: Int? = 1, overwrites: Bool = false) async throws -> RenderResult {
    try await render(job, options: options(threads: threads, overwrites: overwrites))
  }

  static func job(
    _ content: MorphJob.Content, to output: String, _ format: MorphJob.Format, model: String = "tiny"
  ) -> MorphJob {
    MorphJob(
      content: content, model: fixture(model), alignsFaces: true, size: .native,
      output: .init(path: output, format: format))
  }

  static func morph(_ keyframes: [Keyframe], frames: Int...) -> MorphJob.Content {
    .morph(keyframes: keyframes, Timeline(transitionLengths: frames, frameRate: .thirty))
  }

  /// The record beside a result.
  static func record(of output: String) -> RunRecord? { RunRecord(atPath: output + ".json") }

  /// The value of a PNG's text `Comment`.
  static func comment(ofPNG path: String) throws -> String? {
    var rest = try contents(path).dropFirst(8)
    while rest.count >= 12 {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let chunk = rest.dropFirst(4).prefix(4 + length)
      let (type, data) = (String(decoding: chunk.prefix(4), as: UTF8.self), chunk.dropFirst(4))
      if type == "tEXt" || type == "iTXt" {
        let parts = data.split(separator: 0)
        if parts.first.map({ String(decoding: $0, as: UTF8.self) }) == "Comment" {
          return parts.last.map { String(decoding: $0, as: UTF8.self) }
        }
      }
      rest = rest.dropFirst(12 + length)
    }
    return nil
  }

  /// The cell of a sheet of pictures of 32 × 32 with a gap of 2.
  static func cell(_ column: Int, _ row: Int, of sheet: Image) -> Image {
    var pixels: [UInt8] = []
    for y in (2 + row * 34)..<(34 + row * 34) {
      let start = (y * sheet.width + 2 + column * 34) * 3
      pixels += sheet.pixels[start..<(start + 96)]
    }
    return Image(width: 32, height: 32, pixels: pixels)
  }
}

/// Keeps what `render` tells.
final class EventLog: Sendable {
  private let kept = Mutex<[RenderEvent]>([])

  var events: [RenderEvent] { kept.withLock { $0 } }

  func note(_ event: RenderEvent) {
    kept.withLock { $0.append(event) }
  }
}
