internal import Testing

@testable import MorphKit

struct `Detector windows` {
  @Test(arguments: [(900, 900), (3000, 2000), (333, 1001), (7, 5000), (100, 60)])
  func `one square holds the whole picture, in the middle and in proportion`(width: Int, height: Int) throws {
    let fitted = DetectorWindows(pictureWidth: width, pictureHeight: height, side: 128, magnification: 1)
    #expect(max(fitted.width, fitted.height) == 128)
    #expect(fitted.windows.count == 1)
    let window = try #require(fitted.windows.first)
    let place = Point(x: Double(width) * 0.3, y: Double(height) * 0.8)
    let there = window.inWindow(place)
    #expect(there.x > 0 && there.x < 128 && there.y > 0 && there.y < 128)
    #expect(window.inPicture(there).distance(to: place) < 1e-9)
    let center = window.inWindow(Point(x: Double(width) / 2, y: Double(height) / 2))
    #expect(center.distance(to: Point(x: 64, y: 64)) <= 1)
  }

  @Test func `a magnified picture is covered by squares that overlap by half`() {
    let covering = DetectorWindows(pictureWidth: 3000, pictureHeight: 2000, side: 192, magnification: 4)
    #expect(covering.width == 768)
    #expect(covering.height == 512)
    let columns = Set(covering.windows.map(\.x)).sorted()
    let rows = Set(covering.windows.map(\.y)).sorted()
    #expect(columns == [0, 96, 192, 288, 384, 480, 576])
    #expect(rows == [0, 80, 160, 240, 320])
    #expect(covering.windows.count == columns.count * rows.count)
  }

  @Test func `a picture fitted into half the square has room around it`() {
    let fitted = DetectorWindows(pictureWidth: 500, pictureHeight: 500, side: 192, magnification: 0.5)
    #expect(
      fitted.windows == [DetectorWindow(x: -48, y: -48, horizontalScale: 500 / 96, verticalScale: 500 / 96)])
  }
}
