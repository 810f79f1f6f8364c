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

  /// How many frames all of it has, about; for a check against slips of the pen.
  func roughFrameCount(_ rate: FrameRate) -> Double {
    let rest = holds.reduce(0, +) * rate.framesPerSecond
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
    let transitions: [Int]
    let holds: [Int]
    switch lengths.transitions {
    case .frames(let frames):
      transitions = frames
      holds = frameCounts(ofSeconds: lengths.holds, frameRate)
    case .seconds(let seconds):
      var parts: [Double] = []
      for (index, length) in seconds.enumerated() {
        parts += [lengths.holds[index], length]
      }
      parts += lengths.holds.dropFirst(seconds.count)
      let counts = frameCounts(ofSeconds: parts, frameRate)
      transitions = seconds.indices.map { counts[1 + 2 * $0] }
      holds = lengths.holds.indices.map { counts[2 * $0] }
      if let short = transitions.firstIndex(where: { $0 < 1 }) {
        throw .transitionTooShort(seconds: seconds[short], frameRate: frameRate)
      }
    case .shares(let seconds, let count):
      holds = frameCounts(ofSeconds: lengths.holds, frameRate)
      let whole = Int((seconds * frameRate.framesPerSecond).rounded())
      let taken = Timeline.framesBesidesTransitions(holds, lengths.course)
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
      transitionLengths: transitions, holds: holds, eases: eases, course: lengths.course,
      frameRate: frameRate)
  }

  private static func framesBesidesTransitions(_ holds: [Int], _ course: Course) -> Int {
    let all = holds.reduce(0, +)
    switch course {
    case .open: return all + 1
    case .loop: return all
    // Those between the ends are held on the way back too.
    case .pingpong: return all + holds.dropFirst().dropLast().reduce(0, +)
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
