internal import Foundation

/// Where a detector thinks that a face is.
struct Detection: Equatable, Sendable {
  /// 0 to 1.
  var score: Double
  var box: Rectangle

  /// Left and right as seen in the picture.
  var leftEye: Point
  var rightEye: Point

  /// The numbers that the network gives for each anchor: a box and six points, of which the eyes come first.
  static let numbersPerAnchor = 16

  /// Everything scored above `threshold` in a network's answer, in input pixels.
  ///
  /// `logits` has one number an anchor, `numbers` has `numbersPerAnchor`: x and y of the centre from the
  /// anchor, width and height, then x and y of each point from the anchor, all in input pixels.
  static func decoded(
    logits: [Float], numbers: [Float], anchors: [Point], threshold: Double
  ) -> [Detection] {
    precondition(logits.count == anchors.count && numbers.count == anchors.count * numbersPerAnchor)
    return anchors.indices.compactMap { index in
      let score = sigmoid(logits[index])
      guard score > threshold else { return nil }
      let anchor = anchors[index]
      let own = numbers[index * numbersPerAnchor..<(index + 1) * numbersPerAnchor].map(Double.init)
      guard own[2] > 0, own[3] > 0 else { return nil }
      return Detection(
        score: score,
        box: Rectangle(
          x: anchor.x + own[0] - own[2] / 2, y: anchor.y + own[1] - own[3] / 2, width: own[2], height: own[3]),
        leftEye: Point(x: anchor.x + own[4], y: anchor.y + own[5]),
        rightEye: Point(x: anchor.x + own[6], y: anchor.y + own[7]))
    }
  }

  /// The same detection after `place` has moved its corners and eyes; `place` must not turn.
  func moved(by place: (Point) -> Point) -> Detection {
    let corner = place(Point(x: box.x, y: box.y))
    let opposite = place(Point(x: box.x + box.width, y: box.y + box.height))
    return Detection(
      score: score,
      box: Rectangle(x: corner.x, y: corner.y, width: opposite.x - corner.x, height: opposite.y - corner.y),
      leftEye: place(leftEye), rightEye: place(rightEye))
  }
}

/// A probability from a network's logit, which is clipped to ±100 first.
func sigmoid(_ logit: Float) -> Double {
  1 / (1 + exp(-Double(min(max(logit, -100), 100))))
}
