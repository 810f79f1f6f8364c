extension EvaluationReport {
  /// A table for people, as lines.
  public var lines: [String] {
    var lines: [String] = []
    if !photos.isEmpty {
      let header = [
        "photo", "PSNR", "SSIM", "rec. loss", "latent loss", "face", "roll", "yaw", "pitch", "match",
      ]
      var rows = photos.map { $0.cells }
      let summaries: [(String, KeyPath<Spread, Double>)] = [
        ("mean", \.mean), ("median", \.median), ("worst", \.worst),
      ]
      rows += summaries.map { name, value in
        [
          name, figure(psnr?[keyPath: value], 1), figure(ssim?[keyPath: value], 3),
          figure(reconstructionLoss?[keyPath: value], 5), figure(latentLoss?[keyPath: value], 1),
        ] + Array(repeating: "", count: 5)
      }
      lines += table([header] + rows)
      lines += dimensionLines
    }
    for morph in morphs {
      if !lines.isEmpty { lines.append("") }
      lines.append(morph.output.map { "\(morph.job) (\($0))" } ?? morph.job)
      lines += table(
        [["transition", "frames", "mean change", "worst", "ratio", "path length"]]
          + morph.transitions.enumerated().map { ["\($0 + 1)"] + $1.cells })
    }
    return lines
  }

  private var dimensionLines: [String] {
    guard let active = activeDimensionCount else { return [] }
    return ["\(active) of \(dimensions.count) latent dimensions are active over these photos"]
  }

  /// Columns as wide as their widest cells; the first to the left, others to the right.
  private func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: cell.1 - cell.0.count)
        return column == 0 ? cell.0 + padding : padding + cell.0
      }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension EvaluationReport.Photo {
  /// `20.1`, `0.712`, … after the photo's name.
  fileprivate var cells: [String] {
    [
      name, figure(psnr, 1), figure(ssim, 3), figure(reconstructionLoss, 5), figure(latentLoss, 1),
      faceText ?? "-", figure(pose?.roll, 0), figure(pose?.yaw, 0), figure(pose?.pitch, 0),
      grade?.rawValue ?? "-",
    ]
  }

  /// `120 × 160`; `nil` where no face was looked for.
  var faceText: String? { faceSize.map { "\(Int($0.width.rounded())) × \(Int($0.height.rounded()))" } }
}

extension EvaluationReport.Transition {
  /// Frames, mean and worst change, their ratio, path length.
  var cells: [String] {
    ["\(frames)", figure(meanChange, 5), figure(worstChange, 5), figure(ratio, 2), figure(pathLength, 3)]
  }
}

/// A number with so many decimals; `-` where there is none, `exact` for an endless one.
func figure(_ number: Double?, _ decimals: Int) -> String {
  guard let number, !number.isNaN else { return "-" }
  guard number.isFinite else { return "exact" }
  let unit = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
  let scaled = (abs(number) * unit).rounded()
  guard scaled < 1e15 else { return "\(number)" }
  let (whole, rest) = (Int(scaled) / Int(unit), Int(scaled) % Int(unit))
  let digits = String(rest)
  let fraction = decimals == 0 ? "" : "." + String(repeating: "0", count: decimals - digits.count) + digits
  return (number < 0 && scaled > 0 ? "-" : "") + "\(whole)" + fraction
}
