/// Decodes every frame of a morph's transitions, and measures how much the picture changes from one to the next.
///
/// Leaves nothing. Throws `MorphError` for what would keep the job from being rendered.
func smoothness(
  of batchJob: BatchJob, keepsPictures: Bool, options: RenderOptions,
  reporting report: @escaping @Sendable (EvaluationEvent) -> Void
) async throws -> EvaluationReport.Morph {
  let shared = options.shared ?? SharedReads()
  let prepared = try PreparedJob(batchJob.job, options: options, shared: shared)
  let (model, photos, reader) = try await readPhotos(of: prepared, options: options, sharing: shared) {
    event in
    if case .chose(let choice) = event { report(.chose(choice)) }
  }
  var plan = try await FramePlan(prepared, photos: photos, reader: reader, by: model)
  _ = try await followEvenPace(&plan, of: prepared, by: model, isKept: false)
  guard let path = plan.path else { preconditionFailure("a morph has a path") }

  let frames = TransitionFrames(of: path.timeline)
  var changes = TransitionChanges(frames)
  var strip = keepsPictures ? ContactStrip(frameCount: frames.count) : nil
  var last: Image?
  try await forEachInOrder(count: frames.count, limit: model.requestCount + 2) { number in
    try await model.decode(path.latent(at: frames.position(number)))
  } consume: { number, picture in
    if let last {
      changes.add(picture.reconstructionLoss(to: last).squareRoot(), before: number)
    }
    strip?.add(picture, number: number)
    last = picture
    report(.framesDone(.init(framesWritten: number + 1, frameCount: frames.count)))
  }
  var morph = EvaluationReport.Morph(
    job: batchJob.label, output: batchJob.job.output.path, transitions: [],
    curve: keepsPictures ? changes.curve : nil, strip: strip?.thumbnail)
  for (transition, length) in path.timeline.transitionLengths.enumerated() {
    let pathLength = try await path.perceptualLength(ofTransition: transition, by: model)
    morph.transitions.append(
      .init(
        frames: length, meanChange: changes.sums[transition] / Double(length),
        worstChange: changes.worst[transition], pathLength: pathLength))
  }
  return morph
}

/// The frames of a path's transitions in order, without holds and the way back.
struct TransitionFrames: Sendable {
  private let timeline: Timeline
  /// The number of each transition's first frame.
  private let starts: [Int]
  /// With the last keyframe, or the first one again, at the end.
  let count: Int

  init(of timeline: Timeline) {
    self.timeline = timeline
    var starts: [Int] = []
    var count = 0
    for length in timeline.transitionLengths {
      starts.append(count)
      count += length
    }
    (self.starts, self.count) = (starts, count + 1)
  }

  var transitionCount: Int { starts.count }

  /// The transition that leads from frame `number` to the next one.
  func transition(from number: Int) -> Int {
    starts.lastIndex(notAbove: number)
  }

  func position(_ number: Int) -> Timeline.Position {
    let transition = transition(from: number)
    return timeline.position(
      in: transition, at: number - starts[transition], of: timeline.transitionLengths[transition])
  }

  /// Where keyframes lie, as shares of the whole.
  var keyframeShares: [Double] { (starts + [count - 1]).map { Double($0) / Double(max(count - 1, 1)) } }
}

/// The changes from frame to frame, added up for each transition.
struct TransitionChanges {
  private(set) var sums: [Double]
  private(set) var worst: [Double]
  private(set) var curve: ChangeCurve
  private let frames: TransitionFrames

  init(_ frames: TransitionFrames) {
    self.frames = frames
    sums = Array(repeating: 0, count: frames.transitionCount)
    worst = sums
    curve = ChangeCurve(stepCount: frames.count - 1, keyframeShares: frames.keyframeShares)
  }

  /// Adds the change from the frame before `number` to it.
  mutating func add(_ change: Double, before number: Int) {
    let transition = frames.transition(from: number - 1)
    sums[transition] += change
    worst[transition] = max(worst[transition], change)
    curve.add(change, atStep: number - 1)
  }
}

/// How much the picture changes along a path; of many steps the largest of each stretch.
struct ChangeCurve: Equatable, Sendable {
  private static let limit = 400

  let stepCount: Int
  private(set) var values: [Double]
  /// Where keyframes lie, as shares of the whole; none where they are too many to be drawn.
  let keyframeShares: [Double]

  init(stepCount: Int, keyframeShares: [Double]) {
    self.stepCount = stepCount
    self.keyframeShares = keyframeShares.count <= 100 ? keyframeShares : []
    values = Array(repeating: 0, count: min(stepCount, ChangeCurve.limit))
  }

  mutating func add(_ change: Double, atStep step: Int) {
    let place = step * values.count / stepCount
    values[place] = max(values[place], change)
  }
}

extension LatentPath {
  /// Into how many pieces a transition is cut to measure its perceptual length.
  static let lengthPieces = 16

  /// The mean over the pieces of (1 − SSIM of the pictures at their ends) / ε², ε being a piece's share, 1/16.
  ///
  /// After Karras, Laine & Aila (2019), with SSIM in the place of a network's features and a larger ε, since pictures
  /// of whole levels don't change over a tiny one.
  func perceptualLength(ofTransition transition: Int, by model: FaceModel) async throws -> Double {
    let step = 1 / Double(LatentPath.lengthPieces)
    var sum = 0.0
    try await forEachInOrder(count: LatentPath.lengthPieces, limit: model.requestCount + 2) { piece in
      func picture(_ piece: Int) async throws -> Image {
        try await model.decode(
          latent(at: .init(transition: transition, fraction: Double(piece) * step)))
      }
      let (first, second) = (try await picture(piece), try await picture(piece + 1))
      return max(0, 1 - first.ssim(to: second))
    } consume: { _, distance in
      sum += distance
    }
    return sum / Double(LatentPath.lengthPieces) / (step * step)
  }
}
