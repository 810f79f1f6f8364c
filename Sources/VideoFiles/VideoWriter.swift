/// Writes pictures to a new MP4 file, in order.
///
/// It cannot be copied, so a file has one writer; `finish()` uses it up, so nothing can follow the end. A writer
/// that goes without `finish()` closes the file and leaves it unplayable. Equal pictures give equal files: on
/// every processor, with any number of cores.
package struct VideoWriter: ~Copyable {
  private let format: VideoFormat
  private let converter: ColourConverter
  private let file: MP4File
  private let rgb: Picture
  private let encoded: Picture
  private let packet: Packet
  private var encoder: H264Encoder
  private var frameCount = 0

  /// The frame that the present encoder began with.
  private var firstFrame = 0

  /// Opens the file, and cuts off what was in it.
  ///
  /// The path must name the file until `finish()` is done. Throws when the folder is missing or the disk full.
  package init(creating path: String, format: VideoFormat) throws(VideoError) {
    let (width, height) = (format.encodedWidth, format.encodedHeight)
    let encoder = try H264Encoder(format)
    let converter = try ColourConverter(toEncode: width, by: height)
    let rgb = try Picture(width: width, height: height, pixels: .rgb)
    let encoded = try Picture(width: width, height: height, pixels: .encoded)
    let packet = try Packet()
    let file = try MP4File(creating: path, for: encoder, format: format)
    self.format = format
    self.converter = converter
    self.rgb = rgb
    self.encoded = encoded
    self.packet = packet
    self.file = file
    self.encoder = encoder
  }

  /// Adds one picture: height × width × 3 bytes, rows from the top, pixels from the left, R then G then B.
  ///
  /// The encoder keeps some pictures back, so a full disk may show only at a later picture or in `finish()`.
  package mutating func append(_ pixels: Span<UInt8>) throws(VideoError) {
    precondition(pixels.count == format.width * format.height * 3, "a picture of another size")
    if frameCount == firstFrame + format.framesPerEncoder { try startFreshEncoder() }
    rgb.fill(with: pixels, width: format.width, height: format.height)
    try encoded.makeWritable()
    try converter.convert(rgb, to: encoded)
    try encodePicture()
  }

  /// Adds one picture in 4:2:0, BT.709 limited range: the bytes of Y, Cb and Cr, row by row without padding.
  ///
  /// The planes of chroma are half as wide and half as high, rounded up. What `append(_:)` says of a full disk holds.
  package mutating func append(planes: [[UInt8]]) throws(VideoError) {
    if frameCount == firstFrame + format.framesPerEncoder { try startFreshEncoder() }
    try encoded.makeWritable()
    encoded.fill(with: planes, width: format.width, height: format.height)
    try encodePicture()
  }

  private mutating func encodePicture() throws(VideoError) {
    encoded.time = Int64(frameCount - firstFrame)
    frameCount += 1
    try encoder.send(encoded)
    try writePackets()
  }

  /// Writes the pictures that the encoder kept back and the index, and closes the file.
  ///
  /// At least one picture must have been added.
  package consuming func finish() throws(VideoError) {
    precondition(frameCount > 0, "a video has a picture")
    try encoder.end()
    try writePackets()
    try file.finish()
  }

  private mutating func startFreshEncoder() throws(VideoError) {
    try encoder.end()
    try writePackets()
    let next = try H264Encoder(format)
    guard next.header == encoder.header else { throw .headersDiffer }
    encoder = next
    firstFrame = frameCount
  }

  private func writePackets() throws(VideoError) {
    while try encoder.receive(into: packet) {
      try file.append(packet, firstFrame: firstFrame)
    }
  }
}
