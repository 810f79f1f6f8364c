extension Detection {
  /// One detection for each group that overlaps, best first.
  ///
  /// A detector finds a face from several anchors at once. Each group's best score stays; box and eyes are
  /// means weighted by score, which are steadier than those of the best alone.
  static func merged(_ detections: [Detection], overlapping threshold: Double = 0.3) -> [Detection] {
    var rest = detections.sorted { $0.score > $1.score }
    var merged: [Detection] = []
    while let best = rest.first {
      let group = rest.filter { $0 == best || $0.box.overlap(with: best.box) > threshold }
      rest.removeAll { $0 == best || $0.box.overlap(with: best.box) > threshold }
      merged.append(weightedMean(of: group, score: best.score))
    }
    return merged
  }

  private static func weightedMean(of group: [Detection], score: Double) -> Detection {
    let total = group.reduce(0) { $0 + $1.score }
    func mean(_ number: (Detection) -> Double) -> Double {
      group.reduce(0) { $0 + $1.score * number($1) } / total
    }
    return Detection(
      score: score,
      box: Rectangle(
        x: mean(\.box.x), y: mean(\.box.y), width: mean(\.box.width), height: mean(\.box.height)),
      leftEye: Point(x: mean(\.leftEye.x), y: mean(\.leftEye.y)),
      rightEye: Point(x: mean(\.rightEye.x), y: mean(\.rightEye.y)))
  }
}
