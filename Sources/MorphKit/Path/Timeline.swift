/// Which frames a path has, and where on it each of them lies.
///
/// It knows no model: it can be listed, counted and cut before anything is loaded. Between keyframe i and i + 1 lie
/// `transitionLengths[i]` frames, the first of them keyframe i itself, and `holds[i]` further frames before them show
/// it too. The last keyframe closes an open path with one frame of its own; a loop ends one step before its first frame,
/// and so does a path that goes to its last keyframe and back. So no picture repeats at a joint and every keyframe is
/// shown exactly.
public struct Timeline: Equatable, Sendable {
  /// Where a path goes behind its last keyframe.
  public enum Course: String, Sendable {
    /// It ends there.
    case open
    /// On to the first one.
    case loop
    /// Back the way it came.
    case pingpong
  }

  /// Frames from each keyframe up to, and without, the next one.
  public let transitionLengths: [Int]
  /// How many more frames each keyframe is shown.
  public let holds: [Int]
  /// The curve of each transition.
  public let eases: [Ease]
  public let course: Course
  /// When not `nil`, the path has these frames alone.
  public let stills: StillPositions?
  public let frameRate: FrameRate

  /// The progress of each transition when the picture is to change evenly.
  private(set) var pace: [PaceCurve]?
  private let runs: [Run]

  public init(
    transitionLengths: [Int], holds: [Int]? = nil, eases: [Ease]? = nil, course: Course = .open,
    frameRate: FrameRate
  ) {
    let keyframeCount = transitionLengths.count + (course == .loop ? 0 : 1)
    precondition(transitionLengths.allSatisfy { $0 > 0 }, "a transition has at least one frame")
    precondition(keyframeCount > 0 && (holds ?? []).allSatisfy { $0 >= 0 })
    self.transitionLengths = transitionLengths
    self.holds = holds ?? Array(repeating: 0, count: keyframeCount)
    self.eases = eases ?? Array(repeating: .linear, count: transitionLengths.count)
    precondition(self.holds.count == keyframeCount && self.eases.count == transitionLengths.count)
    self.course = course
    self.frameRate = frameRate
    stills = nil
    runs = Timeline.runs(transitionLengths, holds: self.holds, course: course)
  }

  /// Single pictures of a path of `transitionCount` transitions, all of one length.
  public init(stillsAt positions: StillPositions, transitionCount: Int, frameRate: FrameRate = .thirty) {
    precondition(transitionCount > 0 && positions.count > 0, "a path has a transition")
    transitionLengths = Array(repeating: 1, count: transitionCount)
    holds = Array(repeating: 0, count: transitionCount + 1)
    eases = Array(repeating: .linear, count: transitionCount)
    course = .open
    self.frameRate = frameRate
    stills = positions
    runs = []
  }

  /// The same path with other lengths, its transitions following curves that were measured.
  func paced(_ lengths: [Int], by curves: [PaceCurve]) -> Timeline {
    precondition(curves.count == transitionLengths.count, "one curve for each transition")
    var timeline = Timeline(
      transitionLengths: lengths, holds: holds, eases: eases, course: course, frameRate: frameRate)
    timeline.pace = curves
    return timeline
  }

  public var keyframeCount: Int { holds.count }

  public var frameCount: Int { stills?.count ?? runs.last.map { $0.first + $0.length } ?? 0 }

  /// How long a video of all frames plays, in seconds.
  public var seconds: Double { time(ofFrame: frameCount) }

  /// When a frame appears, in seconds from the start.
  public func time(ofFrame number: Int) -> Double {
    Double(number) * Double(frameRate.denominator) / Double(frameRate.numerator)
  }

  /// Where frame `number` lies; the last keyframe of an open path lies at fraction 1 of the last transition.
  public func position(ofFrame number: Int) -> Position {
    precondition((0..<frameCount).contains(number), "no frame of this number")
    if let stills { return stills.position(number, transitionCount: transitionLengths.count) }
    let run = run(ofFrame: number)
    let index = number - run.first
    switch run.part {
    case .keyframe(let keyframe): return position(ofKeyframe: keyframe)
    case .onward(let transition): return position(in: transition, at: index, of: run.length)
    case .back(let transition): return position(in: transition, at: run.length - index, of: run.length)
    }
  }

  /// The keyframe that frame `number` shows exactly, if it does.
  public func keyframe(atFrame number: Int) -> Int? {
    let position = position(ofFrame: number)
    if position.fraction == 0 { return position.transition }
    return position.fraction == 1 ? (position.transition + 1) % keyframeCount : nil
  }

  private func position(ofKeyframe keyframe: Int) -> Position {
    keyframe < transitionLengths.count
      ? Position(transition: keyframe, fraction: 0)
      : Position(transition: max(keyframe - 1, 0), fraction: keyframe == 0 ? 0 : 1)
  }

  /// Where frame `index` of a transition of `length` frames lies.
  func position(in transition: Int, at index: Int, of length: Int) -> Position {
    let time = Double(index) / Double(length)
    return Position(
      transition: transition,
      fraction: pace?[transition].fraction(at: time) ?? eases[transition].progress(at: time))
  }

  private func run(ofFrame number: Int) -> Run {
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if runs[middle].first <= number {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return runs[low]
  }

  /// A place between two keyframes.
  public struct Position: Equatable, Sendable {
    /// From keyframe `transition` to the one after it.
    public var transition: Int
    /// 0 at the first of the two keyframes, 1 at the second; less or more beyond them.
    public var fraction: Double
  }
}
