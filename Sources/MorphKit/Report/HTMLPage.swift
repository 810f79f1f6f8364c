internal import Digests
internal import FoundationEssentials

/// A page that is one file and asks for no other, in the light or dark colours that its reader prefers.
struct HTMLPage {
  var title: String
  /// What made it, by which an earlier page is known.
  var generator: String
  /// Rules beside those that all pages share.
  var style = ""
  var body: String
  /// The only script that may run on the page.
  var script: String?

  var html: String {
    let scripts = script.map { "; script-src '\(HTMLPage.source($0))'" } ?? ""
    return """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <meta name="generator" content="\(generator)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'\(scripts)">
      <title>\(escaped(title))</title>
      <style>
      \(HTMLPage.commonStyle)\(style)</style>
      \(body)\(script.map { "<script>\($0)</script>\n" } ?? "")</html>

      """
  }

  /// How a policy names the one script that it allows.
  private static func source(_ script: String) -> String {
    let digits = Array(SHA256Digest(of: script).hex)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0..<($0 + 2)]), radix: 16)
    }
    return "sha256-" + Data(bytes).base64EncodedString()
  }

  /// On a narrow screen each row of a table becomes a card.
  private static let commonStyle = """
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

/// Text as HTML shows it, also inside quotes.
func escaped(_ text: String) -> String {
  var html = ""
  for character in printable(text).unicodeScalars {
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
