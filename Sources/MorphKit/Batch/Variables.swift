/// What stands for `{name}` in one job of an expansion.
struct Variables {
  enum Value: Equatable {
    case number(Int)
    case text(String)
    /// In `output` a photo is its name without folder and ending.
    case photo(String)
  }

  /// What errors and messages call the job: `seed 42`, `pairs.csv: row 3`.
  let note: String
  private let values: [String: Value]
  /// Names that would stand here elsewhere, and why they don't.
  private let refused: [String: SettingProblem]
  private let budget: ExpansionBudget

  init(
    _ values: [String: Value], note: String, refused: [String: SettingProblem] = [:], budget: ExpansionBudget
  ) {
    self.values = values
    self.budget = budget
    self.note = note
    self.refused = refused
  }

  /// `text` with values in the place of its variables; `{{` and `}}` are braces.
  func fill(_ text: String, isOutput: Bool = false) throws(SettingProblem) -> String {
    try budget.spend(bytes: text.utf8.count)
    guard text.contains("{") || text.contains("}}") else { return text }
    var filled = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "{" || character == "}" else {
        filled.append(character)
        continue
      }
      if rest.first == character {
        filled.append(character)
        rest.removeFirst()
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { throw .openBrace(text) }
        let value = try value(of: rest[..<end], isOutput: isOutput)
        try budget.spend(bytes: value.utf8.count)
        filled += value
        rest = rest[rest.index(after: end)...]
      } else {
        filled.append(character)
      }
    }
    if isOutput {
      try refuseEscape(of: filled, from: text)
    }
    return filled
  }

  /// `index`, or `index:06` for a number with zeros before it.
  private func value(of piece: Substring, isOutput: Bool) throws(SettingProblem) -> String {
    let parts = piece.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    if let problem = refused[name] { throw problem }
    guard let value = values[name] else { throw .unknownVariable(name, known: values.keys.sorted()) }
    let text =
      switch value {
      case .number(let number): String(number)
      case .text(let text): text
      case .photo(let path): isOutput ? fileStem(path) : path
      }
    guard parts.count == 2 else { return text }
    guard parts[1].hasPrefix("0"), let width = UInt32(digits: parts[1]), (1...12).contains(width) else {
      throw .value("{\(piece)}", allowed: "{\(name)}, or {\(name):06} for a number of six digits")
    }
    guard let number = UInt32(digits: text) else { throw .notANumber(name, value: text) }
    return padded(Int(number), to: Int(width))
  }

  /// Throws when values lead the output out of the folder that the job file names, or make it a pattern.
  private func refuseEscape(of path: String, from template: String) throws(SettingProblem) {
    func climbs(_ path: String) -> Int { path.split(separator: "/").count { $0 == ".." } }
    let isPattern = try FramePattern(path) != nil
    guard climbs(path) == climbs(template), path.hasPrefix("/") == template.hasPrefix("/"),
      try isPattern == (FramePattern(template) != nil)
    else { throw .outputEscapes(path) }
  }
}
