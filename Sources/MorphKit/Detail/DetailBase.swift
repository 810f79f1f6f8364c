internal import Planes

/// What detail is added to: a decoded picture in the middle of its surroundings, at the model's size.
///
/// A decoder leaves grain, scan lines and seams of its own, which a photo's detail covers where there is some. So what
/// detail is added to is filtered, and filtered more where there is less detail than photos.
struct DetailBase: Sendable {
  /// Of the whole canvas, in pixels of the model's picture.
  private(set) var planes: [Channel]

  /// Standard deviations of the filters, in pixels of the model's picture.
  private static let fineDeviation = 0.8
  private static let coarseDeviation = 1.2

  /// Filters it.
  ///
  /// `share` is how much of the picture photos are, 1 for all of it; `lack` is how much of their detail a
  /// place lacks, from 0 to 1.
  mutating func filter(share: Double, lack: Lattice?, on canvas: DetailCanvas) {
    let (width, height) = (canvas.modelWidth, canvas.modelHeight)
    let (scaleX, scaleY) = (Float(canvas.scaleX), Float(canvas.scaleY))
    var shares: [Float] = []
    if let lack {
      shares.reserveCapacity(width * height)
      for y in 0..<height {
        for x in 0..<width {
          shares.append(Float(share) * lack.value(x: (Float(x) + 0.5) * scaleX, y: (Float(y) + 0.5) * scaleY))
        }
      }
    }
    for number in planes.indices {
      let fine = planes[number].blurred(deviation: DetailBase.fineDeviation)
      let coarse = lack == nil ? nil : planes[number].blurred(deviation: DetailBase.coarseDeviation)
      planes[number].move(towards: fine) { _ in Float(share) }
      if let coarse { planes[number].move(towards: coarse) { shares[$0] } }
    }
  }

  /// `surroundings` has the canvas' size, and is seen beyond the crop; `nil` for a canvas without margins.
  init(of decoded: Image, surroundings: ColorMap?, on canvas: DetailCanvas, as layout: PlaneLayout) {
    guard let surroundings else {
      planes = PlanarPicture.wholePlanes(
        of: decoded.pixels, width: decoded.width, height: decoded.height, as: layout)
      return
    }
    let (width, height) = (canvas.modelWidth, canvas.modelHeight)
    let across = (0..<width).map { DetailBase.share($0 - canvas.marginX, of: canvas.cropWidth) }
    let down = (0..<height).map { DetailBase.share($0 - canvas.marginY, of: canvas.cropHeight) }
    var colors = surroundings.colors
    for y in 0..<canvas.cropHeight {
      for x in 0..<canvas.cropWidth {
        let share = across[x + canvas.marginX] * down[y + canvas.marginY]
        let place = (y * canvas.cropWidth + x) * 3
        let own = SIMD4(
          Float(decoded.pixels[place]), Float(decoded.pixels[place + 1]), Float(decoded.pixels[place + 2]), 0)
        let index = (y + canvas.marginY) * width + x + canvas.marginX
        colors[index] += (own - colors[index]) * share
      }
    }
    planes = PlanarPicture.wholePlanes(of: colors, width: width, height: height, as: layout)
  }

  /// How much of the decoded picture is seen at pixel `number` of a side: all of it in the middle, nothing at the edge,
  /// and what lies between on a tenth of the side.
  private static func share(_ number: Int, of count: Int) -> Float {
    let fromEdge = Float(min(number, count - 1 - number)) + 0.5
    let part = min(max(fromEdge / (Float(count) / 10), 0), 1)
    return part * part * (3 - 2 * part)
  }
}
