extension EvaluationReport {
  /// A figure over all photos or transitions.
  public struct Spread: Equatable, Sendable {
    public var mean: Double
    public var median: Double
    public var worst: Double
    /// The place of the worst.
    public var worstPlace: Int

    /// `nil` when there are no values; `lowIsBad` says which end is the worst.
    init?(_ values: [Double], lowIsBad: Bool) {
      let sorted = values.sorted()
      guard let lowest = sorted.first, let highest = sorted.last else { return nil }
      mean = values.reduce(0, +) / Double(values.count)
      median = (sorted[(values.count - 1) / 2] + sorted[values.count / 2]) / 2
      worst = lowIsBad ? lowest : highest
      worstPlace = values.firstIndex(of: worst) ?? 0
    }
  }

  public var psnr: Spread? { Spread(photos.map(\.psnr), lowIsBad: true) }
  public var ssim: Spread? { Spread(photos.map(\.ssim), lowIsBad: true) }
  public var reconstructionLoss: Spread? { Spread(photos.map(\.reconstructionLoss), lowIsBad: false) }
  /// `nil` for a model without spread.
  public var latentLoss: Spread? { Spread(photos.compactMap(\.latentLoss), lowIsBad: false) }

  /// How many photos have this grade.
  public func count(_ grade: PhotoMatch.Grade) -> Int { photos.count { $0.grade == grade } }

  /// `nil` with fewer than two photos.
  public var activeDimensionCount: Int? {
    dimensions.first?.isActive == nil ? nil : dimensions.count { $0.isActive == true }
  }

  private var transitions: [Transition] { morphs.flatMap(\.transitions) }

  /// Of the transitions' mean changes; the worst is the largest change of any step.
  public var change: Spread? {
    var spread = Spread(transitions.map(\.meanChange), lowIsBad: false)
    spread?.worst = transitions.map(\.worstChange).max() ?? 0
    return spread
  }
  public var changeRatio: Spread? { Spread(transitions.compactMap(\.ratio), lowIsBad: false) }
  public var pathLength: Spread? { Spread(transitions.map(\.pathLength), lowIsBad: false) }

  /// `24 photos and 1 morph, 2 left out`.
  public var title: String {
    func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
    var parts: [String] = []
    if !photos.isEmpty || morphs.isEmpty { parts.append(counted(photos.count, "photo")) }
    if !morphs.isEmpty { parts.append(counted(morphs.count, "morph")) }
    return parts.joined(separator: " and ") + (failures.isEmpty ? "" : ", \(failures.count) left out")
  }
}
