extension EvaluationPage {
  /// A row for each photo.
  var photos: String {
    guard !report.photos.isEmpty else { return "" }
    let rows = report.photos.enumerated().map { place, photo -> [HTMLTable.Cell] in
      let name = names.name(photo)
      let pictures = report.thumbnails[place]?.html(alternative: "\(name) above what the model makes of it")
      return [
        .text(name), .init(html: pictures ?? ""), .number(photo.psnr, 1, unit: " dB"), .number(photo.ssim, 3),
        .number(photo.reconstructionLoss, 5), .number(photo.latentLoss, 1),
        .init(html: photo.faceText.map { "<span>\($0)</span>" } ?? "", value: photo.faceSize?.width),
        .number(photo.pose?.roll, 0, unit: "°"), .number(photo.pose?.yaw, 0, unit: "°"),
        .number(photo.pose?.pitch, 0, unit: "°"),
        .init(
          html: photo.grade.map { "<b class=\"\($0.rawValue)\">\($0.rawValue)</b>" } ?? "",
          value: photo.psnr),
      ]
    }
    let limit = EvaluationReport.pictureLimit
    let note =
      report.photos.count > limit
      ? " Pictures are shown of the \(limit) that came back worst; figures and means are of all." : ""
    return "<h2>Photos</h2>\n"
      + HTMLTable(
        caption: "Each photo above what the model makes of it.\(note)",
        columns: [
          "Photo", "Pictures", "PSNR", "SSIM", "Reconstruction loss", "Latent loss", "Face", "Roll", "Yaw",
          "Pitch", "Match",
        ], unsorted: ["Pictures"], isSorted: true, rows: rows
      ).html
  }

  private static let barLimit = 256

  /// The latent loss of each dimension, or the variance of its mean where the model has no spread.
  var dimensions: String {
    guard let first = report.dimensions.first else { return "" }
    let hasLoss = first.latentLoss != nil
    let value = { (dimension: EvaluationReport.Dimension) in dimension.latentLoss ?? dimension.variance }
    let sorted = report.dimensions.enumerated().sorted {
      (-value($0.element), $0.offset) < (-value($1.element), $1.offset)
    }
    let shown = sorted.prefix(EvaluationPage.barLimit)
    guard let largest = shown.first, let smallest = shown.last else { return "" }
    let what = hasLoss ? "Mean latent loss of each dimension, in nats" : "Variance of each dimension's mean"
    let some = sorted.count > shown.count ? ", the \(shown.count) largest of \(sorted.count)" : ""
    let active =
      report.activeDimensionCount.map {
        "\($0) of \(report.dimensions.count) dimensions are active over these \(report.photos.count) photos"
          + ($0 < report.dimensions.count ? "; bars of the others are grey." : ".")
      } ?? "Whether a dimension is active can't be told of a single photo."
    let chart = HTMLChart(
      bars: shown.map { number, dimension in
        ("dimension \(number)", value(dimension), dimension.isActive != false)
      }, identifier: "dimensions", caption: "\(what), largest first\(some).",
      description: "From \(figure(value(largest.element), 3)) for dimension \(largest.offset) down to "
        + "\(figure(value(smallest.element), 3)) for dimension \(smallest.offset). \(active)",
      ends: ("dimension \(largest.offset)", "dimension \(smallest.offset)"), decimals: 3)
    let table = HTMLTable(
      caption: what + some, columns: ["Dimension", "Latent loss", "Variance", "Active"], isSorted: true,
      rows: shown.map { number, dimension in
        [
          .number(Double(number), 0), .number(dimension.latentLoss, 4), .number(dimension.variance, 4),
          .text(dimension.isActive.map { $0 ? "yes" : "no" } ?? ""),
        ]
      })
    return "<h2>Latent dimensions</h2>\n<p>\(active)</p>\n\(chart.html)"
      + "<details><summary>The same as a table</summary>\n\(table.html)</details>\n"
  }

  /// A strip, a chart and a table for each morph.
  var morphs: String {
    guard !report.morphs.isEmpty else { return "" }
    var html = "<h2>Morphs</h2>\n"
    if report.morphs.count > EvaluationReport.pictureLimit {
      html += "<p>Pictures and charts are shown of the first \(EvaluationReport.pictureLimit).</p>\n"
    }
    for (number, morph) in report.morphs.enumerated() {
      let name = names.sentence(morph.job)
      html += "<h3>\(escaped(morph.output.map(names.name) ?? name))</h3>\n<small>\(escaped(name))</small>\n"
      if let strip = morph.strip {
        html += strip.html(alternative: "Frames of \(name) from its first keyframe to its last")
      }
      if let curve = morph.curve {
        html +=
          HTMLChart(
            of: curve, identifier: "morph-\(number)",
            caption: "Change of the picture from each frame to the next; keyframes are marked.",
            description: morph.changeText,
            ends: ("frame 0", "frame \(curve.stepCount)"), decimals: 4
          ).html
      }
      html +=
        HTMLTable(
          caption: "Transitions of \(name)",
          columns: ["Transition", "Frames", "Mean change", "Worst change", "Ratio", "Path length"],
          rows: morph.transitions.enumerated().map { index, transition in
            [.number(Double(index + 1), 0)] + transition.cells.map { .text($0) }
          }
        ).html
    }
    return html
  }
}

extension EvaluationReport.Morph {
  /// For those who can't see the chart.
  fileprivate var changeText: String {
    let worst = transitions.max { $0.worstChange < $1.worstChange }
    let ratio = transitions.compactMap(\.ratio).max()
    return "Over \(transitions.count) transition\(transitions.count == 1 ? "" : "s") the largest change is "
      + "\(figure(worst?.worstChange, 4)), at most \(figure(ratio, 2)) times the mean of its transition."
  }
}
