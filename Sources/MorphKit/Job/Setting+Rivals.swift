extension [Setting.Entry] {
  /// Those that can stand beside `stronger` settings, in whose place they would stand otherwise.
  func besides(_ stronger: [Setting.Entry]) -> [Setting.Entry] {
    filter { entry in
      !stronger.contains { $0.key == entry.key || entry.excludes($0) || $0.excludes(entry) }
    }
  }
}

extension Setting.Entry {
  /// One and those that can't stand beside it, as `Timing` and `align` have it.
  private static let rivals: [(String, Set<String>)] = [
    ("frames", ["seconds", "duration"]), ("seconds", ["duration"]),
    ("loop", ["pingpong", "hold"]), ("pace", ["ease"]), ("margin", ["no_align"]),
    ("view", ["no_align"]),
    ("cells", ["at", "pace"]),
    (
      "at",
      [
        "frames", "seconds", "duration", "hold", "ease", "loop", "pingpong", "pace", "fps",
      ]
    ),
  ]

  fileprivate func excludes(_ other: Setting.Entry) -> Bool {
    guard Setting.Entry.rivals.contains(where: { $0 == key && $1.contains(other.key) }) else { return false }
    // A loop has no ends to be held, but holds of its keyframes.
    if key == "loop", other.key == "hold", other.value.isSeveral { return false }
    return isOn && other.isOn
  }

  /// Whether it asks for what it is named for.
  private var isOn: Bool {
    guard case .text(let text) = value.value else { return true }
    switch key {
    case "loop", "pingpong", "no_align": return !["false", "no", "off"].contains(text.lowercased())
    case "pace": return text == MorphJob.Pace.even.rawValue
    default: return true
    }
  }
}

extension Setting {
  fileprivate var isSeveral: Bool {
    switch value {
    case .text(let text): text.contains(",")
    case .list(let items): items.count > 1
    case .table, .nothing: false
    }
  }
}
