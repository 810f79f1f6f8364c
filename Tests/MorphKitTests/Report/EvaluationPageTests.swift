internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Page of an evaluation` {
  /// Of three photos, one of which is broken, and two morphs; the names try to be more than text.
  private func withReport(
    _ body: (_ report: EvaluationReport, _ folder: String) async throws -> Void
  )
    async throws
  {
    try await withTemporaryFolder { folder in
      let names = ["<b>\"&'.png", "</script>.png", "plain.png"].map { "\(folder)/\($0)" }
      try write("no picture", to: names[2])
      let photo = "\(folder)/<b>\"&'.png"
      try writePNG(TestModels.blocks(seed: 1), to: photo)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/<", withIntermediateDirectories: true)
      try writePNG(TestModels.blocks(seed: 2), to: names[1])
      let morphs = [
        TestRenders.morph([.seed(1), .seed(2), .seed(3)], frames: 30, 20),
        TestRenders.morph([.seed(4), .seed(5)], frames: 1),
      ]
      .map {
        BatchJob(TestRenders.job($0, to: "\(folder)/<i>.mp4", .video(.init())), file: "\(folder)/<walk>.yaml")
      }
      var evaluation = Evaluation(
        photos: names.map { PhotoReference(path: $0) }, morphs: morphs, passedOver: 1, model: fixture("tiny"))
      evaluation.keepsPictures = true
      try await body(try await evaluate(evaluation, options: TestRenders.options()), folder)
    }
  }

  private func withPage(_ body: (_ html: String, _ folder: String) async throws -> Void) async throws {
    try await withReport { report, folder in
      try await body(EvaluationPage(report, seenFrom: folder).html, folder)
    }
  }

  @Test func `shows names as text, and asks for no other file`() async throws {
    try await withPage { html, folder in
      #expect(html.contains("&lt;b&gt;&quot;&amp;&#39;.png") && html.contains("&lt;walk&gt;.yaml"))
      #expect(!html.contains("<b>\"") && !html.contains("<walk") && !html.contains("<i>"))
      #expect(!html.contains(folder))
      #expect(
        !html.contains("http:") && !html.contains("https:") && !html.contains("src=\"/")
          && !html.contains("url("))
      #expect(html.components(separatedBy: "<script").count == 1 + 1)
      #expect(html.components(separatedBy: "data:image/jpeg;base64,").count == 1 + 4)
      #expect(html.contains("<title>Evaluation of 2 photos and 2 morphs, 1 left out</title>"))
    }
  }

  @Test func `says of each picture and chart what it shows`() async throws {
    try await withPage { html, _ in
      #expect(!html.contains("alt=\"\"") && html.contains(" above what the model makes of it\""))
      let charts = html.components(separatedBy: "<svg ").dropFirst()
      #expect(charts.count == 1 + 2)
      for chart in charts {
        #expect(chart.contains("role=\"img\"") && chart.contains("<title id=") && chart.contains("<desc id="))
      }
    }
  }

  @Test(.enabled(if: Browser.isThere, "Chromium is not installed"), arguments: [400, 1400])
  func `fits into the window of a browser`(width: Int) async throws {
    try await withPage { html, folder in
      let page = try Browser.Page(html, in: folder, width: width)
      #expect(page.fits && page.showsImages && page.requestCount == 0)
    }
  }

  /// Presses buttons by themselves, with the page's own policy, which allows its own script alone.
  @Test(.enabled(if: Browser.isThere, "Chromium is not installed"), arguments: [("PSNR", 2), ("Photo", 0)])
  func `is sorted by the column whose button is pressed`(_ name: String, _ column: Int) async throws {
    try await withPage { html, folder in
      let press = """
        document.querySelectorAll(".sorted")[0].querySelectorAll("th")[\(column)].querySelector("button")
        """
      for (presses, order) in [(1, "ascending"), (2, "descending")] {
        let page = try Browser.Page(
          html, in: folder, width: 1400,
          script: """
            const button = \(press)
            button.focus()
            const isReached = document.activeElement === button
            for (let press = 0; press < \(presses); press += 1) button.click()
            const cells = [...document.querySelector(".sorted tbody").rows].map(row => row.cells[\(column)])
            const values = cells.map(cell => cell.dataset.value ? Number(cell.dataset.value) : cell.textContent)
            const isOrdered = values[0] \(presses == 1 ? "<=" : ">=") values[1]
            document.body.dataset.sorted = isReached && isOrdered && button.textContent === "\(name)"
              && button.parentElement.getAttribute("aria-sort")
            """)
        #expect(page.dom.contains("data-sorted=\"\(order)\""))
      }
    }
  }

  @Test(.enabled(if: Browser.isThere, "Chromium is not installed"))
  func `runs no script but its own`() async throws {
    try await withPage { html, folder in
      let stranger = "<script>document.body.dataset.stranger = 1</script></html>"
      let probe = HTMLTable.script + "document.body.dataset.own = 1\n"
      let own = HTMLPage(title: "", generator: "x", body: "<p>\n", script: probe).html.replacingOccurrences(
        of: "</html>", with: stranger)
      let dom = try Browser.dom(of: own, in: folder, width: 400)
      #expect(dom.contains("data-own=\"1\"") && !dom.contains("data-stranger"))
      #expect(html.contains("script-src 'sha256-"))
    }
  }

  @Test func `as JSON has every key, finite numbers and no absolute path`() async throws {
    try await withReport { report, folder in
      let text = try report.json(seenFrom: folder)
      #expect(!text.contains(folder) && !text.contains("nan") && !text.contains("inf"))
      #expect(text == (try report.json(seenFrom: folder)))
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      #expect(object["schema"] as? Int == 1)
      let page = try String(contentsOfFile: "\(packageFolder)/Documentation/evaluation.md", encoding: .utf8)
      for key in keys(of: object) where !(object["definitions"] as? [String: Any] ?? [:]).keys.contains(key) {
        #expect(page.contains("`\(key)`"), "\(key) is not in the guide")
      }
      let failed = try #require((object["failed"] as? [[String: Any]])?.first)
      #expect(failed["name"] as? String == "plain.png" && failed["kind"] as? String == "photo")
      let photo = try #require((object["photos"] as? [[String: Any]])?.first)
      #expect(photo["photo"] as? String == "<b>\"&'.png" && photo["roll"] is NSNull)
      #expect(Set(EvaluationReport.definitions.keys).isSubset(of: Set(keys(of: object))))
    }
  }

  private func keys(of value: Any) -> Set<String> {
    switch value {
    case let table as [String: Any]: table.reduce(into: Set(table.keys)) { $0.formUnion(keys(of: $1.value)) }
    case let list as [Any]: list.reduce(into: []) { $0.formUnion(keys(of: $1)) }
    default: []
    }
  }

  @Test func `as JSON has null where a picture came back exactly`() throws {
    var report = EvaluationReport()
    report.photos = [
      .init(
        photo: "a.png", face: 2, psnr: .infinity, ssim: 1, reconstructionLoss: 0, latentLoss: nil, grade: nil,
        faceSize: nil, pose: nil)
    ]
    let text = try report.json(seenFrom: nil)
    #expect(text.contains("\"psnr\" : null,") && text.contains("\"worst_photo\" : \"a.png#2\""))
    #expect(EvaluationPage(report, seenFrom: nil).html.contains("exact"))
  }
}
