/// Which dimensions a traversal shows, and what was measured of each.
public struct DimensionRanking: Equatable, Sendable, Codable {
  /// What they were put in order by.
  public var order: Traversal.Order
  /// The most first.
  public var dimensions: [Figure]

  public struct Figure: Equatable, Sendable, Codable {
    /// Counted from 0.
    public var dimension: Int
    /// The root mean square difference of the pictures at both ends, with pixels from 0 to 1; or the mean latent loss, in
    /// nats.
    public var value: Double
  }

  /// The first `count` of figures, those that are larger first, equal ones by their number.
  init(_ order: Traversal.Order, first count: Int, of figures: [Figure]) {
    self.order = order
    dimensions = Array(
      figures.sorted { ($1.value, $0.dimension) < ($0.value, $1.dimension) }.prefix(count))
  }
}

/// The order of a traversal's dimensions: measured once, before the first frame.
struct MeasuredDimensions: Equatable, Sendable, Codable {
  let ranking: DimensionRanking
  private(set) var format = MeasuredDimensions.currentFormat
  var digest = ""

  /// Decodes both ends of every dimension that may be shown, or encodes the photos over which latent loss is meant.
  init(
    of traversal: Traversal, from start: Latent, by model: FaceModel, reader: LatentReader
  ) async throws {
    let candidates: [Int]
    switch traversal.dimensions {
    case .runs(let runs): candidates = runs.flatMap { Array($0) }
    case .first: candidates = Array(start.values.indices)
    }
    let values: [Double]
    switch traversal.order {
    case .latentLoss: values = try await reader.latentLosses(over: traversal.over, by: model)
    case .effect, .index, nil:
      values = try await MeasuredDimensions.effects(
        along: TraversalPath(
          from: start, along: candidates, range: traversal.range, of: reader.inputs.random),
        by: model)
    }
    let isLatentLoss = traversal.order == .latentLoss
    ranking = DimensionRanking(
      traversal.order ?? .effect, first: traversal.dimensions.count,
      of: candidates.enumerated().map { index, dimension in
        .init(dimension: dimension, value: values[isLatentLoss ? dimension : index])
      })
    digest = try ownDigest()
  }

  /// How much the picture changes between the ends of each dimension: the root mean square difference over height, width
  /// and channels, at the model's size.
  private static func effects(along path: TraversalPath, by model: FaceModel) async throws -> [Double] {
    var effects: [Double] = []
    var low: Image?
    try await forEachInOrder(count: 2 * path.dimensions.count, limit: model.requestCount + 2) { number in
      try await model.decode(path.latent(row: number / 2, step: number % 2, of: 2))
    } consume: { number, picture in
      if number % 2 == 1, let low {
        effects.append(picture.reconstructionLoss(to: low).squareRoot())
      }
      low = picture
    }
    return effects
  }
}

extension MeasuredDimensions: KeptMeasurement {
  static let fileName = "dimensions.json"
  static let currentFormat = 1

  /// Whether it can be what was measured for a traversal.
  func fits(_ traversal: Traversal) -> Bool {
    ranking.order == traversal.order && ranking.dimensions.count == traversal.dimensions.count
  }
}

extension LatentReader {
  /// The mean latent loss of each dimension over photos; those that show no face are left out.
  fileprivate func latentLosses(over photos: [PhotoReference], by model: FaceModel) async throws -> [Double] {
    var sums: [Double] = []
    var count = 0
    try await forEachInOrder(count: photos.count, limit: 4) { index -> [Double]? in
      do {
        return try await posterior(of: photos[index], by: model).latentLosses
      } catch let error as MorphError where error.problem == .photo(.noFace) {
        report(.leftOut(photo: error.subject))
        return nil
      }
    } consume: { _, losses in
      guard let losses else { return }
      if sums.isEmpty { sums = Array(repeating: 0, count: losses.count) }
      for index in sums.indices { sums[index] += losses[index] }
      count += 1
    }
    guard count > 0 else { throw MorphError("over", PhotoProblem.tooFewFaces(0, needed: 1)) }
    return sums.map { $0 / Double(count) }
  }
}
