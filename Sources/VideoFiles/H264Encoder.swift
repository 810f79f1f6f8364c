internal import CFFmpeg

/// One run of x264, from a first keyframe to its last packet.
///
/// Times are frame numbers, from 0.
final class H264Encoder {
  let context: UnsafeMutablePointer<AVCodecContext>

  init(_ format: VideoFormat) throws(VideoError) {
    let codec = try create("avcodec_find_encoder_by_name") { avcodec_find_encoder_by_name("libx264") }
    context = try create("avcodec_alloc_context3") { avcodec_alloc_context3(codec) }
    context.pointee.width = Int32(format.encodedWidth)
    context.pointee.height = Int32(format.encodedHeight)
    context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    context.pointee.time_base = AVRational(num: format.frameRate.denominator, den: format.frameRate.numerator)
    context.pointee.framerate = AVRational(num: format.frameRate.numerator, den: format.frameRate.denominator)
    context.pointee.color_range = AVCOL_RANGE_MPEG
    context.pointee.color_primaries = AVCOL_PRI_BT709
    context.pointee.color_trc = AVCOL_TRC_BT709
    context.pointee.colorspace = AVCOL_SPC_BT709
    context.pointee.thread_count = format.encoderThreadCount
    context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    try set("preset", to: format.preset)
    try set("crf", to: "\(format.crf)")
    // Stitchable: every encoder makes the same header. CPU-independent: every processor makes the same bytes.
    try set("x264-params", to: "stitchable=1:cpu-independent=1")
    try attempt("avcodec_open2") { avcodec_open2(context, codec, nil) }
  }

  deinit {
    var context: UnsafeMutablePointer<AVCodecContext>? = context
    avcodec_free_context(&context)
  }

  /// What a decoder has to know first; MP4 stores it once for all packets.
  var header: [UInt8] {
    Array(UnsafeBufferPointer(start: context.pointee.extradata, count: Int(context.pointee.extradata_size)))
  }

  /// How many frames decoding runs ahead of showing.
  var reorderingDelay: Int { Int(context.pointee.has_b_frames) }

  func send(_ picture: Picture) throws(VideoError) {
    try attempt("avcodec_send_frame") { avcodec_send_frame(context, picture.frame) }
  }

  /// Says that no picture follows.
  func end() throws(VideoError) {
    try attempt("avcodec_send_frame") { avcodec_send_frame(context, nil) }
  }

  /// Fills `packet` with the next one; false when there is none yet, or none left.
  func receive(into packet: Packet) throws(VideoError) -> Bool {
    var isFilled = true
    try attempt("avcodec_receive_packet") {
      let status = avcodec_receive_packet(context, packet.packet)
      guard status == AVERROR_TRY_AGAIN || status == AVERROR_END_OF_FILE else { return status }
      isFilled = false
      return 0
    }
    return isFilled
  }

  private func set(_ name: String, to value: String) throws(VideoError) {
    try attempt("av_opt_set") { av_opt_set(context.pointee.priv_data, name, value, 0) }
  }
}
