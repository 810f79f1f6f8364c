internal import Glibc

extension MorphJob {
  /// What the pictures of a look into the latent space are called, by their number; `nil` for other jobs.
  var sheetNames: (@Sendable (Int) -> String)? {
    switch content {
    case .traverse(let traversal):
      guard case .steps(let count) = traversal.view else { return nil }
      let dimensions = traversal.dimensionsInOrder
      return {
        let row = padded(dimensions?[$0 / count] ?? $0 / count, to: 3)
        // While dimensions have no order yet, their rows are named.
        return (dimensions == nil ? "row" : "dim") + row + "_" + traversal.name(ofStep: $0 % count, of: count)
      }
    case .plane(let plane):
      let widths = (row: "\(plane.rows - 1)".count, column: "\(plane.columns - 1)".count)
      return {
        let (row, column) = ($0 / plane.columns, $0 % plane.columns)
        return "row\(padded(row, to: widths.row))_col\(padded(column, to: widths.column))"
      }
    case .posterior(let draws):
      let stem = draws.photo.stem
      return {
        $0 == 0
          ? "\(stem)_photo"
          : $0 == 1 ? "\(stem)_mean" : "\(stem)_seed\(padded(Int(draws.noiseSeed &+ UInt32($0 - 2)), to: 4))"
      }
    case .between(let keyframes):
      let names = uniqueNames(keyframes.map(\.stem))
      return {
        let (row, column) = ($0 / (names.count + 1), $0 % (names.count + 1))
        switch (row, column) {
        case (0, 0): return "between"
        case (0, let other), (let other, 0): return names[other - 1]
        default: return "\(names[row - 1])_\(names[column - 1])"
        }
      }
    case .morph, .sample, .reconstruct, .align, .encode, .decode, .average, .direction: return nil
    }
  }
}

extension Traversal {
  /// How many standard deviations of the prior a step lies from the mean: `+1.50`.
  fileprivate func name(ofStep step: Int, of count: Int) -> String {
    let reach = range.deviations
    // So many decimals that no two steps have one name.
    var decimals = 2
    while pow(10, -Double(decimals)) > 2 * reach / Double(count - 1) {
      decimals += 1
    }
    let unit = Int(pow(10, Double(decimals)))
    let value = Int((reach * (2 * Double(step) / Double(count - 1) - 1) * Double(unit)).rounded())
    let sign = value < 0 ? "-" : "+"
    return "\(sign)\(abs(value) / unit).\(padded(abs(value) % unit, to: decimals))"
  }
}
