/// A page that shows how far jobs have come: one file that asks for no other.
public struct StatusPage {
  private let statuses: [JobStatus]
  private let strips: [ThumbnailStrip?]

  /// Looks at the finished results of `jobs`, whose statuses these are, for pictures.
  public init(_ statuses: [JobStatus], of jobs: [BatchJob], options: RenderOptions) async throws {
    precondition(statuses.count == jobs.count, "a status of each job")
    self.statuses = statuses
    var strips: [ThumbnailStrip?] = []
    try await forEachInOrder(count: jobs.count, limit: 4) { index in
      try ThumbnailStrip(of: jobs[index].job, statuses[index], records: options.records)
    } consume: { _, strip in
      strips.append(strip)
    }
    self.strips = strips
  }

  /// By which an earlier page is known.
  private static let mark = "<meta name=\"generator\" content=\"facewalk status\">"

  /// Throws when a file at `path` may not be replaced by a page: one that is no earlier page, unless `overwrites`, and
  /// one that the jobs are read from, or read or make.
  public static func checkPlace(
    _ path: String, of jobs: [BatchJob], overwrites: Bool
  ) throws(MorphError) {
    guard isTakenByAnything(path) else { return }
    let place = realPath(path)
    for job in jobs {
      let files =
        [job.file, job.table, job.job.output.path, job.job.priorInUse?.file].compactMap(\.self)
        + job.job.photos.map(\.path) + job.job.latentRows.map(\.file)
        + job.job.parts.compactMap { if case .latent(let file, _, _) = $0 { file } else { nil } }
      guard !files.contains(where: { realPath($0) == place }) else {
        throw MorphError(path, OutputProblem.belongsToJob(job.label))
      }
    }
    guard kind(ofPath: path) == .file, !overwrites else { return }
    do throws(FileProblem) {
      let start = try bytes(ofFile: path, limit: .max).prefix(500)
      guard !String(decoding: start, as: UTF8.self).contains(mark) else { return }
    } catch {
      throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
    }
    throw MorphError(path, OutputProblem.noStatusPage)
  }

  public var html: String {
    var html = """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      \(StatusPage.mark)
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <title>\(JobStatus.summary(of: statuses))</title>
      <style>\(StatusPage.style)</style>
      <h1>\(JobStatus.summary(of: statuses))</h1>
      <table>
      <thead><tr><th>State<th>Pictures<th>Result<th>Length<th>Started<th>Took<th>Match</tr></thead>
      <tbody>

      """
    for (status, strip) in zip(statuses, strips) {
      html += row(status, strip)
    }
    return html + "</tbody>\n</table>\n</html>\n"
  }

  private func row(_ status: JobStatus, _ strip: ThumbnailStrip?) -> String {
    let picture = strip.map {
      "<img src=\"\($0.address)\" width=\"\($0.width)\" height=\"\(ThumbnailStrip.height)\" alt=\"\">"
    }
    let note = status.note.map { "<p>\(escaped($0))</p>" } ?? ""
    let cells: [(name: String, html: String)] = [
      ("State", "<b class=\"\(status.state.rawValue)\">\(status.state.rawValue)</b>"),
      ("Pictures", picture ?? ""),
      ("Result", "<span>\(escaped(status.output ?? ""))</span><small>\(escaped(status.job))</small>\(note)"),
      ("Length", escaped(status.lengthText)),
      ("Started", escaped(status.result.map { timeText($0.started) } ?? "")),
      ("Took", status.result.map { durationText($0.secondsTaken) } ?? ""),
      ("Match", status.result?.matches.map { "<span>\(escaped($0.text))</span>" }.joined() ?? ""),
    ]
    return "<tr>" + cells.map { "<td data-name=\"\($0.name)\">\($0.html)" }.joined() + "</tr>\n"
  }

  /// On a narrow screen each row becomes a card.
  private static let style = """

    :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
    body { margin: 1.5rem auto; max-width: 84rem; padding: 0 1rem; }
    h1 { font-size: 1.3rem; font-weight: 600; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; font-weight: 600; opacity: .65; }
    th, td { padding: .5rem .75rem .5rem 0; vertical-align: top; border-bottom: 1px solid #8884; }
    td > span, small { display: block; overflow-wrap: anywhere; }
    small { opacity: .65; }
    p { margin: .25rem 0 0; overflow-wrap: anywhere; }
    img { display: block; max-width: 100%; height: auto; }
    b { padding: .1rem .5rem; border-radius: 1rem; color: #fff; background: #666; }
    .done { background: #1a7f37; } .partial { background: #9a6700; }
    .failed { background: #cf222e; } .stale { background: #6e40c9; }
    @media (max-width: 60rem) {
      thead { display: none; }
      tr { display: block; padding: .75rem 0; border-bottom: 1px solid #8886; }
      td { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); padding: .15rem 0; border: 0; }
      td:empty { display: none; }
      td::before { content: attr(data-name); opacity: .65; }
      td > * { grid-column: 2; justify-self: start; }
    }

    """
}

/// `2026-11-26 00:10:19 UTC` of ISO 8601's `2026-11-26T00:10:19Z`.
private func timeText(_ time: String) -> String {
  time.replacing("T", with: " ").replacing("Z", with: " UTC")
}

extension ThumbnailStrip {
  /// Of a finished job.
  fileprivate init?(of job: MorphJob, _ status: JobStatus, records: String?) throws {
    guard status.state == .done, let output = status.output else { return nil }
    var placed = job
    placed.output.path = output
    let place = try ResultPlace(for: placed, identity: "", records: records)
    self.init(of: place, isVideo: status.result?.seconds != nil, frameCount: status.frames)
  }
}

/// Text as HTML shows it, also inside quotes.
func escaped(_ text: String) -> String {
  var html = ""
  for character in text.unicodeScalars {
    switch character {
    case "&": html += "&amp;"
    case "<": html += "&lt;"
    case ">": html += "&gt;"
    case "\"": html += "&quot;"
    case "'": html += "&#39;"
    default: html.unicodeScalars.append(character)
    }
  }
  return html
}
