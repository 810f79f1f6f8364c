internal import Yams

/// Reads YAML from people one does not know into settings with line numbers.
///
/// At most 1 MB, at most 64 levels; anchors, aliases and keys of several parts are refused before parsing, since a
/// nest of them used as a key hangs the parser.
enum YAMLFile {
  static let byteLimit = 1_000_000
  private static let levelLimit = 64

  /// The document's top table; `name` stands in errors.
  static func table(in bytes: [UInt8], name: String) throws(MorphError) -> [Setting.Entry] {
    guard bytes.count <= byteLimit else { throw MorphError(name, .fileTooLarge) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MorphError(name, .syntax("it is not UTF-8 text"))
    }
    try refuseSigns(in: text, name: name)
    let node: Node?
    do {
      node = try compose(yaml: text)
    } catch let error as YamlError {
      throw MorphError(name, error, text: text)
    } catch {
      throw MorphError(name, .syntax("it can't be read"))
    }
    guard let node, node.null == nil else { throw MorphError(name, .emptyFile) }
    let setting = try setting(node, name: name, level: 0)
    guard case .table(let entries) = setting.value else {
      throw MorphError(setting.place.subject, .syntax("settings are expected, each as 'key: value'"))
    }
    return entries
  }

  private static func setting(_ node: Node, name: String, level: Int) throws(MorphError) -> Setting {
    let place = SettingPlace.line(node.mark?.line ?? 1, file: name)
    guard level <= levelLimit else { throw MorphError(place.subject, .syntax("it is nested too deeply")) }
    switch node {
    case .scalar(let scalar):
      guard !scalar.string.utf8.contains(0) else {
        throw MorphError(place.subject, .syntax("a value has a NUL character in it"))
      }
      let isNothing = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
      return Setting(value: isNothing ? .nothing : .text(scalar.string), place: place)
    case .sequence(let sequence):
      var items: [Setting] = []
      for item in sequence {
        items.append(try setting(item, name: name, level: level + 1))
      }
      return Setting(value: .list(items), place: place)
    case .mapping(let mapping):
      // One that starts with a brace starts before its first key.
      if mapping.count == 1, let (key, value) = mapping.first, key.mark?.column != node.mark?.column,
        value.scalar?.string == "", let name = key.scalar?.string, isVariable(name)
      {
        throw MorphError(place.subject, .bracesNeedQuotes("{\(name)}"))
      }
      var entries: [Setting.Entry] = []
      for (key, value) in mapping {
        let keyPlace = SettingPlace.line(key.mark?.line ?? 1, file: name)
        guard case .scalar(let scalar) = key else {
          throw MorphError(keyPlace.subject, .syntax("a key must be a single word"))
        }
        // An error about a value is found where its key stands.
        var value = try setting(value, name: name, level: level + 1)
        if case .text = value.value {
          value.place = keyPlace
        }
        entries.append(.init(key: scalar.string, place: keyPlace, value: value))
      }
      return Setting(value: .table(entries), place: place)
    case .alias:
      throw MorphError(place.subject, .alias("*"))
    }
  }

  /// Whether it would be a variable if it stood in quotes: `seed`, `index:06`.
  fileprivate static func isVariable(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count <= 2 && !parts[0].isEmpty
      && parts[0].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
      && parts.dropFirst().allSatisfy { UInt32(digits: $0) != nil }
  }

  /// A variable that a value begins with and that more follows, which no parser understands: `{seed}.png`.
  fileprivate static func unquotedVariable(inLine number: Int, of text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.indices.contains(number - 1) else { return nil }
    let line = lines[number - 1]
    // What a value may stand behind.
    var previous: Character = ":"
    for start in line.indices where !line[start].isWhitespace {
      if line[start] == "{", ":-[,".contains(previous) {
        let name = line[line.index(after: start)...].prefix(80).prefix { $0 != "}" }
        if name.endIndex < line.endIndex, line[name.endIndex] == "}", isVariable(name) { return "{\(name)}" }
      }
      previous = line[start]
    }
    return nil
  }

  /// Throws at the first `&` or `*` that could start an anchor or alias, or `?` that could start a key.
  ///
  /// Quotes are not looked at, since only a whole parser knows which of them count. So a sign inside quotes must not
  /// stand between a space and a letter; whole-line comments are passed over, up to a quote that may close a text of
  /// several lines, for then it was no comment.
  private static func refuseSigns(in text: String, name: String) throws(MorphError) {
    let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    let openings: Set<Unicode.Scalar> = breaks.union([" ", "\t", "\u{FEFF}", "[", "{", ",", ":"])
    var line = 1
    var inComment = false
    var lineIsEmpty = true
    var quotes: Set<Unicode.Scalar> = []
    var previous: Unicode.Scalar = "\n"
    var waiting: Unicode.Scalar?
    for character in text.unicodeScalars {
      let isBlank = character == " " || character == "\t"
      if let sign = waiting, !breaks.contains(character), !isBlank {
        throw MorphError(SettingPlace.line(line, file: name).subject, .alias(Character(sign)))
      }
      waiting = nil
      if breaks.contains(character) {
        line += character == "\n" && previous == "\r" ? 0 : 1
        inComment = false
        lineIsEmpty = true
      } else if character == "#", lineIsEmpty {
        inComment = true
      } else if character == "\"" || character == "'" {
        if inComment {
          inComment = !quotes.contains(character)
        } else {
          quotes.insert(character)
        }
      } else if character == "?", !inComment, openings.contains(previous) {
        // A key may then be a list or mapping; the parser compares such keys whole, however large and deep they are.
        throw MorphError(
          SettingPlace.line(line, file: name).subject,
          .syntax("a '?' at the start of a word makes a key of several parts; put quotes around the word"))
      } else if character == "&" || character == "*", !inComment, openings.contains(previous) {
        waiting = character
      }
      if !isBlank, !breaks.contains(character) {
        lineIsEmpty = false
      }
      previous = character
    }
  }
}

extension MorphError {
  /// The line and the reason of a parser's error, without its drawing of the place.
  fileprivate init(_ name: String, _ error: YamlError, text: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      if let piece = YAMLFile.unquotedVariable(inLine: mark.line, of: text) {
        self.init(SettingPlace.line(mark.line, file: name).subject, .bracesNeedQuotes(piece))
        return
      }
      self.init(SettingPlace.line(mark.line, file: name).subject, .syntax(problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      self.init(
        SettingPlace.line(context.mark.line, file: name).subject,
        .repeatedKey(duplicates.first ?? ""))
    default:
      self.init(name, .syntax("it can't be read"))
    }
  }
}
