/// How much the picture changes along a transition, measured at points of it.
struct PaceCurve: Equatable, Sendable, Codable {
  /// Fractions of the transition, rising from 0 to 1.
  private let fractions: [Double]
  /// How much the picture has changed up to each of them, from 0.
  private let changes: [Double]

  /// `steps` are the changes from each of equal steps to the next.
  init(steps: [Double]) {
    precondition(!steps.isEmpty, "a transition has a step")
    fractions = (0...steps.count).map { Double($0) / Double(steps.count) }
    var changes = [0.0]
    for step in steps {
      changes.append(changes[changes.count - 1] + step)
    }
    self.changes = changes
  }

  /// Whether it is one that steps give: from 0 up, as one that was read from a file may not be.
  var isSound: Bool {
    let isRising = [fractions, changes].allSatisfy { numbers in
      numbers.first == 0 && zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
    }
    return isRising && fractions.count == changes.count && changes.count >= 2 && fractions.last == 1
  }

  /// How much the picture changes on the whole way.
  var total: Double { changes[changes.count - 1] }

  /// The fraction at which a share of the whole change is reached; exactly 0 and 1 at the ends.
  ///
  /// Between two measured points the change is taken to be even. Where nothing changes, the share itself.
  func fraction(at share: Double) -> Double {
    guard share > 0, share < 1 else { return min(max(share, 0), 1) }
    guard total > 0 else { return share }
    let change = share * total
    // The last point before which no more than `change` has happened.
    let low = changes.lastIndex(notAbove: change)
    guard low < changes.count - 1 else { return 1 }
    let part = (change - changes[low]) / (changes[low + 1] - changes[low])
    return fractions[low] + part * (fractions[low + 1] - fractions[low])
  }

  /// Shares `frameCount` frames out to transitions in proportion to their whole changes; each gets one at least.
  static func lengths(sharing frameCount: Int, over curves: [PaceCurve]) -> [Int] {
    precondition(frameCount >= curves.count, "a frame for each transition")
    let whole = curves.reduce(0) { $0 + $1.total }
    guard whole > 0 else {
      return curves.indices.map { frameCount * ($0 + 1) / curves.count - frameCount * $0 / curves.count }
    }
    let wanted = curves.map { Double(frameCount) * $0.total / whole }
    var lengths = wanted.map { max(1, Int($0)) }
    var left = frameCount - lengths.reduce(0, +)
    while left != 0 {
      // Whoever is farthest from what it should have gives or gets the next frame.
      let step = left.signum()
      let candidates = lengths.indices.filter { lengths[$0] + step >= 1 }
      let index = candidates.max { first, second in
        Double(step) * (wanted[first] - Double(lengths[first]))
          < Double(step) * (wanted[second] - Double(lengths[second]))
      }
      guard let index else { preconditionFailure("there is a frame for each transition") }
      lengths[index] += step
      left -= step
    }
    return lengths
  }

  /// The standard deviation of steps over their mean: 0 when all are equal.
  static func unevenness(of steps: [Double]) -> Double {
    let mean = steps.reduce(0, +) / Double(steps.count)
    guard mean > 0 else { return 0 }
    let variance = steps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(steps.count)
    return variance.squareRoot() / mean
  }
}
