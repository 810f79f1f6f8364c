/// A value of a job or a model description, with the place at which it was stated.
///
/// A job file and the command line both become this tree, so one reader serves both.
struct Setting: Equatable, Sendable {
  indirect enum Value: Equatable, Sendable {
    case text(String)
    case list([Setting])
    case table([Entry])
    case nothing
  }

  struct Entry: Equatable, Sendable {
    var key: String
    var place: SettingPlace
    var value: Setting
  }

  var value: Value
  var place: SettingPlace

  static func text(_ text: String, at place: SettingPlace) -> Setting {
    Setting(value: .text(text), place: place)
  }
}

/// Where a setting was stated.
enum SettingPlace: Equatable, Sendable {
  case option(String)
  case line(Int, file: String)
  /// A line that stands for many jobs, and which of them it is.
  case expanded(line: Int, file: String, job: String)

  /// What a setting is called where it was stated: `--fps` or `fps`.
  func name(of key: String) -> String {
    if case .option(let name) = self { name } else { key }
  }

  /// As it opens an error: `--fps`, `two-faces.yaml: line 7`.
  var subject: String {
    switch self {
    case .option(let name): name
    case .line(_, let file), .expanded(_, let file, _): "\(file): \(position)"
    }
  }

  /// Without the file: `line 7`, `line 7 (seed 42)`.
  var position: String {
    switch self {
    case .option(let name): name
    case .line(let number, _): "line \(number)"
    case .expanded(let number, _, let job): "line \(number) (\(job))"
    }
  }

  var isOption: Bool { if case .option = self { true } else { false } }

  /// The same line, for one of the jobs that it stands for.
  func noted(_ job: String) -> SettingPlace {
    if case .line(let number, let file) = self { .expanded(line: number, file: file, job: job) } else { self }
  }
}

/// Reads the entries of a table one by one, and refuses those that nobody asked for.
struct SettingTable {
  let place: SettingPlace
  private var entries: [Setting.Entry]
  private var known: [String] = []
  /// Those of its entries that may do nothing.
  private let optional: OptionalSettings

  /// Throws when a key stands twice, or has no value.
  init(
    _ entries: [Setting.Entry], at place: SettingPlace, optional: OptionalSettings = OptionalSettings()
  ) throws(MorphError) {
    self.place = place
    self.optional = optional
    self.entries = entries
    var keys: Set<String> = []
    for entry in entries {
      guard keys.insert(entry.key).inserted else {
        throw MorphError(entry.place.subject, .repeatedKey(entry.key))
      }
      guard entry.value.value != .nothing else { throw MorphError(entry.place.subject, .noValue(entry.key)) }
    }
  }

  /// Reads a table that `key` of some other table holds.
  init(_ setting: Setting, named key: String) throws(MorphError) {
    guard case .table(let entries) = setting.value else {
      throw MorphError(setting.place.subject, .wrongKind(key: key, expected: "a mapping of settings"))
    }
    try self.init(entries, at: setting.place)
  }

  /// Whether this key is stated and was not taken.
  func states(_ key: String) -> Bool { entries.contains { $0.key == key } }

  /// Where this key is stated, when it is and was not taken.
  func place(of key: String) -> SettingPlace? { entries.first { $0.key == key }?.place }

  /// The value of this key, which is from now on known.
  mutating func take(_ key: String) -> Setting? {
    known.append(key)
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
    return entries.remove(at: index).value
  }

  /// The text of this key, and where it was stated.
  mutating func text(_ key: String) throws(MorphError) -> PlacedText? {
    guard let setting = take(key) else { return nil }
    guard case .text(let text) = setting.value else {
      throw MorphError(setting.place.subject, .wrongKind(key: key, expected: "a single value"))
    }
    return PlacedText(text: text, place: setting.place)
  }

  /// The one or several texts of this key: a list, a single value, or a single value with commas.
  mutating func texts(_ key: String) throws(MorphError) -> [PlacedText]? {
    guard let setting = take(key) else { return nil }
    switch setting.value {
    case .text(let text):
      return text.split(separator: ",", omittingEmptySubsequences: false)
        .map { PlacedText(text: trimmed($0), place: setting.place) }
    case .list(let items):
      var texts: [PlacedText] = []
      for item in items {
        guard case .text(let text) = item.value else {
          throw MorphError(item.place.subject, .wrongKind(key: key, expected: "a list of single values"))
        }
        texts.append(PlacedText(text: text, place: item.place))
      }
      return texts
    case .table, .nothing:
      throw MorphError(setting.place.subject, .wrongKind(key: key, expected: "a value or a list of values"))
    }
  }

  /// Throws for a setting that does nothing here, unless it may.
  func refuse(_ key: String, at place: SettingPlace, _ problem: SettingProblem) throws(MorphError) {
    let error = MorphError(place.subject, problem)
    guard optional.contains(key) else { throw error }
    optional.passOver(key, error)
  }

  /// That a key is missing, or misspelt.
  func missing(_ key: String, or problem: SettingProblem? = nil) -> MorphError {
    if let slip = entries.first(where: { nearest(to: $0.key, among: [key]) != nil }) {
      return MorphError(slip.place.subject, .unknownKey(slip.key, nearest: key))
    }
    return MorphError(place.subject, problem ?? .missingKey(key))
  }

  /// Whether this setting may do nothing.
  func isOptional(_ key: String) -> Bool { optional.contains(key) }

  /// What other tools call a key.
  private func synonym(of key: String) -> String? {
    let synonyms = ["trunc": "temperature", "truncation": "temperature", "nrow": "columns"]
    return synonyms[key].flatMap { known.contains($0) ? $0 : nil }
  }

  /// Throws for the first entry that was never taken, with the nearest key that would have been.
  func refuseOthers() throws(MorphError) {
    for other in entries {
      let error = MorphError(
        other.place.subject,
        RetiredSetting.all[other.key] != nil
          ? .retiredKey(other.key)
          : .unknownKey(other.key, nearest: nearest(to: other.key, among: known) ?? synonym(of: other.key)))
      guard optional.isOverride(other.key) else { throw error }
      optional.passOver(other.key, error)
    }
  }
}

/// A setting that there was once: why it is gone, and which one to look at instead.
public struct RetiredSetting: Sendable {
  let reason: String
  let successor: String

  /// By their keys.
  static let all = [
    "dissolve": RetiredSetting(
      reason: "morphs of photos now begin and end on the photos themselves", successor: "detail")
  ]

  /// What to tell somebody who states a key that is gone; `nil` for others.
  static func sentence(ofKey key: String) -> String? {
    all[key].map { "'\(key)' is gone: \($0.reason); see '\($0.successor)'." }
  }

  /// What to tell somebody who gives an option that is gone, such as `--dissolve` or `--dissolve=1`; `nil` for other
  /// arguments.
  public static func sentence(ofOption argument: String) -> String? {
    func option(_ key: String) -> String { "--" + key.replacing("_", with: "-") }
    let name = argument.prefix { $0 != "=" }
    return all.first { option($0.key) == name }
      .map { "\(name) is gone: \($0.value.reason); see \(option($0.value.successor))." }
  }
}

/// One value as it was written, and where.
struct PlacedText: Equatable, Sendable {
  var text: String
  var place: SettingPlace

  /// Reads it with `read`, whose error gets this place.
  func read<Value>(_ read: (String) throws(SettingProblem) -> Value) throws(MorphError) -> Value {
    do throws(SettingProblem) {
      return try read(text)
    } catch {
      throw MorphError(place.subject, error)
    }
  }
}

/// The word among `words` that was probably meant: at most a third of its letters differ.
public func nearest(to word: String, among words: [String]) -> String? {
  func sound(_ word: String) -> String { word.lowercased().replacing("ph", with: "f") }
  let ranked = words.map { other in
    let distances = [
      editDistance(word.lowercased(), other.lowercased()), editDistance(sound(word), sound(other)),
    ]
    return (word: other, distance: min(distances[0], distances[1]))
  }
  guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, best.word.count / 3) ? best.word : nil
}

/// Letters to insert, remove, replace or swap with their neighbour (Damerau 1964, optimal string alignment).
private func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first)
  let second = Array(second)
  var beforeLast: [Int] = []
  var last = Array(0...second.count)
  for row in first.indices {
    var current = [row + 1]
    for column in second.indices {
      let same = first[row] == second[column]
      var distance = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[second.count]
}

/// `text` without the spaces around it.
func trimmed(_ text: some StringProtocol) -> String {
  var text = Substring(text)
  while text.first?.isWhitespace == true {
    text.removeFirst()
  }
  while text.last?.isWhitespace == true {
    text.removeLast()
  }
  return String(text)
}
