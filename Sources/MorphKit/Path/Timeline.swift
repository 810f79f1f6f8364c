/// Which frames a path has, and where on it each of them lies.
///
/// It knows no model: it can be listed, counted and cut before anything is loaded. Between keyframe i and i + 1 lie
/// `transitionLengths[i]` frames, the first of them keyframe i itself; the last keyframe closes the path with one
/// frame of its own. So no picture repeats at a joint and every keyframe is shown exactly.
public struct Timeline: Equatable, Sendable {
  /// Frames from each keyframe up to, and without, the next one.
  public let transitionLengths: [Int]
  public let frameRate: FrameRate

  /// The number of the first frame of each transition, then that of the last keyframe.
  private let boundaries: [Int]

  public init(transitionLengths: [Int], frameRate: FrameRate) {
    precondition(transitionLengths.allSatisfy { $0 > 0 }, "a transition has at least one frame")
    self.transitionLengths = transitionLengths
    self.frameRate = frameRate
    var boundaries = [0]
    for length in transitionLengths {
      boundaries.append((boundaries.last ?? 0) + length)
    }
    self.boundaries = boundaries
  }

  /// Spreads transitions of the given lengths in seconds over frames.
  ///
  /// Boundaries are rounded from the running time, so a long path does not drift. Throws when a transition is left
  /// without a frame.
  public init(transitionSeconds: [Double], frameRate: FrameRate) throws(SettingProblem) {
    var lengths: [Int] = []
    var seconds = 0.0
    var boundary = 0
    for length in transitionSeconds {
      seconds += length
      let next = Int((seconds * frameRate.framesPerSecond).rounded())
      guard next > boundary else { throw .transitionTooShort(seconds: length, frameRate: frameRate) }
      lengths.append(next - boundary)
      boundary = next
    }
    self.init(transitionLengths: lengths, frameRate: frameRate)
  }

  public var frameCount: Int { (boundaries.last ?? 0) + 1 }

  /// How long a video of all frames plays, in seconds.
  public var seconds: Double { time(ofFrame: frameCount) }

  /// When a frame appears, in seconds from the start.
  public func time(ofFrame number: Int) -> Double {
    Double(number) * Double(frameRate.denominator) / Double(frameRate.numerator)
  }

  /// Where frame `number` lies; the last one lies at fraction 1 of the last transition.
  public func position(ofFrame number: Int) -> Position {
    precondition((0..<frameCount).contains(number), "no frame of this number")
    var low = 0
    var high = max(transitionLengths.count - 1, 0)
    while low < high {
      let middle = (low + high + 1) / 2
      if boundaries[middle] <= number {
        low = middle
      } else {
        high = middle - 1
      }
    }
    guard !transitionLengths.isEmpty else { return Position(transition: 0, fraction: 0) }
    return Position(
      transition: low, fraction: Double(number - boundaries[low]) / Double(transitionLengths[low]))
  }

  /// The keyframe that frame `number` shows exactly, if it does.
  public func keyframe(atFrame number: Int) -> Int? {
    let position = position(ofFrame: number)
    if position.fraction == 0 { return position.transition }
    return position.fraction == 1 ? position.transition + 1 : nil
  }

  /// A place between two keyframes.
  public struct Position: Equatable, Sendable {
    /// From keyframe `transition` to the one after it.
    public var transition: Int
    /// 0 at the first of the two keyframes, 1 at the second.
    public var fraction: Double
  }
}
