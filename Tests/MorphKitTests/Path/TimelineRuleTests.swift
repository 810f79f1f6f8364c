internal import TestSupport
internal import Testing

@testable import MorphKit

/// The rules of every timeline, over random ones.
struct `Rules of a timeline` {
  private func timelines(isOnward: Bool = true) -> [RandomTimeline] {
    var random = SeededRandom(seed: 6)
    return (0..<400).map { _ in RandomTimeline(using: &random, isOnward: isOnward) }
  }

  @Test func `it has the frames of its transitions and holds, and one that closes an open path`() {
    for timeline in timelines(isOnward: false).map(\.timeline) {
      let (moving, held) = (timeline.transitionLengths.reduce(0, +), timeline.holds.reduce(0, +))
      let ends = timeline.holds[0] + timeline.holds[timeline.holds.count - 1]
      let count =
        switch timeline.course {
        case .open: moving + held + 1
        case .loop: moving + held
        case .pingpong: 2 * moving + 2 * held - ends
        }
      #expect(timeline.frameCount == count)
    }
  }

  @Test func `only held keyframes show a place twice, and only one after the other`() {
    for example in timelines() {
      let (timeline, places) = (example.timeline, example.places)
      let repeats = zip(places, places.dropFirst()).count { $0 == $1 }
      var expected = timeline.holds.reduce(0, +)
      if timeline.course == .pingpong {
        expected += timeline.holds.dropFirst().dropLast().reduce(0, +)
      }
      #expect(repeats == expected)
      // Where the path starts again, no place comes twice either.
      if timeline.course != .open, timeline.holds[0] == 0 { #expect(places.last != places.first) }
      if timeline.course != .pingpong {
        var seen: Set<Double> = []
        let runs = places.enumerated().filter { $0.offset == 0 || places[$0.offset - 1] != $0.element }
        #expect(runs.allSatisfy { seen.insert($0.element).inserted })
      }
    }
  }

  @Test func `every keyframe is shown exactly, one frame longer than it is held`() {
    for timeline in timelines().map(\.timeline) {
      var shown = Array(repeating: 0, count: timeline.keyframeCount)
      for number in 0..<timeline.frameCount {
        if let keyframe = timeline.keyframe(atFrame: number) { shown[keyframe] += 1 }
      }
      var expected = timeline.holds.map { $0 + 1 }
      if timeline.course == .pingpong {
        for index in expected.indices.dropFirst().dropLast() { expected[index] *= 2 }
      }
      #expect(shown == expected)
    }
  }

  @Test func `a loop leads on to its first frame, and a way back is the way there`() {
    for timeline in timelines(isOnward: false).map(\.timeline) where timeline.course != .open {
      let last = timeline.position(ofFrame: timeline.frameCount - 1)
      let (length, ease) = (timeline.transitionLengths, timeline.eases)
      if timeline.course == .loop {
        let index = length.count - 1
        // One step of the last transition is left, or all of it where it has only one.
        #expect(last.transition == index)
        #expect(
          last.fraction == ease[index].progress(at: Double(length[index] - 1) / Double(length[index])))
      } else {
        for number in 1..<(timeline.frameCount - timeline.holds[0]) {
          #expect(
            timeline.position(ofFrame: timeline.holds[0] + number)
              == timeline.position(ofFrame: timeline.frameCount - number)
              || timeline.keyframe(atFrame: timeline.frameCount - number) != nil)
        }
      }
    }
  }

  @Test func `chunks have all of its frames, each once`() {
    for timeline in timelines().map(\.timeline) {
      for framesPerChunk in [1, 7, 240] {
        let chunks = ChunkList(frameCount: timeline.frameCount, framesPerChunk: framesPerChunk)
        #expect(chunks.numbers.flatMap(chunks.frames) == Array(0..<timeline.frameCount))
      }
    }
  }

  @Test(arguments: ["30", "24", "30000/1001", "59.94", "12.5"], [Timeline.Course.open, .loop])
  func `seconds never drift: each boundary is the frame nearest to its time`(
    text: String, course: Timeline.Course
  ) throws {
    let rate = try FrameRate(parsing: text)
    var random = SeededRandom(seed: 7)
    for _ in 0..<20 {
      // Whole milliseconds, so that times can be told exactly.
      let transitions = (0..<200).map { _ in Int.random(in: 90...3_000, using: &random) }
      let holds = (0..<(200 + (course == .loop ? 0 : 1))).map { _ in
        Bool.random(using: &random) ? 0 : Int.random(in: 90...900, using: &random)
      }
      let timeline = try Timeline(
        PathLengths(
          transitions: .seconds(transitions.map { Double($0) / 1000 }),
          holds: holds.map { Double($0) / 1000 }, course: course), frameRate: rate)
      var (time, frame) = (0, 0)
      func expectBoundary(after milliseconds: Int, _ frames: Int) {
        time += milliseconds
        frame += frames
        let scale = 1000 * rate.denominator
        #expect(2 * abs(frame * scale - time * rate.numerator) <= scale)
      }
      for index in transitions.indices {
        expectBoundary(after: holds[index], timeline.holds[index])
        expectBoundary(after: transitions[index], timeline.transitionLengths[index])
      }
      if course == .open { expectBoundary(after: holds[200], timeline.holds[200]) }
      #expect(timeline.frameCount == frame + (course == .open ? 1 : 0))
    }
  }

  @Test func `a whole length is kept to the frame, in parts that differ by a frame at most`() throws {
    var random = SeededRandom(seed: 8)
    for _ in 0..<300 {
      let course = [Timeline.Course.open, .loop, .pingpong].randomElement(using: &random) ?? .open
      let count = Int.random(in: 1...20, using: &random)
      let seconds = Double.random(in: 5...60, using: &random)
      let holds = (0..<(count + (course == .loop ? 0 : 1))).map { _ in
        Double.random(in: 0...0.1, using: &random)
      }
      let timeline = try Timeline(
        PathLengths(
          transitions: .shares(ofSeconds: seconds, count: count), holds: holds, course: course),
        frameRate: .thirty)
      let wanted = Int((seconds * 30).rounded())
      // Two equal ways may have to leave out a frame.
      #expect((course == .pingpong ? [wanted - 1, wanted] : [wanted]).contains(timeline.frameCount))
      let lengths = timeline.transitionLengths
      #expect((lengths.max() ?? 0) - (lengths.min() ?? 0) <= 1)
    }
  }
}
