internal import CFFmpeg
internal import Glibc

/// A picture's memory, in libav's hands.
///
/// Rows are padded as libav likes them: the SIMD code reads and writes a little past a row's end.
final class Picture {
  /// What the memory holds.
  enum Pixels {
    /// R, G and B in turn, a byte each.
    case rgb

    /// What is encoded: 4:2:0 in three planes, BT.709 limited range.
    case encoded
  }

  let frame: UnsafeMutablePointer<AVFrame>

  /// An empty picture, for a decoder to fill.
  init() throws(VideoError) {
    frame = try create("av_frame_alloc") { av_frame_alloc() }
  }

  /// A picture of unset pixels.
  convenience init(width: Int, height: Int, pixels: Pixels) throws(VideoError) {
    try self.init()
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    switch pixels {
    case .rgb:
      frame.pointee.format = AV_PIX_FMT_RGB24.rawValue
    case .encoded:
      frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
      frame.pointee.color_range = AVCOL_RANGE_MPEG
      frame.pointee.color_primaries = AVCOL_PRI_BT709
      frame.pointee.color_trc = AVCOL_TRC_BT709
      frame.pointee.colorspace = AVCOL_SPC_BT709
    }
    try attempt("av_frame_get_buffer") { av_frame_get_buffer(frame, 0) }
  }

  deinit {
    var frame: UnsafeMutablePointer<AVFrame>? = frame
    av_frame_free(&frame)
  }

  var width: Int { Int(frame.pointee.width) }
  var height: Int { Int(frame.pointee.height) }

  /// When the picture is shown, in its stream's ticks.
  var time: Int64 {
    get { frame.pointee.pts }
    set { frame.pointee.pts = newValue }
  }

  /// Makes sure that nobody else, such as an encoder, still reads the memory.
  func makeWritable() throws(VideoError) {
    try attempt("av_frame_make_writable") { av_frame_make_writable(frame) }
  }

  /// Copies RGB bytes in; where this picture has a row or column more, the last one is repeated.
  ///
  /// `pixels` is height × width × 3 bytes.
  func fill(with pixels: Span<UInt8>, width: Int, height: Int) {
    let extraColumns = self.width - width
    pixels.withUnsafeBytes { bytes in
      guard let source = bytes.baseAddress, let start = frame.pointee.data.0 else {
        preconditionFailure("a picture without memory")
      }
      for y in 0..<self.height {
        let row = start + y * Int(frame.pointee.linesize.0)
        memcpy(row, source + min(y, height - 1) * width * 3, width * 3)
        if extraColumns > 0 { memcpy(row + width * 3, row + width * 3 - 3, 3) }
      }
    }
  }

  /// Copies the bytes of three planes in; where this picture has a row or column more, the last one is repeated.
  ///
  /// The first plane has height × width bytes, the others half as many rows and columns, rounded up.
  func fill(with planes: [[UInt8]], width: Int, height: Int) {
    precondition(planes.count == 3, "Y, Cb and Cr")
    let targets = [frame.pointee.data.0, frame.pointee.data.1, frame.pointee.data.2]
    let rowLengths = [frame.pointee.linesize.0, frame.pointee.linesize.1, frame.pointee.linesize.2]
    for (number, plane) in planes.enumerated() {
      let (columns, rows) = number == 0 ? (width, height) : ((width + 1) / 2, (height + 1) / 2)
      precondition(plane.count == columns * rows, "a plane of another size")
      let allRows = number == 0 ? self.height : rows
      plane.withUnsafeBufferPointer { plane in
        guard let source = plane.baseAddress, let start = targets[number] else {
          preconditionFailure("a picture without memory")
        }
        for y in 0..<allRows {
          let row = start + y * Int(rowLengths[number])
          memcpy(row, source + min(y, rows - 1) * columns, columns)
          if number == 0, self.width > width { row[width] = row[width - 1] }
        }
      }
    }
  }

  /// Height × width × 3 bytes, without padding.
  func rgbBytes() -> [UInt8] {
    guard let start = frame.pointee.data.0 else { preconditionFailure("a picture without memory") }
    return [UInt8](unsafeUninitializedCapacity: width * height * 3) { bytes, count in
      guard let result = bytes.baseAddress else { return }
      for y in 0..<height {
        memcpy(result + y * width * 3, start + y * Int(frame.pointee.linesize.0), width * 3)
      }
      count = width * height * 3
    }
  }
}

/// A packet's memory, in libav's hands.
final class Packet {
  let packet: UnsafeMutablePointer<AVPacket>

  init() throws(VideoError) {
    packet = try create("av_packet_alloc") { av_packet_alloc() }
  }

  deinit {
    var packet: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&packet)
  }
}
