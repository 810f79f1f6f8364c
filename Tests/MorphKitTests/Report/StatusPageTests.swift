internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Status page` {
  /// A page of a job of each state; the names try to be more than text.
  private func withPage(_ body: (_ html: String, _ folder: String) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let names = ["<b>\"&'.mp4", "long.mp4", "gone.mp4", "stale.mp4", "waiting.mp4"].map {
        "\(folder)/\($0)"
      }
      func job(_ path: String, frames: Int, _ first: Keyframe = .seed(1)) -> MorphJob {
        TestRenders.job(TestRenders.morph([first, .seed(2)], frames: frames), to: path, .video(.init()))
      }
      try writePNG(TestModels.blocks(seed: 1), to: "\(folder)/<i>.png")
      try await TestRenders.run(job(names[0], frames: 10, .photo(.init(path: "\(folder)/<i>.png"))))
      var options = TestRenders.options()
      options.share = .shard(Shard(1, of: 2), firstChunk: 0)
      _ = try await render(job(names[1], frames: 700), options: options)
      try await TestRenders.run(job(names[3], frames: 10))
      let jobs = [
        job(names[0], frames: 10, .photo(.init(path: "\(folder)/<i>.png"))), job(names[1], frames: 700),
        job(names[2], frames: 3, .photo(.init(path: "\(folder)/gone.jpg"))), job(names[3], frames: 20),
        job(names[4], frames: 20),
      ].map { BatchJob($0, file: "<jobs>.yaml") }
      let statuses = try await status(of: jobs, options: TestRenders.options())
      #expect(statuses.map(\.state) == [.done, .partial, .failed, .stale, .waiting])
      #expect(
        statuses.map(\.note) == [
          nil, "1 of 3 chunks are missing: 1", "\(folder)/gone.jpg: no such file. Check the name.",
          "'frames', 'seconds' or 'duration' changed", nil,
        ])
      #expect(shardsWithWork(statuses, of: 10) == [3, 5, 6, 7])
      try await body(
        try await StatusPage(statuses, of: jobs, options: TestRenders.options()).html, folder)
    }
  }

  @Test func `has a row for each job, with pictures of what is done`() async throws {
    try await withPage { html, _ in
      #expect(html.components(separatedBy: "<tr><td").count == 1 + 5)
      #expect(html.components(separatedBy: "data:image/jpeg;base64,").count == 1 + 1)
      #expect(html.contains("<title>1 done, 1 partial, 1 failed, 1 stale, 1 waiting</title>"))
      #expect(html.contains("&lt;i&gt;.png: match "))
    }
  }

  @Test func `shows names as text, and asks for no other file`() async throws {
    try await withPage { html, _ in
      #expect(html.contains("&lt;b&gt;&quot;&amp;&#39;.mp4") && html.contains("&lt;jobs&gt;.yaml"))
      #expect(!html.contains("<b>\"") && !html.contains("<i>"))
      #expect(
        !html.contains("http:") && !html.contains("https:") && !html.contains("src=\"/")
          && !html.contains("url(") && !html.contains("<script"))
    }
  }

  @Test func `shows stills, beside which a table lies`() async throws {
    try await withTemporaryFolder { folder in
      let timeline = Timeline(stillsAt: try StillPositions(parsing: "0:1:0.25"), transitionCount: 1)
      let job = TestRenders.job(
        .morph(keyframes: [.seed(1), .seed(2)], timeline), to: "\(folder)/s", .frames(.folder))
      try await TestRenders.run(job)
      #expect(try names(in: "\(folder)/s").contains(StillPositions.tableName))
      let jobs = [BatchJob(job, file: "j.yaml")]
      let statuses = try await status(of: jobs, options: TestRenders.options())
      let page = try await StatusPage(statuses, of: jobs, options: TestRenders.options())
      #expect(page.html.contains("data:image/jpeg;base64,"))
    }
  }

  @Test(.enabled(if: Browser.isThere, "Chromium is not installed"), arguments: [400, 1400])
  func `fits into the window of a browser`(width: Int) async throws {
    try await withPage { html, folder in
      let page = try Browser.Page(html, in: folder, width: width)
      #expect(page.fits && page.showsImages && page.requestCount == 0)
    }
  }
}
