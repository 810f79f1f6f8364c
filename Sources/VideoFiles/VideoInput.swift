internal import CFFmpeg

/// An open file with a picture stream.
final class VideoInput {
  let container: UnsafeMutablePointer<AVFormatContext>

  /// `examines` says whether the first pictures are decoded to learn what the container does not say.
  init(opening path: String, examines: Bool = true) throws(VideoError) {
    var opened: UnsafeMutablePointer<AVFormatContext>?
    do {
      // Without "file:", a name with a colon would be taken for a protocol.
      try attempt("avformat_open_input") { avformat_open_input(&opened, "file:\(path)", nil, nil) }
    } catch .failed(_, let reason, _) {
      throw .cannotRead(reason: reason)
    }
    guard let opened else { throw .noVideo }
    container = opened
    if examines {
      try attempt("avformat_find_stream_info") { avformat_find_stream_info(container, nil) }
    }
    guard streamIndex >= 0 else { throw .noVideo }
  }

  deinit {
    var container: UnsafeMutablePointer<AVFormatContext>? = container
    avformat_close_input(&container)
  }

  /// The picture stream.
  var stream: UnsafeMutablePointer<AVStream> {
    guard let stream = container.pointee.streams[Int(streamIndex)] else {
      preconditionFailure("a container without its stream")
    }
    return stream
  }

  /// The decoder's header, as the container stores it.
  var header: [UInt8] {
    let codec = stream.pointee.codecpar.pointee
    return Array(UnsafeBufferPointer(start: codec.extradata, count: Int(codec.extradata_size)))
  }

  private var streamIndex: Int32 { av_find_best_stream(container, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0) }

  /// Goes to the last keyframe at or before `time`, in ticks.
  func seek(to time: Int64) throws(VideoError) {
    try attempt("av_seek_frame") { av_seek_frame(container, streamIndex, time, AVSEEK_FLAG_BACKWARD) }
  }

  /// Fills `packet` with the picture stream's next one; false at the end of the file.
  func read(into packet: Packet) throws(VideoError) -> Bool {
    while true {
      av_packet_unref(packet.packet)
      var isAtEnd = false
      try attempt("av_read_frame") {
        let status = av_read_frame(container, packet.packet)
        isAtEnd = status == AVERROR_END_OF_FILE
        return isAtEnd ? 0 : status
      }
      if isAtEnd { return false }
      guard packet.packet.pointee.stream_index == streamIndex else { continue }
      guard packet.packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0 else { throw .damaged }
      return true
    }
  }
}
