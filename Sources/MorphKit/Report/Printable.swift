/// `text` with what can't be seen spelt out: control characters, ends of lines, and signs that turn the order of letters.
///
/// What strangers name their files can then neither colour and move what a terminal shows, nor look like another line.
package func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
  var printable = ""
  for scalar in text.unicodeScalars {
    if scalar.isHidden {
      printable += scalar.escaped(asASCII: true)
    } else {
      printable.unicodeScalars.append(scalar)
    }
  }
  return printable
}

/// JSON with the same characters written as JSON does: they stand in texts alone.
package func printableJSON(_ json: String) -> String {
  guard json.unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) else { return json }
  var printable = ""
  for scalar in json.unicodeScalars {
    if scalar.isHidden, scalar != "\n" {
      let digits = String(scalar.value, radix: 16)
      printable += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    } else {
      printable.unicodeScalars.append(scalar)
    }
  }
  return printable
}

extension Unicode.Scalar {
  fileprivate var isHidden: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: properties.isBidiControl
    }
  }
}
