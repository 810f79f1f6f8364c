internal import CFFmpeg
internal import Planes
internal import TestSupport
internal import Testing

@testable import VideoFiles

struct `Pictures in 4:2:0` {
  /// libswscale's accurate conversion, with chroma where H.264 has it.
  private func converted(_ pixels: [UInt8], _ width: Int, _ height: Int) throws -> [[UInt8]] {
    let converter = try ColourConverter(toEncode: width, by: height)
    let rgb = try Picture(width: width, height: height, pixels: .rgb)
    let encoded = try Picture(width: width, height: height, pixels: .encoded)
    rgb.fill(with: pixels.span, width: width, height: height)
    try converter.convert(rgb, to: encoded)
    return [
      bytes(encoded.frame.pointee.data.0, encoded.frame.pointee.linesize.0, width, height),
      bytes(encoded.frame.pointee.data.1, encoded.frame.pointee.linesize.1, width / 2, height / 2),
      bytes(encoded.frame.pointee.data.2, encoded.frame.pointee.linesize.2, width / 2, height / 2),
    ]
  }

  private func bytes(
    _ start: UnsafeMutablePointer<UInt8>?, _ rowLength: Int32, _ width: Int, _ height: Int
  ) -> [UInt8] {
    (0..<height).flatMap { y in (0..<width).map { x in start?[y * Int(rowLength) + x] ?? 0 } }
  }

  @Test func `are what libswscale makes of them, to one level`() throws {
    let (width, height) = (96, 64)
    let pixels = movingPicture(3, width: width, height: height)
    let own = Finishing(
      PlanarPicture.wholePlanes(of: pixels, width: width, height: height, as: .yuv420), as: .yuv420,
      width: width, height: height
    ).yuvPixels()
    for (plane, expected) in zip(own, try converted(pixels, width, height)) {
      let difference = zip(plane, expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
      #expect(difference <= 1)
    }
  }
}
