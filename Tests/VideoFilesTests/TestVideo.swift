import Foundation
import VideoFiles

/// A folder that goes with its owner.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "video-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    path = folder.path
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }
}

extension VideoFormat {
  static func test(
    width: Int = 32, height: Int = 32, frameRate: VideoFrameRate = VideoFrameRate(30), crf: Int = 18,
    preset: String = "veryfast", framesPerEncoder: Int = 240, comment: String? = nil,
    xmp: String? = nil
  ) -> VideoFormat {
    VideoFormat(
      width: width, height: height, frameRate: frameRate, crf: crf, preset: preset,
      framesPerEncoder: framesPerEncoder, comment: comment, xmp: xmp)
  }
}

/// A picture that moves with `frame`: soft slopes, each row a piece of one pattern.
func movingPicture(_ frame: Int, width: Int, height: Int) -> [UInt8] {
  let pattern = (0..<96 + width).flatMap { x in
    let slope = abs(x % 96 - 48)
    return [UInt8(64 + slope), UInt8(160 - slope), UInt8(40 + 2 * slope)]
  }
  var pixels: [UInt8] = []
  pixels.reserveCapacity(width * height * 3)
  for y in 0..<height {
    let start = (y * 2 + frame * 5) % 96 * 3
    pixels += pattern[start..<(start + width * 3)]
  }
  return pixels
}

/// Writes `frameCount` moving pictures.
func writeVideo(to path: String, format: VideoFormat, frameCount: Int) throws {
  try writeVideo(to: path, format: format, frames: 0..<frameCount)
}

/// Writes some of the moving pictures.
func writeVideo(to path: String, format: VideoFormat, frames: Range<Int>) throws {
  var writer = try VideoWriter(creating: path, format: format)
  for frame in frames {
    try writer.append(movingPicture(frame, width: format.width, height: format.height).span)
  }
  try writer.finish()
}

/// Every frame of a file.
func frames(of path: String) throws -> [VideoFrame] {
  var reader = try VideoReader(opening: path)
  var frames: [VideoFrame] = []
  while let frame = try reader.next() { frames.append(frame) }
  return frames
}

/// The largest difference of any byte.
func largestDifference(_ left: [UInt8], _ right: [UInt8]) -> Int {
  precondition(left.count == right.count)
  return zip(left, right).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
