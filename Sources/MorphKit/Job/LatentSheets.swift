/// The points between four corners of a plane.
///
/// With u from 0 at the left to 1 at the right, and v from 0 at the top to 1 at the bottom, a point is
/// (1 − v) ((1 − u) A + u B) + v ((1 − u) C + u D).
public struct Plane: Equatable, Sendable {
  /// Top left, top right, bottom left, bottom right.
  public var corners: [Keyframe]
  public var columns = 7
  public var rows = 7

  public init(corners: [Keyframe], columns: Int = 7, rows: Int = 7) {
    precondition(corners.count == 4 && columns >= 2 && rows >= 2, "a plane has four corners")
    self.corners = corners
    self.columns = columns
    self.rows = rows
  }
}

/// A photo, what the model makes of its mean, and draws from its posterior.
public struct PosteriorDraws: Equatable, Sendable {
  public var photo: PhotoReference
  public var count = 34
  /// The draws are μ + temperature × σ ε; the ε of the k-th draw, counted from 0, are the numbers of seed
  /// `noiseSeed` + k.
  public var noiseSeed: UInt32 = 0

  public init(of photo: PhotoReference, count: Int = 34, noiseSeed: UInt32 = 0) {
    self.photo = photo
    self.count = count
    self.noiseSeed = noiseSeed
  }
}

extension Array {
  /// As many runs of equal length.
  func divided(into count: Int) -> [[Element]] {
    let length = self.count / count
    return (0..<count).map { Array(self[($0 * length)..<(($0 + 1) * length)]) }
  }
}

/// Several pictures of one size in each frame, in rows, with a gap between them and around them.
public struct Mosaic: Equatable, Sendable {
  public var cellCount: Int
  public var columns: Int
  /// In pixels of the model's size.
  public var gap = 2
  public var background = Color.black

  public init(cellCount: Int, columns: Int, gap: Int = 2, background: Color = .black) {
    precondition(cellCount > 0 && columns > 0, "a mosaic has a cell")
    self.cellCount = cellCount
    self.columns = min(columns, cellCount)
    self.gap = gap
    self.background = background
  }
}
