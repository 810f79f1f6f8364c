internal import Digests
internal import FoundationEssentials

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
  /// The version of this form and of the way of measuring.
  private(set) var format = PacePlan.currentFormat
  /// Frames of each transition.
  let lengths: [Int]
  let curves: [PaceCurve]
  let transitions: [TransitionPace]
  /// SHA-256 of its other fields, as JSON with sorted keys.
  private(set) var digest = ""

  private static let currentFormat = 1

  /// Into how many steps a transition is cut to be measured; whatever its length, so that it is measured alike.
  static let stepsPerTransition = 16

  /// Decodes 16 steps of each transition, evens them, and decodes the evened ones to see how even they are.
  ///
  /// A step's change is the root mean square difference of the two pictures over height, width and channels, at the
  /// model's size: the square root of the reconstruction loss.
  init(measuring path: LatentPath, by model: FaceModel) async throws {
    let timeline = path.timeline
    let before = try await PacePlan.steps(along: path, by: model) { _, share in share }
    let curves = before.map { PaceCurve(steps: $0) }
    let lengths = PaceCurve.lengths(sharing: timeline.transitionLengths.reduce(0, +), over: curves)
    let after = try await PacePlan.steps(along: path, by: model) { curves[$0].fraction(at: $1) }
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
    along path: LatentPath, by model: FaceModel, fraction: @escaping @Sendable (Int, Double) -> Double
  ) async throws -> [[Double]] {
    let transitionCount = path.timeline.transitionLengths.count
    var steps: [[Double]] = Array(repeating: [], count: transitionCount)
    var last: Image?
    let pointCount = transitionCount * stepsPerTransition + 1
    try await forEachInOrder(count: pointCount, limit: model.requestCount + 2) { point in
      let transition = min(point / stepsPerTransition, transitionCount - 1)
      let share = Double(point - transition * stepsPerTransition) / Double(stepsPerTransition)
      return try await model.decode(
        path.latent(at: .init(transition: transition, fraction: fraction(transition, share))))
    } consume: { point, picture in
      if let last {
        steps[(point - 1) / stepsPerTransition].append(picture.reconstructionLoss(to: last).squareRoot())
      }
      last = picture
    }
    return steps
  }

  /// Reads what `json` gave; `nil` for anything else, also for what was measured in another way.
  init?(json: [UInt8], transitionCount: Int, frameCount: Int) {
    do {
      self = try JSONDecoder().decode(PacePlan.self, from: Data(json))
      guard format == PacePlan.currentFormat, digest == (try ownDigest()), lengths.count == transitionCount,
        curves.count == transitionCount, curves.allSatisfy(\.isSound),
        lengths.allSatisfy({ (1...max(1, frameCount)).contains($0) }), lengths.reduce(0, +) == frameCount
      else { return nil }
    } catch {
      return nil
    }
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Array(try encoder.encode(self))
  }

  private func ownDigest() throws -> String {
    var plan = self
    plan.digest = ""
    return SHA256Digest(of: String(decoding: try plan.json(), as: UTF8.self)).hex
  }
}

extension WorkFolder {
  /// The times that were measured for the job, by whichever process came first.
  func pacePlan(for timeline: Timeline) -> PacePlan? {
    do throws(FileProblem) {
      let json = try bytes(ofFile: pacePath, limit: RunRecord.byteLimit)
      return PacePlan(
        json: json, transitionCount: timeline.transitionLengths.count,
        frameCount: timeline.transitionLengths.reduce(0, +))
    } catch {
      return nil
    }
  }

  /// Puts a plan into the folder, and returns the one that counts: of several processes the first one's.
  func keep(_ plan: PacePlan, for timeline: Timeline) throws -> PacePlan {
    let json = try plan.json()
    return try naming { () throws(FileProblem) in
      let temporary = temporaryPath()
      defer { removeAll(temporary) }
      try write(json, toFile: temporary)
      if try linkUnlessTaken(temporary, to: pacePath) { return plan }
      if let first = pacePlan(for: timeline) { return first }
      // What is there was damaged.
      try move(temporary, to: pacePath)
      return plan
    }
  }

  private var pacePath: String { path + "/pace.json" }
}
