/// How long the parts of a path are, in seconds where frames are still to be told.
struct PathLengths: Equatable, Sendable {
  /// Of each transition, however it was stated.
  enum Transitions: Equatable, Sendable {
    case frames([Int])
    case seconds([Double])
    /// What a whole result of so many seconds leaves them, in equal parts.
    case shares(ofSeconds: Double, count: Int)
  }

  var transitions: Transitions
  /// Seconds for which each keyframe is shown longer.
  var holds: [Double]
  var course = Timeline.Course.open
  /// Seconds in which the first photo becomes the first keyframe, and the last keyframe its photo.
  var opening = 0.0
  var closing = 0.0

  /// How many frames all of it has, about; for a check against slips of the pen.
  func roughFrameCount(_ rate: FrameRate) -> Double {
    let rest = (holds.reduce(0, +) + opening + closing) * rate.framesPerSecond
    switch transitions {
    case .frames(let frames): return frames.reduce(0) { $0 + Double($1) } + rest
    case .seconds(let seconds): return seconds.reduce(0, +) * rate.framesPerSecond + rest
    case .shares(let seconds, _): return seconds * rate.framesPerSecond + rest
    }
  }
}

extension Timeline {
  /// Spreads transitions of the given lengths in seconds over frames.
  ///
  /// Boundaries are rounded from the running time, so a long path does not drift. Throws when a transition is left
  /// without a frame.
  public init(transitionSeconds: [Double], frameRate: FrameRate) throws(SettingProblem) {
    let lengths = PathLengths(
      transitions: .seconds(transitionSeconds), holds: transitionSeconds.map { _ in 0 } + [0])
    try self.init(lengths, frameRate: frameRate)
  }

  /// Gives all parts of a path their frames; every boundary is the frame nearest to its running time.
  ///
  /// Throws when a transition is left without a frame.
  init(_ lengths: PathLengths, eases: [Ease]? = nil, frameRate: FrameRate) throws(SettingProblem) {
    let ends = [lengths.opening, lengths.closing]
    let transitions: [Int]
    let rest: [Int]
    switch lengths.transitions {
    case .frames(let frames):
      transitions = frames
      rest = frameCounts(ofSeconds: [ends[0]] + lengths.holds + [ends[1]], frameRate)
    case .seconds(let seconds):
      var parts = [ends[0]]
      for (index, length) in seconds.enumerated() {
        parts += [lengths.holds[index], length]
      }
      parts += lengths.holds.dropFirst(seconds.count) + [ends[1]]
      let counts = frameCounts(ofSeconds: parts, frameRate)
      transitions = seconds.indices.map { counts[2 + 2 * $0] }
      rest = [counts[0]] + lengths.holds.indices.map { counts[1 + 2 * $0] } + [counts[counts.count - 1]]
      if let short = transitions.firstIndex(where: { $0 < 1 }) {
        throw .transitionTooShort(seconds: seconds[short], frameRate: frameRate)
      }
    case .shares(let seconds, let count):
      rest = frameCounts(ofSeconds: [ends[0]] + lengths.holds + [ends[1]], frameRate)
      let whole = Int((seconds * frameRate.framesPerSecond).rounded())
      let taken = Timeline.framesBesidesTransitions(rest, lengths.course)
      let ways = lengths.course == .pingpong ? 2 : 1
      let left = (whole - taken) / ways
      guard left >= count else {
        throw .durationTooShort(
          seconds: seconds, shortest: Double(taken + ways * count) / frameRate.framesPerSecond)
      }
      // The boundaries are those of equal parts, rounded.
      let boundaries = (0...count).map { (2 * $0 * left + count) / (2 * count) }
      transitions = zip(boundaries, boundaries.dropFirst()).map { $1 - $0 }
    }
    self.init(
      transitionLengths: transitions, holds: Array(rest.dropFirst().dropLast()), eases: eases,
      course: lengths.course, opening: rest[0], closing: rest[rest.count - 1], frameRate: frameRate)
  }

  /// `rest` is what opens a path, its holds, and what closes it.
  private static func framesBesidesTransitions(_ rest: [Int], _ course: Course) -> Int {
    let all = rest.reduce(0, +)
    switch course {
    case .open: return all + 1
    case .loop: return all
    // Those between the ends are held on the way back too.
    case .pingpong: return all + rest.dropFirst(2).dropLast(2).reduce(0, +)
    }
  }
}

/// How many frames each of the parts has that follow each other; their boundaries are rounded from the running time.
private func frameCounts(ofSeconds parts: [Double], _ rate: FrameRate) -> [Int] {
  var time = 0.0
  var boundary = 0
  return parts.map { part in
    time += part
    let next = Int((time * rate.framesPerSecond).rounded())
    defer { boundary = next }
    return next - boundary
  }
}
