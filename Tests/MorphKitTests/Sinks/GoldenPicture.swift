internal import Foundation
internal import PNGFiles
internal import PhotoFiles
internal import TestSupport
internal import Testing

@testable import MorphKit

/// Expects the picture of `Golden/<name>.png`, with no channel of a pixel further off than `tolerance` levels.
///
/// `RECORD_GOLDEN=1` writes the picture and fails, so that a person looks at it. A mismatch tells the largest difference
/// and where the actual picture is.
func expect(
  _ image: Image, matchesGolden name: String, tolerance: Int = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = "\(packageFolder)/Tests/MorphKitTests/Golden/\(name).png"
  if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
    try writePNG(image, to: path)
    Issue.record("recorded \(path): look at it", sourceLocation: sourceLocation)
    return
  }
  guard isThere(path) else {
    Issue.record("\(path) is missing; RECORD_GOLDEN=1 makes it", sourceLocation: sourceLocation)
    return
  }
  let golden = try readPicture(path)
  let difference =
    golden.width == image.width && golden.height == image.height
    ? zip(golden.pixels, image.pixels).map { abs(Int($0) - Int($1)) }.max() : nil
  if let difference, difference <= tolerance { return }
  let actual = FileManager.default.temporaryDirectory.appending(path: "actual-\(name).png").path
  try writePNG(image, to: actual)
  let reason =
    difference.map { "differs by up to \($0) levels" }
    ?? "is \(image.sizeText) instead of \(golden.sizeText)"
  Issue.record("\(name) \(reason); the actual picture is \(actual)", sourceLocation: sourceLocation)
}

func writePNG(_ image: Image, to path: String) throws {
  var writer = try PNGWriter(creating: path, width: image.width, height: image.height)
  try writer.writeRows(image.pixels.span)
  try writer.finish()
}

func readPicture(_ path: String) throws -> Image {
  Image(try Picture(decoding: contents(path)))
}

/// A picture whose every pixel differs from its neighbours: x and y are in red and green.
func gradient(width: Int, height: Int, blue: UInt8 = 0) -> Image {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      pixels += [UInt8(x * 255 / max(width - 1, 1)), UInt8(y * 255 / max(height - 1, 1)), blue]
    }
  }
  return Image(width: width, height: height, pixels: pixels)
}
