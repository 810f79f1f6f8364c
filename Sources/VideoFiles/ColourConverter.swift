internal import CFFmpeg

/// Turns RGB pictures into 4:2:0 ones, or back.
///
/// Rounding is accurate and the bytes are the same on every processor.
final class ColourConverter {
  private let context: OpaquePointer

  /// A converter of RGB to BT.709 limited range.
  init(toEncode width: Int, by height: Int) throws(VideoError) {
    context = try Self.scaler(width, height, from: AV_PIX_FMT_RGB24, to: AV_PIX_FMT_YUV420P)
    // Left of the two, as players take it; left alone, libswscale puts it in the middle.
    try attempt("av_opt_set_int") { av_opt_set_int(UnsafeMutableRawPointer(context), "dst_h_chr_pos", 0, 0) }
    try tellMatrix(SWS_CS_ITU709, sourceIsFullRange: true, resultIsFullRange: false)
  }

  /// A converter to RGB from what a decoder gives; what is not tagged counts as BT.709 limited range.
  init(from decoder: AVCodecContext) throws(VideoError) {
    context = try Self.scaler(
      Int(decoder.width), Int(decoder.height), from: decoder.pix_fmt, to: AV_PIX_FMT_RGB24)
    let matrix =
      decoder.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_ITU709 : Int32(decoder.colorspace.rawValue)
    try tellMatrix(
      matrix, sourceIsFullRange: decoder.color_range == AVCOL_RANGE_JPEG, resultIsFullRange: true)
  }

  deinit { sws_freeContext(context) }

  func convert(_ source: Picture, to result: Picture) throws(VideoError) {
    try attempt("sws_scale_frame") { sws_scale_frame(context, result.frame, source.frame) }
  }

  private static func scaler(
    _ width: Int, _ height: Int, from source: AVPixelFormat, to result: AVPixelFormat
  ) throws(VideoError) -> OpaquePointer {
    let flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INT
    return try create("sws_getContext") {
      sws_getContext(
        Int32(width), Int32(height), source, Int32(width), Int32(height), result, flags, nil, nil, nil)
    }
  }

  /// Without this, swscale takes BT.601.
  private func tellMatrix(
    _ matrix: Int32, sourceIsFullRange: Bool, resultIsFullRange: Bool
  ) throws(VideoError) {
    let table = sws_getCoefficients(matrix)
    try attempt("sws_setColorspaceDetails") {
      sws_setColorspaceDetails(
        context, table, sourceIsFullRange ? 1 : 0, table, resultIsFullRange ? 1 : 0, 0, 1 << 16, 1 << 16)
    }
  }
}
