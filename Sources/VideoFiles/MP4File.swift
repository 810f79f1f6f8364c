internal import CFFmpeg

/// An MP4 file that is being written.
///
/// Nothing in it depends on the day or the machine. At the end libav opens the file by its name again and moves
/// the index to the front, so the name must stay until then.
final class MP4File {
  /// Ticks from one frame to the next; a second has as many as the frame rate's numerator.
  private let ticksPerFrame: Int64
  private let reorderingDelay: Int64
  private let xmp: String?
  private let container: UnsafeMutablePointer<AVFormatContext>

  /// How many packets were written, in the order of decoding.
  private var packetCount: Int64 = 0

  /// A file for an encoder's packets.
  convenience init(creating path: String, for encoder: H264Encoder, format: VideoFormat) throws(VideoError) {
    try self.init(
      creating: path, frameRate: format.frameRate, comment: format.comment, xmp: format.xmp,
      reorderingDelay: encoder.reorderingDelay, call: "avcodec_parameters_from_context"
    ) { avcodec_parameters_from_context($0, encoder.context) }
  }

  /// A file for packets like those of `input`, which runs ahead of showing by so many frames.
  convenience init(
    creating path: String, like input: VideoInput, reorderingDelay: Int, frameRate: VideoFrameRate,
    comment: String?, xmp: String?
  ) throws(VideoError) {
    try self.init(
      creating: path, frameRate: frameRate, comment: comment, xmp: xmp, reorderingDelay: reorderingDelay,
      call: "avcodec_parameters_copy"
    ) { avcodec_parameters_copy($0, input.stream.pointee.codecpar) }
  }

  /// `describe` fills in what a decoder has to know.
  private init(
    creating path: String, frameRate: VideoFrameRate, comment: String?, xmp: String?, reorderingDelay: Int,
    call: StaticString, describe: (UnsafeMutablePointer<AVCodecParameters>) -> Int32
  ) throws(VideoError) {
    ticksPerFrame = Int64(frameRate.denominator)
    self.reorderingDelay = Int64(reorderingDelay)
    self.xmp = xmp
    // Without "file:", a name with a colon would be taken for a protocol.
    let address = "file:\(path)"
    container = try create("avformat_alloc_output_context2") {
      var container: UnsafeMutablePointer<AVFormatContext>?
      avformat_alloc_output_context2(&container, nil, "mp4", address)
      return container
    }
    container.pointee.flags |= AVFMT_FLAG_BITEXACT
    if let comment {
      try attempt("av_dict_set") { av_dict_set(&container.pointee.metadata, "comment", comment, 0) }
    }
    let stream = try create("avformat_new_stream") { avformat_new_stream(container, nil) }
    stream.pointee.time_base = AVRational(num: frameRate.denominator, den: frameRate.numerator)
    stream.pointee.avg_frame_rate = AVRational(num: frameRate.numerator, den: frameRate.denominator)
    try attempt(call) { describe(stream.pointee.codecpar) }
    do {
      try attempt("avio_open") { avio_open(&container.pointee.pb, address, AVIO_FLAG_WRITE) }
    } catch .failed(_, let reason, _) {
      throw .cannotWrite(reason: reason)
    }
    try writeHeader(timescale: frameRate.numerator)
  }

  deinit {
    avio_closep(&container.pointee.pb)
    avformat_free_context(container)
  }

  /// Appends the next packet in the order of decoding, of an encoder whose frame 0 is the video's `firstFrame`.
  ///
  /// The packet's time is a frame number of its encoder's; it becomes ticks of the file.
  func append(_ packet: Packet, firstFrame: Int) throws(VideoError) {
    let packet = packet.packet
    packet.pointee.stream_index = 0
    packet.pointee.pts = (Int64(firstFrame) + packet.pointee.pts) * ticksPerFrame
    // As x264 counts, but the same for a run of one or two frames, where x264 leaves the delay out: so all
    // packets of a file are one frame apart.
    packet.pointee.dts = (packetCount - reorderingDelay) * ticksPerFrame
    // Without it the last frame is not shown.
    packet.pointee.duration = ticksPerFrame
    packetCount += 1
    try write("av_write_frame") { av_write_frame(container, packet) }
    av_packet_unref(packet)
  }

  /// Writes the index, moves it to the front and closes the file.
  func finish() throws(VideoError) {
    try write("av_write_trailer") { av_write_trailer(container) }
    if let xmp { try append(xmp: xmp) }
    do {
      try attempt("avio_closep") { avio_closep(&container.pointee.pb) }
    } catch .failed(_, let reason, _) {
      throw .cannotWrite(reason: reason)
    }
  }

  /// Adds a box at the end of the complete file, since libav's writer knows none for XMP.
  private func append(xmp: String) throws(VideoError) {
    let content = MP4File.xmpIdentifier + Array(xmp.utf8)
    let box = bigEndian(UInt32(content.count + 8)) + Array("uuid".utf8) + content
    try write("avio_write") {
      guard let output = container.pointee.pb else { preconditionFailure("the file is open") }
      // The index was written last, at the front.
      avio_flush(output)
      let position = avio_seek(output, avio_size(output), SEEK_SET)
      guard position >= 0 else { return Int32(position) }
      avio_write(output, box, Int32(box.count))
      avio_flush(output)
      return output.pointee.error
    }
  }

  /// The number that the XMP specification (part 3) gives to its box.
  private static let xmpIdentifier: [UInt8] = [
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
  ]

  private func writeHeader(timescale: Int32) throws(VideoError) {
    var options: OpaquePointer?
    defer { av_dict_free(&options) }
    for (name, value) in [
      ("movflags", "faststart"), ("movie_timescale", "\(timescale)"),
      ("video_track_timescale", "\(timescale)"),
    ] {
      try attempt("av_dict_set") { av_dict_set(&options, name, value, 0) }
    }
    try write("avformat_write_header") { avformat_write_header(container, &options) }
    precondition(av_dict_count(options) == 0, "libav's MP4 writer does not know our options")
  }

  /// Makes a call that writes; the file system's reason, if there is one, is thrown before libav's.
  private func write(_ call: StaticString, _ body: () -> Int32) throws(VideoError) {
    do {
      try attempt(call, body)
    } catch {
      guard let output = container.pointee.pb, output.pointee.error < 0 else { throw error }
      throw .cannotWrite(reason: reason(for: output.pointee.error))
    }
  }
}

private func bigEndian(_ number: UInt32) -> [UInt8] {
  withUnsafeBytes(of: number.bigEndian) { Array($0) }
}
