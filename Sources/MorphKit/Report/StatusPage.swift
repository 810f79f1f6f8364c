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
  private static let mark = "facewalk status"

  /// Throws when a file at `path` may not be replaced by a page: one that is no earlier page, unless `overwrites`, and
  /// one that the jobs are read from, or read or make.
  public static func checkPlace(
    _ path: String, of jobs: [BatchJob], overwrites: Bool
  ) throws(MorphError) {
    guard isTakenByAnything(path) else { return }
    let place = realPath(path)
    for job in jobs {
      let files =
        [job.file, job.table, job.job.output.path].compactMap(\.self) + job.job.inputPaths
      guard !files.contains(where: { realPath($0) == place }) else {
        throw MorphError(path, OutputProblem.belongsToJob(job.label))
      }
    }
    guard kind(ofPath: path) == .file, !overwrites else { return }
    do throws(FileProblem) {
      let start = try bytes(ofFile: path, limit: .max).prefix(500)
      guard !String(decoding: start, as: UTF8.self).contains("content=\"\(mark)\"") else { return }
    } catch {
      throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
    }
    throw MorphError(path, OutputProblem.noStatusPage)
  }

  public var html: String {
    let rows = zip(statuses, strips).map { row($0, $1) }
    let summary = JobStatus.summary(of: statuses)
    return HTMLPage(
      title: summary, generator: StatusPage.mark, style: StatusPage.style,
      body: """
        <h1>\(summary)</h1>
        <table>
        <thead><tr><th>State<th>Pictures<th>Result<th>Length<th>Started<th>Took<th>Match</tr></thead>
        <tbody>
        \(rows.joined())</tbody>
        </table>

        """
    ).html
  }

  private func row(_ status: JobStatus, _ strip: ThumbnailStrip?) -> String {
    let picture = strip?.picture.html(alternative: "")
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

  private static let style = """
    .done { background: #1a7f37; } .partial { background: #9a6700; }
    .failed { background: #cf222e; } .stale { background: #6e40c9; }

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
    let place = try ResultPlace(
      for: placed, identity: "", sheetCount: status.result?.sheets ?? 1, records: records)
    self.init(of: place, isVideo: status.result?.seconds != nil, frameCount: status.frames)
  }
}
