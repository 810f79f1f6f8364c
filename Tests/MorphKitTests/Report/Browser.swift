internal import Foundation
internal import TestSupport
internal import Testing

/// Headless Chromium, where it is installed.
enum Browser {
  private static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
    .map { "/usr/bin/\($0)" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  static let isThere = path != nil

  /// What is seen of a page that was laid out.
  struct Page {
    /// Whether nothing sticks out of the window.
    let fits: Bool
    /// Whether every picture could be decoded.
    let showsImages: Bool
    /// How many other files it asked for.
    let requestCount: Int?
    /// The page's elements when all scripts had run.
    let dom: String

    /// Lays a page out in a window of `width` pixels; `script` runs in it last.
    ///
    /// A script looks at the page, so the page's own policy is widened to let it; what the page does by itself is
    /// tried with the policy that it has.
    init(_ html: String, in folder: String, width: Int, script: String = "") throws {
      let policy = try #require(html.firstMatch(of: /<meta http-equiv="Content-Security-Policy"[^>]*>/))
      let page = html.replacingCharacters(in: policy.range, with: "")
        .replacingOccurrences(
          of: "</html>",
          with: """
            <script>
            document.documentElement.style.width = "\(width)px"
            \(script)
            const right = [...document.body.querySelectorAll("*")].map(one => one.getBoundingClientRect().right)
            document.body.dataset.fits = Math.max(...right) <= \(width)
            document.body.dataset.images = [...document.images].every(image => image.naturalWidth > 0)
            document.body.dataset.requests = performance.getEntriesByType("resource")
              .filter(entry => !entry.name.startsWith("data:")).length
            </script>
            </html>
            """)
      dom = try Browser.dom(of: page, in: folder, width: width)
      fits = dom.contains("data-fits=\"true\"")
      showsImages = dom.contains("data-images=\"true\"")
      requestCount = dom.firstMatch(of: /data-requests="([0-9]+)"/).flatMap { Int($0.output.1) }
    }
  }

  /// The elements of a page as it stands, when its scripts have run.
  static func dom(of html: String, in folder: String, width: Int) throws -> String {
    let file = "\(folder)/page-\(width).html"
    try write(html, to: file)
    let browser = Process()
    browser.executableURL = URL(filePath: try #require(path))
    browser.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--window-size=\(width),1000",
      "--user-data-dir=\(folder)/browser", "--virtual-time-budget=2000", "--dump-dom", "file://\(file)",
    ]
    let output = Pipe()
    (browser.standardOutput, browser.standardError) = (output, FileHandle.nullDevice)
    try browser.run()
    let dom = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    browser.waitUntilExit()
    return dom
  }
}
