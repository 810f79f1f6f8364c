/// Single dimensions of the latent space, each followed along its range with all others as a keyframe has them.
public struct Traversal: Equatable, Sendable {
  public var keyframe: Keyframe
  public var dimensions: Dimensions
  /// In which order dimensions stand; `nil` for listed ones as they were listed.
  public var order: Order?
  /// The photos over which the latent loss is measured.
  public var over: [PhotoReference] = []
  public var range = Range.deviations(3)
  public var view = View.steps(7)

  /// What was measured of the dimensions, where their order has to be; `nil` before.
  var ranking: DimensionRanking?

  /// The dimensions that are shown when nothing is stated, or all when there are fewer.
  static let dimensionCount = 10

  /// Of a spatial latent, dimensions are numbered as its values lie in memory: channel, row, column.
  public enum Dimensions: Equatable, Sendable {
    /// The first ones in the order.
    case first(Int)
    /// Runs of them, each dimension once.
    case runs([ClosedRange<Int>])
  }

  /// What dimensions are put in order by.
  public enum Order: String, CaseIterable, Codable, Sendable {
    case index
    /// How much the picture changes from one end of the range to the other, the most first.
    case effect
    /// The mean latent loss over photos, the most first.
    case latentLoss = "latent-loss"
  }

  /// How far a dimension goes to both sides of the prior's mean.
  public enum Range: Equatable, Sendable {
    /// In standard deviations of the prior.
    case deviations(Double)
    /// From this quantile of the prior to the one as far from its other end.
    case quantiles(Double)
  }

  public enum View: Equatable, Sendable {
    /// A row of so many pictures for each dimension.
    case steps(Int)
    /// A video of so many frames, in which every dimension swings in a cell of its own.
    case swing(frameCount: Int)
  }

  public init(of keyframe: Keyframe, dimensions: Dimensions, order: Order? = nil) {
    self.keyframe = keyframe
    self.dimensions = dimensions
    self.order = order
  }
}

extension Traversal.Dimensions {
  var count: Int {
    switch self {
    case .first(let count): count
    case .runs(let runs): runs.reduce(0) { $0 + $1.count }
    }
  }

  /// These, in this order.
  static func listed(_ dimensions: [Int]) -> Traversal.Dimensions {
    var runs: [ClosedRange<Int>] = []
    for dimension in dimensions {
      runs.add(dimension...dimension)
    }
    return .runs(runs)
  }

  /// Reads `0,3,5-9`, or a number alone, which is how many of the first ones; in a list it is a dimension.
  init(parsing text: String, isList: Bool = false) throws(SettingProblem) {
    let pieces = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
    let allowed = "dimensions as in 0,3,5-9, counted from 0, or how many of the first ones"
    if !isList, pieces.count == 1, let count = UInt32(digits: pieces[0]) {
      guard count > 0 else { throw .value(text, allowed: allowed) }
      self = .first(Int(count))
      return
    }
    var runs: [ClosedRange<Int>] = []
    for piece in pieces {
      let ends = piece.split(separator: "-", omittingEmptySubsequences: false).map { UInt32(digits: $0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
        Int(last) < ModelDescription.LatentFormat.dimensionLimit
      else { throw .value(piece, allowed: allowed) }
      runs.add(Int(first)...Int(last))
    }
    let sorted = runs.sorted { $0.lowerBound < $1.lowerBound }
    if let second = zip(sorted, sorted.dropFirst()).first(where: { $0.upperBound >= $1.lowerBound })?.1 {
      throw .sheet(.repeatedDimension(second.lowerBound))
    }
    self = .runs(runs)
  }

  /// What `init(parsing:)` reads as the same.
  var text: String {
    guard case .runs(let runs) = self else { return "\(count)" }
    let isAlone = count == 1
    return runs.map { $0.count > 1 || isAlone ? "\($0.lowerBound)-\($0.upperBound)" : "\($0.lowerBound)" }
      .joined(separator: ",")
  }

  /// Throws for what a model of so many dimensions has not.
  func check(among count: Int) throws(SettingProblem) {
    switch self {
    case .first(let number) where number > count:
      throw .value(
        "\(number)", allowed: "a number from 1 to \(count), since the model has no more dimensions")
    case .runs(let runs):
      guard let other = runs.first(where: { $0.upperBound >= count }) else { return }
      throw .value(
        "\(max(other.lowerBound, count))",
        allowed: "numbers from 0 to \(count - 1), which are the model's dimensions")
    case .first: return
    }
  }
}

extension Traversal.Range {
  /// Reads `3`, or `q0.05`.
  init(parsing text: String) throws(SettingProblem) {
    if text.hasPrefix("q"), let share = plainNumber(String(text.dropFirst())), share >= 1e-6, share <= 0.49 {
      self = .quantiles(share)
    } else if let deviations = plainNumber(text), deviations >= 0.01, deviations <= 100 {
      self = .deviations(deviations)
    } else {
      throw .value(
        text,
        allowed:
          "standard deviations from 0.01 to 100, as in 3, or a quantile from 0.000001 to 0.49, as in q0.05"
      )
    }
  }

  /// What `init(parsing:)` reads as the same.
  var text: String {
    switch self {
    case .deviations(let deviations): "\(deviations)"
    case .quantiles(let share): "q\(share)"
    }
  }

  /// How far its ends are from the mean, in standard deviations.
  var deviations: Double {
    switch self {
    case .deviations(let deviations): deviations
    case .quantiles(let share): -normalQuantile(share)
    }
  }
}

extension Traversal {
  /// The dimensions in their order; `nil` when that has still to be measured.
  var dimensionsInOrder: [Int]? {
    if let ranking { return ranking.dimensions.map(\.dimension) }
    switch (dimensions, order) {
    case (.runs(let runs), nil): return runs.flatMap { Array($0) }
    case (.runs(let runs), .index): return runs.flatMap { Array($0) }.sorted()
    case (.first(let count), .index), (.first(let count), nil): return Array(0..<count)
    case (_, .effect), (_, .latentLoss): return nil
    }
  }

  /// How much a measurement by the change of the picture may take: two pictures a dimension.
  static let effectLimit = 4096

  /// Throws for what a model of so many dimensions has not, or can't be measured in time.
  func check(among count: Int) throws(SettingProblem) {
    try dimensions.check(among: count)
    let candidates = if case .runs = dimensions { dimensions.count } else { count }
    if order == .effect, candidates > Traversal.effectLimit {
      throw .sheet(.tooManyToMeasure(candidates, limit: Traversal.effectLimit))
    }
  }
}

extension [ClosedRange<Int>] {
  /// Appends a run, as a part of the last one where it goes on from that.
  fileprivate mutating func add(_ run: ClosedRange<Int>) {
    if let last, last.upperBound + 1 == run.lowerBound {
      self[count - 1] = last.lowerBound...run.upperBound
    } else {
      append(run)
    }
  }
}
