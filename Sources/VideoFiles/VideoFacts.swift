internal import CFFmpeg

/// What a video file says of itself.
package struct VideoFacts: Equatable, Sendable {
  /// The size of the pictures in the file.
  package var width: Int
  package var height: Int

  package var frameRate: VideoFrameRate
  package var frameCount: Int

  /// How long the video is, in ticks.
  package var durationInTicks: Int64

  /// The length of a tick in seconds is this fraction's reciprocal: 30 for ticks of 1/30 s.
  package var ticksPerSecond: VideoFrameRate

  /// Libav's name of the codec, such as `h264`.
  package var codec: String

  /// Libav's name of the pixel format, such as `yuv420p`.
  package var pixelFormat: String

  package var colour: VideoColour
  package var comment: String?

  package var seconds: Double {
    Double(durationInTicks) * Double(ticksPerSecond.denominator) / Double(ticksPerSecond.numerator)
  }
}

/// The four colour fields of a video, by libav's names; `unknown` where the file says nothing.
package struct VideoColour: Equatable, Sendable {
  /// `tv` for limited range, `pc` for full.
  package var range: String
  package var primaries: String
  package var transfer: String
  package var matrix: String

  package init(range: String, primaries: String, transfer: String, matrix: String) {
    self.range = range
    self.primaries = primaries
    self.transfer = transfer
    self.matrix = matrix
  }

  /// BT.709, limited range.
  package static let highDefinition = VideoColour(
    range: "tv", primaries: "bt709", transfer: "bt709", matrix: "bt709")
}

extension VideoFacts {
  /// Nil where the file leaves out what every video has: a size, a rate, a tick.
  init?(container: AVFormatContext, stream: AVStream, decoder: AVCodecContext) {
    guard decoder.width > 0, decoder.height > 0, let frameRate = VideoFrameRate(stream.avg_frame_rate),
      let tick = VideoFrameRate(stream.time_base)
    else { return nil }
    width = Int(decoder.width)
    height = Int(decoder.height)
    self.frameRate = frameRate
    frameCount = Int(stream.nb_frames)
    durationInTicks = stream.duration
    ticksPerSecond = VideoFrameRate(tick.denominator, tick.numerator)
    codec = name(avcodec_get_name(decoder.codec_id))
    pixelFormat = name(av_get_pix_fmt_name(decoder.pix_fmt))
    colour = VideoColour(
      range: name(av_color_range_name(decoder.color_range)),
      primaries: name(av_color_primaries_name(decoder.color_primaries)),
      transfer: name(av_color_transfer_name(decoder.color_trc)),
      matrix: name(av_color_space_name(decoder.colorspace)))
    comment = av_dict_get(container.metadata, "comment", nil, 0).map { name($0.pointee.value) }
  }
}

extension VideoFrameRate {
  fileprivate init?(_ rational: AVRational) {
    guard rational.num > 0, rational.den > 0 else { return nil }
    self.init(rational.num, rational.den)
  }
}

private func name(_ text: UnsafePointer<CChar>?) -> String {
  text.map { String(cString: $0) } ?? "unknown"
}
