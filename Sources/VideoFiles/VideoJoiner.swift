internal import CFFmpeg

/// Puts videos one after the other into a new MP4 file, by copying their packets.
///
/// The videos are those of one format that `VideoWriter` made; cut at the frames where it takes a fresh encoder, they
/// give the bytes that it gives for all frames at once. Times come from frame numbers, so no gap opens at a joint.
/// Throws `headersDiffer` when the videos are of different formats, and `damaged` when a frame is missing.
package func joinVideos(
  _ paths: [String], creating path: String, frameRate: VideoFrameRate, comment: String?, xmp: String? = nil
) throws(VideoError) {
  precondition(!paths.isEmpty, "a video has a piece")
  var joined: JoinedFile?
  for piece in paths {
    // Nothing is decoded: what the container says is all that is copied.
    let input = try VideoInput(opening: piece, examines: false)
    let packet = try Packet()
    guard try input.read(into: packet) else { throw .damaged }
    if joined == nil {
      joined = try JoinedFile(
        creating: path, from: input, firstPacket: packet, frameRate: frameRate, comment: comment, xmp: xmp)
    }
    try joined?.append(input, from: packet)
  }
  try joined?.file.finish()
}

/// A file that pieces are joined in.
private struct JoinedFile {
  let file: MP4File
  private let header: [UInt8]
  private let tick: AVRational
  private let ticksPerFrame: Int64
  private var frameCount = 0

  init(
    creating path: String, from input: VideoInput, firstPacket: Packet, frameRate: VideoFrameRate,
    comment: String?, xmp: String?
  ) throws(VideoError) {
    header = input.header
    tick = input.stream.pointee.time_base
    ticksPerFrame = Int64(frameRate.denominator)
    guard tick.num == 1, tick.den == frameRate.numerator else { throw .headersDiffer }
    // Decoding runs ahead of showing by as many frames as the first one's time of decoding lies before 0.
    file = try MP4File(
      creating: path, like: input, reorderingDelay: Int(-firstPacket.packet.pointee.dts / ticksPerFrame),
      frameRate: frameRate, comment: comment, xmp: xmp)
  }

  /// Copies all packets of a piece, of which `packet` is the first.
  mutating func append(_ input: VideoInput, from packet: Packet) throws(VideoError) {
    let pieceTick = input.stream.pointee.time_base
    guard input.header == header, pieceTick.num == tick.num, pieceTick.den == tick.den else {
      throw .headersDiffer
    }
    var count = 0
    var lastFrame = 0
    repeat {
      let (frame, rest) = packet.packet.pointee.pts.quotientAndRemainder(dividingBy: ticksPerFrame)
      guard rest == 0, frame >= 0 else { throw .damaged }
      packet.packet.pointee.pts = frame
      lastFrame = max(lastFrame, Int(frame))
      count += 1
      try file.append(packet, firstFrame: frameCount)
    } while try input.read(into: packet)
    guard count == Int(input.stream.pointee.nb_frames), lastFrame == count - 1 else { throw .damaged }
    frameCount += count
  }
}
