/// How evenly the picture changes along a transition, before and after it was timed anew.
public struct TransitionPace: Equatable, Sendable, Codable {
  /// How many frames it got, of those that it has in time.
  public var frames: Int
  public var framesBefore: Int
  /// The standard deviation of the picture's steps over their mean, at equal steps in time: 0 when all are equal.
  public var unevennessBefore: Double
  /// The same at the steps of the new time.
  public var unevennessAfter: Double
}

/// The times of an even pace: measured once, before the first frame, and then the same for every process of a job.
struct PacePlan: Equatable, Sendable, Codable {
  private(set) var format = PacePlan.currentFormat
  /// Frames of each transition.
  let lengths: [Int]
  let curves: [PaceCurve]
  let transitions: [TransitionPace]
  var digest = ""

  /// Into how many steps a transition is cut to be measured; whatever its length, so that it is measured alike.
  static let stepsPerTransition = 16

  /// Makes 16 steps of each transition, evens them, and makes the evened ones to see how even they are.
  ///
  /// A step's change is the root mean square difference of the two pictures over height, width and channels, at the
  /// model's size: the square root of the reconstruction loss. `picture` makes one of them, with all that is seen of it; at most `limit`
  /// are made at once.
  init(
    measuring path: LatentPath, limit: Int,
    picture: @escaping @Sendable (Timeline.Position) async throws -> Image
  ) async throws {
    let timeline = path.timeline
    let before = try await PacePlan.steps(along: path, limit: limit, picture: picture) { _, share in share }
    let curves = before.map { PaceCurve(steps: $0) }
    let lengths = PaceCurve.lengths(sharing: timeline.transitionLengths.reduce(0, +), over: curves)
    let after = try await PacePlan.steps(along: path, limit: limit, picture: picture) {
      curves[$0].fraction(at: $1)
    }
    self.lengths = lengths
    self.curves = curves
    transitions = lengths.indices.map { index in
      TransitionPace(
        frames: lengths[index], framesBefore: timeline.transitionLengths[index],
        unevennessBefore: PaceCurve.unevenness(of: before[index]),
        unevennessAfter: PaceCurve.unevenness(of: after[index]))
    }
    digest = try ownDigest()
  }

  /// How much the picture changes in each step of each transition; `fraction` says where a share of the steps lies.
  private static func steps(
    along path: LatentPath, limit: Int,
    picture: @escaping @Sendable (Timeline.Position) async throws -> Image,
    fraction: @escaping @Sendable (Int, Double) -> Double
  ) async throws -> [[Double]] {
    let transitionCount = path.timeline.transitionLengths.count
    var steps: [[Double]] = Array(repeating: [], count: transitionCount)
    var last: Image?
    let pointCount = transitionCount * stepsPerTransition + 1
    try await forEachInOrder(count: pointCount, limit: limit) { point in
      let transition = min(point / stepsPerTransition, transitionCount - 1)
      let share = Double(point - transition * stepsPerTransition) / Double(stepsPerTransition)
      return try await picture(.init(transition: transition, fraction: fraction(transition, share)))
    } consume: { point, picture in
      if let last {
        steps[(point - 1) / stepsPerTransition].append(picture.reconstructionLoss(to: last).squareRoot())
      }
      last = picture
    }
    return steps
  }
}

extension PacePlan: KeptMeasurement {
  static let fileName = "pace.json"
  static let currentFormat = 1

  /// Whether it can be what was measured for a path of these times.
  func fits(_ timeline: Timeline) -> Bool {
    let frameCount = timeline.transitionLengths.reduce(0, +)
    return lengths.count == timeline.transitionLengths.count && curves.count == lengths.count
      && curves.allSatisfy(\.isSound) && lengths.allSatisfy { (1...max(1, frameCount)).contains($0) }
      && lengths.reduce(0, +) == frameCount
  }
}
