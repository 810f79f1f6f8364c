internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Timeline of a path` {
  @Test func `no picture repeats at a joint, and every keyframe is shown`() {
    let timeline = Timeline(transitionLengths: [2, 3], frameRate: .thirty)
    let positions = (0..<timeline.frameCount).map { timeline.position(ofFrame: $0) }
    let expected: [(Int, Double)] = [(0, 0), (0, 0.5), (1, 0), (1, 1.0 / 3), (1, 2.0 / 3), (1, 1)]
    #expect(positions == expected.map { Timeline.Position(transition: $0.0, fraction: $0.1) })
  }

  @Test func `paths have Σn + 1 frames, and each keyframe its own`() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<300 {
      let lengths = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Int.random(in: 1...40, using: &random)
      }
      let timeline = Timeline(transitionLengths: lengths, frameRate: .thirty)
      #expect(timeline.frameCount == lengths.reduce(0, +) + 1)
      let places = (0..<timeline.frameCount).map { number in
        let position = timeline.position(ofFrame: number)
        return Double(position.transition) + position.fraction
      }
      // Strictly onward: no place comes twice, none is left out on the way back.
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 < $1 })
      var keyframe = 0
      for (index, length) in lengths.enumerated() {
        #expect(places[keyframe] == Double(index))
        let last = Double(index + 1) - 1 / Double(length)
        #expect(abs(places[keyframe + length - 1] - last) < 1e-12)
        keyframe += length
      }
      #expect(places.last == Double(lengths.count))
    }
  }

  @Test func `a single keyframe is a path of one frame`() {
    let timeline = Timeline(transitionLengths: [], frameRate: .thirty)
    #expect(timeline.frameCount == 1)
    #expect(timeline.position(ofFrame: 0) == .init(transition: 0, fraction: 0))
  }

  @Test func `frames appear at exact times, and the last one lasts as long as the others`() throws {
    let timeline = Timeline(transitionLengths: [60], frameRate: try FrameRate(parsing: "30000/1001"))
    #expect(timeline.time(ofFrame: 0) == 0)
    #expect(timeline.time(ofFrame: 30) == 1.001)
    #expect(timeline.seconds == 61.0 * 1001 / 30_000)
  }

  @Test(arguments: [
    ("30", [2.0], [60]), ("30", [2, 2, 2], [60, 60, 60]), ("24", [0.5, 1], [12, 24]),
    ("30000/1001", [2, 2, 2, 2], [60, 60, 60, 60]), ("10", [0.25, 0.25], [3, 2]), ("1", [0.5], [1]),
  ])
  func `seconds become frames`(rate: String, seconds: [Double], lengths: [Int]) throws {
    let timeline = try Timeline(transitionSeconds: seconds, frameRate: FrameRate(parsing: rate))
    #expect(timeline.transitionLengths == lengths)
  }

  @Test(arguments: ["30", "24", "30000/1001", "24000/1001", "59.94", "1000", "12.5"])
  func `a long path does not drift: each keyframe is the frame nearest to its time`(text: String) throws {
    let rate = try FrameRate(parsing: text)
    var random = SeededRandom(seed: 2)
    for _ in 0..<20 {
      // Whole milliseconds, so that times can be told exactly.
      let milliseconds = (0..<500).map { _ in Int.random(in: 90...4_000, using: &random) }
      let timeline = try Timeline(
        transitionSeconds: milliseconds.map { Double($0) / 1000 }, frameRate: rate)
      var (time, frame) = (0, 0)
      for (index, length) in timeline.transitionLengths.enumerated() {
        time += milliseconds[index]
        frame += length
        let scale = 1000 * rate.denominator
        let distance = abs(frame * scale - time * rate.numerator)
        // At most half a frame off; a time exactly between two frames may go to either.
        #expect(2 * distance <= scale)
      }
    }
  }

  @Test func `a transition without a frame is refused`() throws {
    let rate = try FrameRate(parsing: "30")
    var problem = #expect(throws: SettingProblem.self) {
      try Timeline(transitionSeconds: [2, 0.01, 2], frameRate: rate)
    }
    #expect(problem == .transitionTooShort(seconds: 0.01, frameRate: rate))
    #expect(problem?.message.contains("0.0334 s") == true)
    problem = #expect(throws: SettingProblem.self) { try Timeline(transitionSeconds: [0], frameRate: rate) }
    #expect(problem == .transitionTooShort(seconds: 0, frameRate: rate))
  }

  @Test(arguments: ["24", "25", "30", "60", "30000/1001", "144", "240", "999.999", "0.3"])
  func `the shortest length that the message names is long enough`(text: String) throws {
    let rate = try FrameRate(parsing: text)
    let message = SettingProblem.transitionTooShort(seconds: 0, frameRate: rate).message
    let named = try #require(message.split(separator: " ").dropLast().last.flatMap { Double($0) })
    let timeline = try Timeline(transitionSeconds: Array(repeating: named, count: 3_000), frameRate: rate)
    #expect(timeline.transitionLengths.allSatisfy { $0 >= 1 })
  }
}
