internal import Foundation
internal import Testing

@testable import MorphKit

struct `Names of strangers` {
  @Test(arguments: [
    ("ada.jpg", "ada.jpg"), ("é 李 😀.jpg", "é 李 😀.jpg"), ("a\u{1B}[2Jb", #"a\u{1B}[2Jb"#),
    ("a\nb\r\tc", #"a\nb\r\tc"#),
    ("a\u{202E}gnp", #"a\u{202E}gnp"#), ("\u{2066}a\u{2069}", #"\u{2066}a\u{2069}"#),
    ("a\u{85}b\u{2028}", #"a\u{0085}b\u{2028}"#),
    ("\u{7F}", #"\u{7F}"#),
  ])
  func `show what can't be seen in them`(name: String, shown: String) {
    #expect(printable(name) == shown)
  }

  @Test func `stay what they are in JSON`() throws {
    let name = "a\u{202E}\u{85}\u{7F}\n\u{1B}é"
    let encoded = String(decoding: try JSONEncoder().encode([name]), as: UTF8.self)
    let json = printableJSON(encoded + "\n")
    #expect(printable(json) == json.replacing("\n", with: #"\n"#))
    #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [name])
  }

  @Test func `are shown alike in HTML`() {
    #expect(escaped("a\u{202E}<\n>") == #"a\u{202E}&lt;\n&gt;"#)
  }
}
