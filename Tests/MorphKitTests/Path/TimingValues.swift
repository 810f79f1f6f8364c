internal import Foundation
internal import TestSupport

@testable import MorphKit

/// What NumPy gave for the formulas of a path; `make_timing.py` says how.
struct TimingValues: Decodable {
  let eases: [String: [Double]]
  let keyframes: [[Float]]
  let fractions: [Double]
  /// By transition, then by fraction.
  let spherical: [[[Float]]]
  let cubic: [[[Float]]]
  let cubicLoop: [[[Float]]]
  let pace: Pace

  struct Pace: Decodable {
    let steps: [Double]
    let shares: [Double]
    let fractions: [Double]
    let unevenness: Double
  }

  private enum CodingKeys: String, CodingKey {
    case eases, keyframes, fractions, spherical, cubic, pace
    case cubicLoop = "cubic-loop"
  }

  static func read() throws -> TimingValues {
    try JSONDecoder().decode(TimingValues.self, from: Data(try contents(fixture("numpy/timing.json"))))
  }
}

/// A timeline of random lengths, holds, curves and course.
struct RandomTimeline {
  let timeline: Timeline

  /// Without a curve that comes back when `isOnward` is true.
  init(using random: inout SeededRandom, isOnward: Bool = true) {
    let course = [Timeline.Course.open, .loop, .pingpong].randomElement(using: &random) ?? .open
    let lengths = (0..<Int.random(in: (course == .loop ? 2 : 1)...7, using: &random)).map { _ in
      Int.random(in: 1...30, using: &random)
    }
    let holds = (0..<(lengths.count + (course == .loop ? 0 : 1))).map { _ in
      Bool.random(using: &random) ? 0 : Int.random(in: 1...9, using: &random)
    }
    let curves = Ease.allCases.filter {
      !isOnward || !($0.rawValue.hasPrefix("back") || $0.rawValue.hasPrefix("bounce"))
    }
    let eases = lengths.map { _ in curves.randomElement(using: &random) ?? .linear }
    timeline = Timeline(
      transitionLengths: lengths, holds: holds, eases: eases, course: course, frameRate: .thirty)
  }

  /// Where each frame lies, counted in keyframes; in a loop the last transition leads to 0 again.
  var places: [Double] {
    (0..<timeline.frameCount).map { number in
      let position = timeline.position(ofFrame: number)
      let place = Double(position.transition) + position.fraction
      return place == Double(timeline.keyframeCount) ? 0 : place
    }
  }
}
