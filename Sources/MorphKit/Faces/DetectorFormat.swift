/// What sets one BlazeFace file apart from another.
///
/// The network answers for a fixed list of places, the anchors: for each layer of cells, row by row,
/// so many anchors at the cell's centre.
struct DetectorFormat: Sendable {
  let file: String

  /// Width and height of the network's input, in pixels.
  let side: Int

  /// Side of a cell in input pixels, and how many anchors lie at its centre.
  let layers: [(cellSide: Int, anchorsPerCell: Int)]

  /// For faces that take a fifth of the picture or more.
  static let shortRange = DetectorFormat(
    file: "face_detection_short_range.tflite", side: 128,
    // Three layers of cells of 16 pixels with two anchors each; they lie one after another in every cell.
    layers: [(cellSide: 8, anchorsPerCell: 2), (cellSide: 16, anchorsPerCell: 6)])

  /// For smaller faces.
  static let fullRange = DetectorFormat(
    file: "face_detection_full_range.tflite", side: 192, layers: [(cellSide: 4, anchorsPerCell: 1)])

  /// The anchors in the order of the network's answers, in input pixels.
  var anchors: [Point] {
    layers.flatMap { cellSide, anchorsPerCell in
      let cells = side / cellSide
      return (0..<cells * cells).flatMap { cell in
        let center = Point(
          x: (Double(cell % cells) + 0.5) * Double(cellSide),
          y: (Double(cell / cells) + 0.5) * Double(cellSide))
        return Array(repeating: center, count: anchorsPerCell)
      }
    }
  }
}
