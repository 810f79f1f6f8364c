internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Jobs that look into a latent space` {
  private typealias Renders = TestRenders

  /// Photos `0.png`, `1.png`, … of random blocks.
  private func writePhotos(_ count: Int, to folder: String) throws {
    for number in 0..<count {
      try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/\(number).png")
    }
  }

  private func face(_ seed: UInt32) -> Latent { Latent(seed: seed, dimension: 192) }

  @Test func `everything that decides them is in the identity, and comes back from the record`() async throws
  {
    try await withTemporaryFolder { folder in
      try writePhotos(2, to: folder)
      try write(npy(face(5).values + face(6).values, shape: [2, 192]), to: "\(folder)/z.npy")
      let traverse = { (rest: String) in "traverse: {keyframe: \"seed:1\"\(rest)}" }
      let plane = { (rest: String) in
        "plane: {keyframes: [\"seed:1\", 0.png, \"z.npy:0\", \"seed:2\"]\(rest)}"
      }
      let jobs = [
        traverse(", dims: 2"), traverse(", dims: 3"), traverse(", dims: \"2-2\""), traverse(", dims: [2, 1]"),
        traverse(", dims: [1, 2]"), traverse(", dims: [2, 1], order: effect"),
        traverse(", dims: 2, order: index"),
        traverse(", dims: 2, range: 2"), traverse(", dims: 2, range: q0.05"), traverse(", dims: 2, steps: 3"),
        traverse(", dims: 2, prior: z.npy"), traverse(", dims: 2, temperature: 0.5"),
        traverse(", dims: 2, order: latent-loss, over: 0.png"),
        traverse(", dims: 2, order: latent-loss, over: [0.png, 1.png]"), plane(""), plane(", steps: 2x3"),
        plane(", steps: 3x2"), plane(", rng: torch"), "posterior: {photo: 0.png, count: 2}",
        "posterior: {photo: 1.png, count: 2}", "posterior: {photo: 0.png, count: 3}",
        "posterior: {photo: 0.png, count: 2, noise_seed: 1}",
        "posterior: {photo: 0.png, count: 2, rng: torch}",
        "posterior: {photo: 0.png, count: 2, temperature: 2}", "between: {keyframes: [0.png, 1.png]}",
        "between: {keyframes: [1.png, 0.png]}", "between: {keyframes: [0.png, 0.png, 1.png]}",
      ]
      var identities: Set<String> = []
      for (number, yaml) in jobs.enumerated() {
        let stated = try job("model: tiny\n\(yaml)\noutput: r\(number).png", in: folder)
        try await Renders.run(stated)
        identities.insert(try #require(Renders.record(of: "\(folder)/r\(number).png")).identity)
        var again = try MorphJob(recordOf: "\(folder)/r\(number).png", options: Renders.options())
        // Their columns are their own, and stand in the record none the less.
        if case .grid(var grid) = again.output.format {
          grid.columns = nil
          again.output.format = .grid(grid)
        }
        #expect(again.content == stated.content, "\(yaml)")
        #expect(try outlook(of: stated, options: Renders.options()).state == .upToDate)
      }
      #expect(identities.count == jobs.count)
      let same = try job(
        "model: tiny\n\(traverse(", dims: 2, order: effect, range: 3, steps: 7"))\noutput: r0.png", in: folder
      )
      #expect(try outlook(of: same, options: Renders.options()).state == .upToDate)
    }
  }

  @Test func `a plan tells the rows and how far their pictures have come`() throws {
    let stated = try job("model: tiny\ntraverse: {keyframe: \"seed:1\", dims: 2, steps: 3}\noutput: t.png")
    let planned = (0..<stated.frameCount).map { stated.plannedFrame($0) }
    #expect(planned.map(\.segment) == [0, 0, 0, 1, 1, 1])
    #expect(planned.map(\.fraction) == [0, 0.5, 1, 0, 0.5, 1])
    #expect(planned.allSatisfy { $0.seconds == nil && $0.chunk == 0 })
  }
}
