/// How a video is encoded: H.264 in MP4, 8-bit 4:2:0, BT.709 limited range.
package struct VideoFormat: Equatable, Sendable {
  /// x264's presets, the fastest first.
  package static let presets = [
    "ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow", "placebo",
  ]

  /// The longest side that x264 takes, in pixels.
  package static let longestSide = 16_384

  /// The size of the pictures that are given, each side at most `longestSide`; an odd side is
  /// padded in the file by one repeated row or column.
  package let width: Int
  package let height: Int

  package let frameRate: VideoFrameRate

  /// x264's constant rate factor, 0 (lossless, which few players can show) to 51 (worst).
  package let crf: Int

  /// One of `presets`.
  package let preset: String

  /// A fresh encoder starts after this many frames, so that a long video can be made in pieces, side by side,
  /// with the same bytes.
  package let framesPerEncoder: Int

  /// Free text that travels in the file, in the standard comment field.
  package let comment: String?

  /// An XMP packet that travels in the file.
  package let xmp: String?

  package init(
    width: Int, height: Int, frameRate: VideoFrameRate, crf: Int, preset: String,
    framesPerEncoder: Int = 240, comment: String? = nil, xmp: String? = nil
  ) {
    precondition(width > 0 && height > 0, "a picture has pixels")
    precondition(max(width, height) <= Self.longestSide, "a picture larger than x264 takes")
    precondition((0...51).contains(crf), "a constant rate factor is 0 to 51")
    // Checked here since x264 itself complains on stderr, past any log setting.
    precondition(Self.presets.contains(preset), "a preset is one of x264's")
    precondition(framesPerEncoder > 0, "an encoder gets a frame")
    self.width = width
    self.height = height
    self.frameRate = frameRate
    self.crf = crf
    self.preset = preset
    self.framesPerEncoder = framesPerEncoder
    self.comment = comment
    self.xmp = xmp
  }

  /// The size in the file: even, as 4:2:0 needs it.
  var encodedWidth: Int { width + width % 2 }
  var encodedHeight: Int { height + height % 2 }

  /// How many threads x264 gets.
  ///
  /// Its output depends on them, so they follow from the frame's size alone, never from the machine.
  var encoderThreadCount: Int32 {
    switch encodedWidth * encodedHeight {
    case ..<(256 * 256): 1
    case ..<(1024 * 1024): 4
    default: 8
    }
  }
}
