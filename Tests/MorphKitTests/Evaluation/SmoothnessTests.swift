internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Smoothness of a morph` {
  private func report(
    _ timeline: Timeline, _ keyframes: [Keyframe], interpolation: Interpolation = .linear
  ) async throws -> EvaluationReport.Morph {
    var job = TestRenders.job(
      .morph(keyframes: keyframes, timeline), to: "/nowhere/x.mp4", .video(.init()))
    job.interpolation = interpolation
    let evaluation = Evaluation(
      photos: [], morphs: [BatchJob(job, file: "walk.yaml")], model: fixture("tiny"))
    let report = try await evaluate(evaluation, options: TestRenders.options())
    #expect(report.failures.isEmpty && report.model == nil)
    return try #require(report.morphs.first)
  }

  /// The changes along pictures of latents that lie at these fractions of a straight line.
  private func changes(_ first: UInt32, _ second: UInt32, _ fractions: [Double]) async throws -> [Double] {
    let model = try await TestModels.load("tiny")
    var pictures: [Image] = []
    for fraction in fractions {
      pictures.append(
        try await model.decode(
          .between(
            Latent(seed: first, dimension: 192), Latent(seed: second, dimension: 192), fraction: fraction)))
    }
    return zip(pictures.dropFirst(), pictures).map { $0.reconstructionLoss(to: $1).squareRoot() }
  }

  private func expect(
    _ transition: EvaluationReport.Transition, toHave changes: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(transition.frames == changes.count, sourceLocation: sourceLocation)
    let mean = changes.reduce(0, +) / Double(changes.count)
    #expect(abs(transition.meanChange - mean) < 1e-12, sourceLocation: sourceLocation)
    #expect(transition.worstChange == changes.max(), sourceLocation: sourceLocation)
    #expect(
      abs((transition.ratio ?? .nan) - (changes.max() ?? 0) / mean) < 1e-9, sourceLocation: sourceLocation)
  }

  @Test func `is that of its frames, from the first to the last keyframe`() async throws {
    let morph = try await report(
      Timeline(transitionLengths: [4, 3], frameRate: .thirty), [.seed(1), .seed(2), .seed(5)])
    #expect(morph.transitions.count == 2 && morph.job == "walk.yaml")
    expect(morph.transitions[0], toHave: try await changes(1, 2, [0, 0.25, 0.5, 0.75, 1]))
    expect(morph.transitions[1], toHave: try await changes(2, 5, [0, 1 / 3, 2 / 3, 1]))
  }

  @Test func `follows the ease, and knows no holds`() async throws {
    let morph = try await report(
      Timeline(transitionLengths: [4], holds: [3, 5], eases: [.quadInOut], frameRate: .thirty),
      [.seed(1), .seed(2)])
    let fractions = [0, 0.25, 0.5, 0.75, 1].map(Ease.quadInOut.progress)
    expect(morph.transitions[0], toHave: try await changes(1, 2, fractions))
  }

  @Test func `goes once around a loop`() async throws {
    let morph = try await report(
      Timeline(transitionLengths: [2, 2], course: .loop, frameRate: .thirty), [.seed(1), .seed(2)])
    expect(morph.transitions[0], toHave: try await changes(1, 2, [0, 0.5, 1]))
    expect(morph.transitions[1], toHave: try await changes(2, 1, [0, 0.5, 1]))
  }

  @Test func `has no ratio where nothing changes`() async throws {
    let morph = try await report(
      Timeline(transitionLengths: [3], frameRate: .thirty), [.seed(1), .seed(1)])
    #expect(morph.transitions[0].meanChange == 0 && morph.transitions[0].ratio == nil)
    #expect(abs(morph.transitions[0].pathLength) < 1e-6)
  }

  @Test func `has a path length of sixteen pieces, whatever the frames and the ease`() async throws {
    let model = try await TestModels.load("tiny")
    let ends = (Latent(seed: 1, dimension: 192), Latent(seed: 2, dimension: 192))
    var sum = 0.0
    for piece in 0..<16 {
      let first = try await model.decode(.between(ends.0, ends.1, fraction: Double(piece) / 16))
      let second = try await model.decode(.between(ends.0, ends.1, fraction: Double(piece + 1) / 16))
      sum += 1 - first.ssim(to: second)
    }
    for (frames, ease) in [(2, Ease.linear), (7, .quadInOut)] {
      let morph = try await report(
        Timeline(transitionLengths: [frames], eases: [ease], frameRate: .thirty), [.seed(1), .seed(2)])
      #expect(abs(morph.transitions[0].pathLength - sum / 16 * 256) < 1e-9)
    }
  }

  @Test func `of many frames keeps the largest of each stretch`() {
    var curve = ChangeCurve(stepCount: 1000, keyframeShares: [0, 1])
    for step in 0..<1000 { curve.add(step == 617 ? 9 : 1, atStep: step) }
    #expect(curve.values.count == 400 && curve.values.max() == 9)
    #expect(curve.values.count { $0 == 1 } == 399)
  }

  @Test func `can't be told of a job whose photo is missing`() async throws {
    let job = TestRenders.job(
      TestRenders.morph([.photo(.init(path: "/nowhere/gone.jpg")), .seed(1)], frames: 3), to: "x.mp4",
      .video(.init()))
    let good = TestRenders.job(
      TestRenders.morph([.seed(1), .seed(2)], frames: 2), to: "y.mp4", .video(.init()))
    let report = try await evaluate(
      Evaluation(
        photos: [], morphs: [BatchJob(job, file: "a.yaml"), BatchJob(good, file: "b.yaml")],
        model: fixture("tiny")), options: TestRenders.options())
    #expect(report.morphs.map(\.job) == ["b.yaml"])
    #expect(report.failures.map(\.name) == ["a.yaml"])
    #expect(report.failures.map(\.reason) == ["/nowhere/gone.jpg: no such file. Check the name."])
  }
}
