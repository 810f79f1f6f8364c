internal import TestSupport
internal import Testing

@testable import MorphKit

/// Renders what looks into the latent space of `tiny`, whose decoder shows each number in a place of its own.
struct `Looks into a latent space` {
  private typealias Renders = TestRenders

  /// Photos `0.png`, `1.png`, … of random blocks.
  private func writePhotos(_ count: Int, to folder: String) throws {
    for number in 0..<count {
      try writePNG(TestModels.blocks(seed: UInt64(number)), to: "\(folder)/\(number).png")
    }
  }

  @discardableResult
  private func render(_ yaml: String, in folder: String, model: String = "tiny") async throws -> RenderResult
  {
    try await Renders.run(job("model: \(model)\n\(yaml)", in: folder))
  }

  private func picture(_ path: String) throws -> Image { Image(try PhotoFile(at: path).picture()) }

  private func face(_ seed: UInt32) -> Latent { Latent(seed: seed, dimension: 192) }

  @Test func `a traversal sets one number a row along its range, and leaves the others`() async throws {
    try await withTemporaryFolder { folder in
      try await render(
        "traverse: {keyframe: \"seed:3\", dims: \"100,7\", steps: 5, range: 2}\noutput: t.png", in: folder)
      let sheet = try picture("\(folder)/t.png")
      #expect((sheet.width, sheet.height) == (5 * 34 + 2, 2 * 34 + 2))
      let tiny = try await TestModels.load("tiny")
      for (row, dimension) in [100, 7].enumerated() {
        for (column, value) in [Float(-2), -1, 0, 1, 2].enumerated() {
          var latent = face(3)
          latent.values[dimension] = value
          #expect(try await Renders.cell(column, row, of: sheet) == tiny.decode(latent))
        }
      }
      #expect(Renders.record(of: "\(folder)/t.png")?.dimensions == nil)
    }
  }

  @Test func `the numbers of a spatial latent are counted channel by channel, row by row`() async throws {
    try await withTemporaryFolder { folder in
      // It has three channels of 8 × 8, and its numbers mean what tiny's do.
      let yaml = "traverse: {keyframe: \"seed:3\", dims: \"65,190\", steps: 2}"
      try await render(yaml + "\noutput: flat.png", in: folder)
      try await render(yaml + "\noutput: spatial.png", in: folder, model: "spatial-scaled")
      let flat = try picture("\(folder)/flat.png")
      #expect(try flat.largestDifference(from: picture("\(folder)/spatial.png")) <= 1)
    }
  }

  @Test func `the range follows a prior that was fitted to a file`() async throws {
    try await withTemporaryFolder { folder in
      let rows = (0..<6).flatMap { face($0).values.map { $0 / 2 + 1 } }
      try write(npy(rows, shape: [6, 192]), to: "\(folder)/z.npy")
      let yaml = "traverse: {keyframe: \"z.npy:2\", dims: 5-5, steps: 3, range: q0.1, prior: z.npy}"
      try await render(yaml + "\noutput: t/", in: folder)
      let column = (0..<6).map { Double(face($0).values[5] / 2 + 1) }
      let mean = column.reduce(0, +) / 6
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
      let tiny = try await TestModels.load("tiny")
      let values = [mean - 1.2815515655 * deviation, mean, mean + 1.2815515655 * deviation]
      let names = ["-1.28", "+0.00", "+1.28"]
      for (value, name) in zip(values, names) {
        var latent = Latent(face(2).values.map { $0 / 2 + 1 })
        latent.values[5] = Float(value)
        let found = try picture("\(folder)/t/dim005_\(name).png")
        #expect(try await found.largestDifference(from: tiny.decode(latent)) <= 1)
      }
      // The prior of a model without one, and a model without any.
      try await render(yaml + "\noutput: p/", in: folder, model: "prior-none")
      let error = await #expect(throws: MorphError.self) {
        try await render(
          "traverse: {keyframe: \"z.npy:2\", order: index}\noutput: x.png", in: folder, model: "prior-none")
      }
      #expect(error?.problem == .model(.noPriorToTraverse))
    }
  }

  @Test func `dimensions stand by how much they change the picture`() async throws {
    try await withTemporaryFolder { folder in
      let log = EventLog()
      let stated = try job(
        "model: tiny\ntraverse: {keyframe: \"seed:3\", dims: 4, steps: 3}\noutput: t/", in: folder)
      _ = try await MorphKit.render(stated, options: Renders.options(), reporting: log.note)
      let tiny = try await TestModels.load("tiny")
      var effects: [(Int, Double)] = []
      for dimension in 0..<192 {
        var (low, high) = (face(3), face(3))
        (low.values[dimension], high.values[dimension]) = (-3, 3)
        let (first, second) = (try await tiny.decode(low), try await tiny.decode(high))
        var sum = 0.0
        for (one, other) in zip(first.pixels, second.pixels) {
          sum += (Double(one) - Double(other)) * (Double(one) - Double(other)) / 65_025
        }
        effects.append((dimension, (sum / Double(first.pixels.count)).squareRoot()))
      }
      let best = effects.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(4)
      let record = try #require(Renders.record(of: "\(folder)/t")?.dimensions)
      #expect(record.order == .effect)
      #expect(record.dimensions.map(\.dimension) == best.map(\.0))
      for (figure, expected) in zip(record.dimensions, best) {
        #expect(abs(figure.value - expected.1) < 1e-9)
      }
      let told = log.events.compactMap { if case .ranked(let ranking) = $0 { ranking } else { nil } }
      #expect(told == [record])
      #expect(try names(in: "\(folder)/t").contains("dim\(padded(best[0].0, to: 3))_-3.00.png"))
      #expect(try names(in: folder) == ["t", "t.json"])

      // What is damaged is known by its names, and is made again.
      #expect(try await !Renders.run(stated).isNew)
      let damaged = "\(folder)/t/\(try names(in: "\(folder)/t")[0])"
      try write("x", to: damaged)
      try await Renders.run(stated, overwrites: true)
      #expect(try verify("\(folder)/t").isEmpty)
    }
  }

  @Test func `dimensions stand by their mean latent loss over photos`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(3, to: folder)
      try await render(
        "traverse: {keyframe: 0.png, dims: 5, order: latent-loss, over: [1.png, 2.png], steps: 2}\noutput: t.png",
        in: folder)
      let tiny = try await TestModels.load("tiny")
      var means = Array(repeating: 0.0, count: 192)
      for seed in [UInt64(1), 2] {
        let posterior = try await tiny.encode(TestModels.blocks(seed: seed))
        for dimension in 0..<192 {
          let mean = Double(posterior.mean.values[dimension])
          means[dimension] += (mean * mean + exponential(-4) + 4 - 1) / 4
        }
      }
      let best = means.enumerated().sorted { $0.element > $1.element }.prefix(5)
      let found = try #require(Renders.record(of: "\(folder)/t.png")?.dimensions)
      #expect(found.dimensions.map(\.dimension) == best.map(\.offset))
      for (figure, expected) in zip(found.dimensions, best) {
        #expect(abs(figure.value - expected.element) < 1e-4)
      }
      for (yaml, problem) in [
        ("traverse: {keyframe: 0.png, order: latent-loss, over: 1.png}", ModelProblem.noLatentLoss),
        ("posterior: {photo: 0.png}", .noPosterior),
      ] {
        let error = await #expect(throws: MorphError.self) {
          try await render(yaml + "\noutput: x.png", in: folder, model: "autoencoder")
        }
        #expect(error?.problem == .model(problem))
      }
    }
  }

  @Test func `a plane shows its corners exactly, and what is half-way in its middle`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(1, to: folder)
      try await render(
        "plane: {keyframes: [0.png, \"seed:1\", \"seed:2\", \"seed:3\"], steps: 3x5}\noutput: p.png",
        in: folder)
      let sheet = try picture("\(folder)/p.png")
      #expect((sheet.width, sheet.height) == (3 * 34 + 2, 5 * 34 + 2))
      let tiny = try await TestModels.load("tiny")
      let corners = [try await tiny.encode(TestModels.blocks(seed: 0)).mean, face(1), face(2), face(3)]
      for (corner, place) in zip(corners, [(0, 0), (2, 0), (0, 4), (2, 4)]) {
        #expect(try await Renders.cell(place.0, place.1, of: sheet) == tiny.decode(corner))
      }
      let quarter = Latent.sum([
        (0.375, corners[0]), (0.375, corners[1]), (0.125, corners[2]), (0.125, corners[3]),
      ])
      let found = Renders.cell(1, 1, of: sheet)
      #expect(try await found.largestDifference(from: tiny.decode(quarter)) <= 1)
    }
  }

  @Test func `a posterior is the photo, its mean, and draws with noise of their own`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(1, to: folder)
      try await render(
        "posterior: {photo: 0.png, count: 2, noise_seed: 7, temperature: 3, rng: torch}\noutput: p/",
        in: folder)
      let tiny = try await TestModels.load("tiny")
      let photo = TestModels.blocks(seed: 0)
      let mean = try await tiny.encode(photo).mean
      #expect(
        try names(in: "\(folder)/p") == ["0_mean.png", "0_photo.png", "0_seed0007.png", "0_seed0008.png"])
      #expect(try picture("\(folder)/p/0_photo.png") == photo)
      #expect(try await picture("\(folder)/p/0_mean.png") == tiny.decode(mean))
      for seed in [UInt32(7), 8] {
        let noise = TorchRandom.normals(seed: seed, count: 192)
        // log σ² is −4 everywhere.
        let draw = Latent(zip(mean.values, noise).map { $0 + 3 * Float(exponential(-2)) * $1 })
        let found = try picture("\(folder)/p/0_seed000\(seed).png")
        #expect(try await found.largestDifference(from: tiny.decode(draw)) <= 1)
      }
      try await render("posterior: {photo: 0.png}\noutput: p.png", in: folder)
      let sheet = try picture("\(folder)/p.png")
      #expect((sheet.width, sheet.height) == (6 * 34 + 2, 6 * 34 + 2))
    }
  }

  @Test func `every keyframe meets every other half-way, under and beside them all`() async throws {
    try await withTemporaryFolder { folder in
      try writePhotos(2, to: folder)
      try await render(
        "between: {keyframes: [0.png, \"seed:9\", 1.png]}\noutput: b.png", in: folder)
      let yaml = "between: {keyframes: [0.png, \"seed:9\", 1.png], background: \"#102030\", gap: 0}"
      try await render(yaml + "\noutput: c.png", in: folder)
      let corner = try picture("\(folder)/c.png")
      #expect(corner.pixels.prefix(3) == [0x10, 0x20, 0x30] && corner.width == 4 * 32)
      let sheet = try picture("\(folder)/b.png")
      let tiny = try await TestModels.load("tiny")
      let photos = [TestModels.blocks(seed: 0), TestModels.blocks(seed: 1)]
      let random = try await tiny.decode(face(9))
      let points = [try await tiny.encode(photos[0]).mean, face(9), try await tiny.encode(photos[1]).mean]
      let headings = [photos[0], random, photos[1]]
      #expect(Renders.cell(0, 0, of: sheet) == Image(width: 32, height: 32, filledWith: .black))
      for row in 0..<3 {
        #expect(Renders.cell(row + 1, 0, of: sheet) == headings[row])
        #expect(Renders.cell(0, row + 1, of: sheet) == headings[row])
        for column in 0..<3 {
          let middle = Latent(zip(points[row].values, points[column].values).map { ($0 + $1) / 2 })
          let found = Renders.cell(column + 1, row + 1, of: sheet)
          #expect(try await found.largestDifference(from: tiny.decode(middle)) <= 1)
          #expect(found == Renders.cell(row + 1, column + 1, of: sheet))
        }
      }
    }
  }
}
