/// The part of a photo that a result shows, and the model's crop in it.
///
/// It is the crop with a margin of whole pixels of the model's picture on each side, at the result's size.
struct DetailCanvas: Equatable, Sendable {
  /// Of the model's picture, in pixels.
  let cropWidth: Int
  let cropHeight: Int
  /// On the left and on the right, and above and below, in pixels of the model's picture.
  let marginX: Int
  let marginY: Int
  /// Of the result, in its pixels.
  let width: Int
  let height: Int

  init(crop: (width: Int, height: Int), margins: (x: Int, y: Int), width: Int, height: Int) {
    (cropWidth, cropHeight) = crop
    (marginX, marginY) = margins
    (self.width, self.height) = (width, height)
  }

  /// The margins of a view that is `view` times as wide and high as the crop.
  static func margins(view: Double, cropWidth: Int, cropHeight: Int) -> (x: Int, y: Int) {
    func margin(_ side: Int) -> Int { Int((Double(side) * (view - 1) / 2).rounded()) }
    return (margin(cropWidth), margin(cropHeight))
  }

  /// In pixels of the model's picture.
  var modelWidth: Int { cropWidth + 2 * marginX }
  var modelHeight: Int { cropHeight + 2 * marginY }

  var hasMargins: Bool { marginX > 0 || marginY > 0 }

  /// Pixels of the result for each of the model's picture, across and down.
  var scaleX: Double { Double(width) / Double(modelWidth) }
  var scaleY: Double { Double(height) / Double(modelHeight) }

  /// Where a place of the model's picture lies in the result.
  func inResult(_ point: Point) -> Point {
    Point(x: (point.x + Double(marginX)) * scaleX, y: (point.y + Double(marginY)) * scaleY)
  }
}
