internal import PhotoFiles

/// Says where in a picture faces may be, by a BlazeFace network.
///
/// What it finds is a guess: `FaceMesh` says whether a face is there.
struct FaceDetector: Sendable {
  private let format: DetectorFormat
  private let anchors: [Point]
  private let network: FaceNetwork

  init(_ format: DetectorFormat, network: FaceNetwork) {
    self.format = format
    anchors = format.anchors
    self.network = network
  }

  /// Guesses, best first, in pixels of the picture.
  ///
  /// The picture's longer side is scaled to `magnification` × the network's input; above 1 the network looks
  /// at overlapping squares, one after another.
  func detections(in picture: Picture, magnification: Double) async throws -> [Detection] {
    let layout = DetectorWindows(
      pictureWidth: picture.width, pictureHeight: picture.height, side: format.side,
      magnification: magnification)
    let scaled = picture.resized(toWidth: layout.width, height: layout.height)
    var detections: [Detection] = []
    for window in layout.windows {
      let outputs = try await network.infer(values(of: scaled, in: window))
      detections += Detection.decoded(
        logits: outputs[1], numbers: outputs[0], anchors: anchors, threshold: 0.5
      ).map { $0.moved(by: window.inPicture) }
    }
    return Detection.merged(detections)
  }

  /// The window's pixels from −1 to 1, rows from the top; black where the picture doesn't reach.
  private func values(of picture: Picture, in window: DetectorWindow) -> [Float] {
    let side = format.side
    var values = [Float](repeating: -1, count: side * side * 3)
    let columns = max(0, -window.x)..<min(side, picture.width - window.x)
    let rows = max(0, -window.y)..<min(side, picture.height - window.y)
    for row in rows {
      let from = ((row + window.y) * picture.width + columns.lowerBound + window.x) * 3
      let to = (row * side + columns.lowerBound) * 3
      for offset in 0..<columns.count * 3 {
        values[to + offset] = Float(picture.pixels[from + offset]) / 127.5 - 1
      }
    }
    return values
  }
}
