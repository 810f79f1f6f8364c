internal import CFFmpeg

/// Reads a video's pictures back, one at a time.
///
/// Damage is an error, never hidden.
package struct VideoReader: ~Copyable {
  package let facts: VideoFacts

  private let file: VideoInput
  private let decoder: VideoDecoder
  private let converter: ColourConverter
  private let packet: Packet
  private let decoded: Picture
  private let rgb: Picture

  package init(opening path: String) throws(VideoError) {
    let file = try VideoInput(opening: path)
    let decoder = try VideoDecoder(for: file.stream)
    guard
      let facts = VideoFacts(
        container: file.container.pointee, stream: file.stream.pointee, decoder: decoder.context.pointee)
    else { throw .damaged }
    let converter = try ColourConverter(from: decoder.context.pointee)
    let packet = try Packet()
    let decoded = try Picture()
    let rgb = try Picture(width: facts.width, height: facts.height, pixels: .rgb)
    self.facts = facts
    self.file = file
    self.decoder = decoder
    self.converter = converter
    self.packet = packet
    self.decoded = decoded
    self.rgb = rgb
  }

  /// The next picture, in the order of showing; nil after the last.
  package mutating func next() throws(VideoError) -> VideoFrame? {
    while true {
      switch try decoder.receive(into: decoded) {
      case .picture:
        guard decoded.width == facts.width, decoded.height == facts.height else { throw .damaged }
        try converter.convert(decoded, to: rgb)
        return VideoFrame(time: decoded.time, pixels: rgb.rgbBytes())
      case .needsPacket:
        try decoder.send(try file.read(into: packet) ? packet : nil)
      case .end:
        return nil
      }
    }
  }

  /// Goes on from the last picture at or before `time`, in ticks, that can be decoded without those before it.
  package mutating func seek(to time: Int64) throws(VideoError) {
    try file.seek(to: time)
    decoder.forget()
  }
}

/// A picture of a video, and when it is shown.
package struct VideoFrame: Equatable, Sendable {
  /// In ticks from the video's beginning.
  package var time: Int64

  /// Height × width × 3 bytes: rows from the top, pixels from the left, R then G then B.
  package var pixels: [UInt8]
}

/// What a decoder has to give.
private enum DecoderOutput {
  case picture, needsPacket, end
}

private final class VideoDecoder {
  let context: UnsafeMutablePointer<AVCodecContext>

  init(for stream: UnsafeMutablePointer<AVStream>) throws(VideoError) {
    let codec = try create("avcodec_find_decoder") {
      avcodec_find_decoder(stream.pointee.codecpar.pointee.codec_id)
    }
    context = try create("avcodec_alloc_context3") { avcodec_alloc_context3(codec) }
    try attempt("avcodec_parameters_to_context") {
      avcodec_parameters_to_context(context, stream.pointee.codecpar)
    }
    // Left alone, the decoder paints over what is damaged.
    context.pointee.err_recognition = AV_EF_CRCCHECK | AV_EF_BITSTREAM | AV_EF_BUFFER | AV_EF_EXPLODE
    try attempt("avcodec_open2") { avcodec_open2(context, codec, nil) }
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// Nil says that no packet follows.
  func send(_ packet: Packet?) throws(VideoError) {
    try attempt("avcodec_send_packet") { avcodec_send_packet(context, packet?.packet) }
  }

  /// Begins anew, as for the first packet.
  func forget() { avcodec_flush_buffers(context) }

  func receive(into picture: Picture) throws(VideoError) -> DecoderOutput {
    var output = DecoderOutput.picture
    try attempt("avcodec_receive_frame") {
      switch avcodec_receive_frame(context, picture.frame) {
      case AVERROR_TRY_AGAIN: output = .needsPacket
      case AVERROR_END_OF_FILE: output = .end
      case let status: return status
      }
      return 0
    }
    return output
  }
}
