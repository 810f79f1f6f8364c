import PhotoFiles
import Planes
import Testing

struct `Planes of a picture` {
  @Test(arguments: [(32, 24, 128, 96), (40, 40, 41, 57), (64, 48, 64, 48)])
  func `enlarged as R, G and B, they are the picture that PhotoFiles enlarges`(
    width: Int, height: Int, newWidth: Int, newHeight: Int
  ) {
    let pixels = noise(width, height, seed: 3)
    let planes = PlanarPicture.wholePlanes(of: pixels, width: width, height: height, as: .rgb)
    let finished = Finishing(planes, as: .rgb, width: newWidth, height: newHeight).rgbPixels()
    let expected = Picture(width: width, height: height, pixels: pixels)
      .resized(toWidth: newWidth, height: newHeight).pixels
    #expect(largestDifference(finished, expected) <= 1)
  }

  @Test(arguments: [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (220, 60, 90)])
  func `one colour is the BT.709 level of it in every place`(red: UInt8, green: UInt8, blue: UInt8) {
    let pixels = Array(repeating: [red, green, blue], count: 9 * 7).flatMap(\.self)
    let planes = PlanarPicture.wholePlanes(of: pixels, width: 9, height: 7, as: .yuv420)
    let yuv = Finishing(planes, as: .yuv420, width: 33, height: 21).yuvPixels()
    #expect(yuv.map(\.count) == [33 * 21, 17 * 11, 17 * 11])
    // ITU-R BT.709-6: Y' = 0.2126 R + 0.7152 G + 0.0722 B, in double precision.
    let luma = (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
    let expected = [
      16 + 219 * luma, 128 + 224 * (Double(blue) / 255 - luma) / 1.8556,
      128 + 224 * (Double(red) / 255 - luma) / 1.5748,
    ]
    for (plane, level) in zip(yuv, expected) {
      #expect(plane.allSatisfy { abs(Double($0) - level) <= 0.501 }, "\(plane[0]), not \(level)")
    }
  }

  @Test func `a blur keeps the mean of a flat picture, and spreads a dot evenly`() {
    let flat = Channel(width: 13, height: 9, repeating: 5).blurred(deviation: 1.3)
    #expect(flat.values.allSatisfy { abs($0 - 5) < 1e-5 })
    var dot = Channel(width: 21, height: 21, repeating: 0)
    dot.values[10 * 21 + 10] = 1
    let spread = dot.blurred(deviation: 1.5)
    #expect(abs(spread.values.reduce(0, +) - 1) < 1e-5)
    #expect(spread.values[10 * 21 + 8] == spread.values[10 * 21 + 12])
    #expect(abs(spread.values[8 * 21 + 10] - spread.values[10 * 21 + 8]) < 1e-7)
    // The bell's ratio between its middle and two pixels off: e^(2² / (2 × 1.5²)).
    #expect(abs(spread.values[10 * 21 + 10] / spread.values[10 * 21 + 8] - 2.4324) < 0.01)
  }
}
