internal import Foundation
internal import PhotoFiles
internal import Testing

@testable import MorphKit

struct `Alignment` {
  @Test(arguments: [(1.0, 128, 128), (178.0 / 218, 64, 64), (178.0 / 218, 178, 218), (2.0, 100, 100)])
  func `eyes and mouth land at the crop's fractions of the picture`(
    aspect: Double, width: Int, height: Int
  ) {
    let crop = crop(aspect: aspect)
    // A face that fits the crop exactly: the region's points, turned, scaled and shifted.
    let turned = Similarity(turning: -0.6, scale: 431)
    let place = Similarity(a: turned.a, b: turned.b, shift: Point(x: 1234.5, y: 321))
    func inPhoto(_ fraction: Point) -> Point { place(Point(x: fraction.x * aspect, y: fraction.y)) }
    let landmarks = FaceLandmarks(
      leftEye: inPhoto(crop.leftEye), rightEye: inPhoto(crop.rightEye), mouth: inPhoto(crop.mouth))

    let transform = crop.transform(from: landmarks, width: width, height: height)
    for fraction in [crop.leftEye, crop.rightEye, crop.mouth, Point(x: 0, y: 0), Point(x: 1, y: 1)] {
      let source = transform.position(x: fraction.x * Double(width), y: fraction.y * Double(height))
      #expect(Point(x: source.x, y: source.y).distance(to: inPhoto(fraction)) < 1e-9)
    }
  }

  @Test func `a face of other proportions is kept in its proportions`() {
    let landmarks = FaceLandmarks(
      leftEye: Point(x: 100, y: 100), rightEye: Point(x: 160, y: 110), mouth: Point(x: 120, y: 200))
    let transform = crop(aspect: 1).transform(from: landmarks, width: 128, height: 128)
    #expect(transform.a == transform.d)
    #expect(transform.b == -transform.c)
  }

  @Test func `the middle of the three points is met`() {
    let landmarks = FaceLandmarks(
      leftEye: Point(x: 100, y: 100), rightEye: Point(x: 160, y: 110), mouth: Point(x: 120, y: 200))
    let crop = crop(aspect: 1)
    let transform = crop.transform(from: landmarks, width: 128, height: 128)
    let middle = Point.mean([crop.leftEye, crop.rightEye, crop.mouth])
    let source = transform.position(x: middle.x * 128, y: middle.y * 128)
    #expect(Point(x: source.x, y: source.y).distance(to: .mean(landmarks.points)) < 1e-9)
  }

  @Test func `a margin shows more about the same middle`() {
    let wide = crop(aspect: 1).withMargin(1.25)
    #expect(wide.leftEye.distance(to: Point(x: 0.3832, y: 0.476)) < 1e-9)
    #expect(wide.mouth.distance(to: Point(x: 0.5, y: 0.7184)) < 1e-9)
  }

  private func crop(aspect: Double) -> FaceCrop {
    FaceCrop(
      leftEye: Point(x: 0.354, y: 0.470), rightEye: Point(x: 0.645, y: 0.470), mouth: Point(x: 0.5, y: 0.773),
      aspect: aspect)
  }
}
