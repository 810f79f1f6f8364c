internal import PhotoFiles
internal import VideoFiles

/// A few pictures of a result side by side, as a small JPEG.
struct ThumbnailStrip {
  static let height = 64
  static let count = 5
  /// The width of a whole strip, in pixels, at most.
  static let widthLimit = 640
  /// A picture of more pixels is not looked at.
  private static let pixelLimit = 40_000_000

  let picture: Thumbnail

  /// Reads some pictures of a finished result; `nil` when they can't be read.
  init?(of place: ResultPlace, isVideo: Bool, frameCount: Int) {
    do {
      let pictures: [Picture]
      switch place.shape {
      case .file where isVideo: pictures = try ThumbnailStrip.frames(ofVideo: place.path, count: frameCount)
      case .file: pictures = [try ThumbnailStrip.picture(place.path)]
      case .sheets: pictures = try place.sheetPaths.prefix(1).map(ThumbnailStrip.picture)
      case .folder:
        // A table may lie beside them.
        let names = try namesInFolder(place.path).filter { fileEnding($0) == ".png" }.sorted()
        pictures = try ThumbnailStrip.spread(names.count).map { index in
          try ThumbnailStrip.picture(place.path + "/" + names[index])
        }
      case .pattern(let pattern):
        pictures = try ThumbnailStrip.spread(frameCount).map { index in
          try ThumbnailStrip.picture(folder(of: place.path) + "/" + pattern.fileName(ofFrame: index))
        }
      }
      guard let strip = Thumbnail(sideBySide: pictures) else { return nil }
      picture = strip
    } catch {
      return nil
    }
  }

  /// The numbers of a few of `count` frames, the first and the last among them.
  static func spread(_ count: Int, wanted: Int = ThumbnailStrip.count) -> [Int] {
    let wanted = min(count, wanted)
    guard wanted > 1 else { return count > 0 ? [0] : [] }
    return (0..<wanted).map { $0 * (count - 1) / (wanted - 1) }
  }

  /// Of a video of one chunk every frame may be shown; of a longer one only the first of a chunk, which needs no other
  /// to be decoded.
  private static func frames(ofVideo path: String, count: Int) throws -> [Picture] {
    var reader = try VideoReader(opening: path)
    let ticks = Int64(reader.facts.frameRate.denominator)
    let isLong = count > ChunkList.framesPerChunk
    var pictures: [Picture] = []
    var number = 0
    for wanted in spread(count) {
      if isLong {
        number = wanted / ChunkList.framesPerChunk * ChunkList.framesPerChunk
        try reader.seek(to: Int64(number) * ticks)
      }
      while let frame = try reader.next() {
        defer { number += 1 }
        if number == wanted || isLong {
          pictures.append(
            small(Picture(width: reader.facts.width, height: reader.facts.height, pixels: frame.pixels)))
          break
        }
      }
    }
    return pictures
  }

  private static func picture(_ path: String) throws -> Picture {
    small(try Picture(decoding: bytes(ofFile: path, limit: 512_000_000), pixelLimit: pixelLimit))
  }

  private static func small(_ picture: Picture) -> Picture {
    let width = max(1, picture.width * height / picture.height)
    return picture.resized(toWidth: min(width, widthLimit), height: height)
  }
}
