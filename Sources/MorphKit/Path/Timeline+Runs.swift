extension Timeline {
  /// Frames that follow each other and are told in the same way.
  struct Run: Equatable, Sendable {
    enum Part: Equatable, Sendable {
      /// The same picture again and again.
      case keyframe(Int)
      case onward(Int)
      /// From the transition's end to its start.
      case back(Int)
    }

    var part: Part
    /// The number of its first frame.
    var first: Int
    var length: Int
  }

  /// Everything that a path shows, in order; nothing of it is without a frame.
  static func runs(_ lengths: [Int], holds: [Int], course: Course) -> [Run] {
    var runs: [Run] = []
    var first = 0
    func add(_ part: Run.Part, _ length: Int) {
      guard length > 0 else { return }
      runs.append(Run(part: part, first: first, length: length))
      first += length
    }
    for (transition, length) in lengths.enumerated() {
      add(.keyframe(transition), holds[transition])
      add(.onward(transition), length)
    }
    let last = lengths.count
    switch course {
    case .open:
      add(.keyframe(last), 1 + holds[last])
    case .loop:
      break
    case .pingpong:
      add(.keyframe(last), holds[last])
      for transition in lengths.indices.reversed() {
        add(.back(transition), lengths[transition])
        if transition > 0 { add(.keyframe(transition), holds[transition]) }
      }
    }
    return runs
  }
}
