/// A report as a page: one file that asks for no other.
public struct EvaluationPage: Sendable {
  let report: EvaluationReport
  let names: ReportNames

  /// Paths are shown as seen from `folder`, or as they were given when it is `nil`.
  public init(_ report: EvaluationReport, seenFrom folder: String?) {
    self.report = report
    names = ReportNames(folder: folder)
  }

  public var html: String {
    HTMLPage(
      title: "Evaluation of \(report.title)", generator: "facewalk evaluate",
      style: HTMLChart.style + EvaluationPage.style,
      body: "<main>\n<h1>Evaluation of \(report.title)</h1>\n"
        + (modelText + summary + failures + photos + dimensions + morphs + definitions) + "</main>\n",
      script: HTMLTable.script
    ).html
  }

  private var modelText: String {
    guard let model = report.model else { return "" }
    return
      "<p>The photos' model is <strong>\(escaped(model.name))</strong>, \(model.identity.prefix(16)).</p>\n"
  }

  private var summary: String {
    typealias Spread = EvaluationReport.Spread
    var rows: [[HTMLTable.Cell]] = []
    func add(_ name: String, _ spread: Spread?, _ decimals: Int, unit: String = "", worst: String? = nil) {
      guard let spread else { return }
      rows.append(
        [.text(name)]
          + [spread.mean, spread.median, spread.worst].map { .number($0, decimals, unit: unit) }
          + [worst.map(HTMLTable.Cell.text) ?? .init(html: "")])
    }
    func photo(_ spread: Spread?) -> String? { spread.map { names.name(report.photos[$0.worstPlace]) } }
    add("PSNR", report.psnr, 1, unit: " dB", worst: photo(report.psnr))
    add("SSIM", report.ssim, 3, worst: photo(report.ssim))
    add("Reconstruction loss", report.reconstructionLoss, 5, worst: photo(report.reconstructionLoss))
    add("Latent loss", report.latentLoss, 1, worst: photo(report.latentLoss))
    add("Change from frame to frame", report.change, 5)
    add("Worst change / mean change", report.changeRatio, 2)
    add("Perceptual path length", report.pathLength, 3)
    guard !rows.isEmpty else { return "" }
    var html = "<h2>Summary</h2>\n"
    if report.model?.good != nil {
      let grades: [PhotoMatch.Grade] = [.good, .fair, .poor]
      html +=
        "<p class=\"grades\">"
        + grades.map { "<b class=\"\($0.rawValue)\">\(report.count($0)) \($0.rawValue)</b>" }
        .joined(separator: " ") + "</p>\n"
    }
    return html
      + HTMLTable(
        caption: "Over all photos, and over all transitions of morphs",
        columns: ["Figure", "Mean", "Median", "Worst", "Worst photo"], rows: rows
      ).html
  }

  private var failures: String {
    var html = ""
    if !report.failures.isEmpty {
      html += "<h2>Left out</h2>\n<ul>\n"
      for failure in report.failures {
        html +=
          "<li><strong>\(escaped(failure.shownName(names)))</strong>: "
          + "\(escaped(failure.shownReason(names)))</li>\n"
      }
      html += "</ul>\n"
    }
    if report.passedOver > 0 {
      html +=
        "<p>Passed over, since they are no morphs with frames in time: "
        + "\(report.passedOver == 1 ? "1 job" : "\(report.passedOver) jobs").</p>\n"
    }
    return html
  }

  private var definitions: String {
    let order = [
      "psnr", "ssim", "reconstruction_loss", "latent_loss", "match", "face_width", "roll", "yaw", "pitch",
      "active", "mean_change", "worst_change", "ratio", "path_length",
    ]
    var html = "<h2>What the figures are</h2>\n<dl>\n"
    for key in order {
      guard let text = EvaluationReport.definitions[key] else { continue }
      html += "<dt>\(key)</dt><dd>\(escaped(text))</dd>\n"
    }
    return html + "</dl>\n"
  }

  private static let style = """
    h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
    h3, li, dd { overflow-wrap: anywhere; }
    caption { text-align: left; opacity: .75; padding-bottom: .25rem; }
    .grades { margin: .25rem 0 .75rem; } dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
    .good { background: #1a7f37; } .fair { background: #9a6700; } .poor { background: #cf222e; }
    td img { width: 4rem; }
    th button { font: inherit; color: inherit; background: none; border: 0; padding: .25rem 0; cursor: pointer; }
    th button::after { content: " \\2195"; }
    [aria-sort=ascending] button::after { content: " \\2191"; }
    [aria-sort=descending] button::after { content: " \\2193"; }
    th[aria-sort] { opacity: 1; }
    summary { cursor: pointer; }
    @media (max-width: 60rem) {
      table, caption, tbody { display: block; }
      td { grid-template-columns: 8rem minmax(0, 1fr); column-gap: .5rem; }
      .sorted thead { display: block; } .sorted thead tr { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
      .sorted thead th { border: 0; padding: 0; } .sorted thead th:not([aria-sort]) { display: none; }
      .sorted thead button { padding: .4rem 0; }
    }

    """
}
