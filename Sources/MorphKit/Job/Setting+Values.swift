/// The product of sizes; `nil` when it is too large for a number.
func product(_ sizes: [Int]) -> Int? {
  var result = 1
  for size in sizes {
    let (next, overflow) = result.multipliedReportingOverflow(by: size)
    if overflow { return nil }
    result = next
  }
  return result
}

extension PlacedText {
  /// A whole number within `range`.
  func wholeNumber(in range: ClosedRange<Int>) throws(MorphError) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw MorphError(
        place.subject,
        .value(text, allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)"))
    }
    return value
  }

  /// A finite number within `range`, written with digits: no `nan`, no hexadecimal.
  func number(in range: ClosedRange<Double>) throws(MorphError) -> Double {
    guard let value = plainNumber(text), range.contains(value) else {
      let ends = (decimal(range.lowerBound), decimal(range.upperBound))
      throw MorphError(place.subject, .value(text, allowed: "a number from \(ends.0) to \(ends.1)"))
    }
    return value
  }

  /// `true` or `false`.
  func truth() throws(MorphError) -> Bool {
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw MorphError(place.subject, .value(text, allowed: "true or false"))
    }
  }

  /// One of the cases of an enumeration, by its name.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ type: Choice.Type = Choice.self
  ) throws(MorphError) -> Choice where Choice.RawValue == String {
    guard let value = Choice(rawValue: text) else {
      throw MorphError(
        place.subject, .value(text, allowed: list(Choice.allCases.map(\.rawValue), last: "or")))
    }
    return value
  }
}

extension SettingTable {
  mutating func required(_ key: String) throws(MorphError) -> PlacedText {
    guard let text = try text(key) else { throw missing(key) }
    return text
  }

  mutating func requiredTable(_ key: String) throws(MorphError) -> SettingTable {
    guard let setting = take(key) else { throw MorphError(place.subject, .missingKey(key)) }
    return try SettingTable(setting, named: key)
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String
  ) throws(MorphError) -> Choice? where Choice.RawValue == String {
    guard let text = try text(key) else { return nil }
    return try text.choice()
  }

  /// One number, or `count` of them.
  mutating func optionalNumbers(
    _ key: String, count: Int, in range: ClosedRange<Double>
  ) throws(MorphError) -> [Float]? {
    guard let texts = try texts(key) else { return nil }
    let numbers = try texts.map { text throws(MorphError) in Float(try text.number(in: range)) }
    guard numbers.count == 1 || numbers.count == count else {
      throw MorphError(
        texts.first?.place.subject ?? place.subject,
        .wrongKind(key: key, expected: count == 1 ? "one number" : "one number, or \(count)"))
    }
    return numbers
  }

  /// As many numbers as channels; one stands for all.
  mutating func numbers(
    _ key: String, count: Int, in range: ClosedRange<Double>
  ) throws(MorphError) -> [Float] {
    guard let numbers = try optionalNumbers(key, count: count, in: range) else {
      throw MorphError(place.subject, .missingKey(key))
    }
    return numbers.count == count ? numbers : Array(repeating: numbers[0], count: count)
  }

  /// `[x, y]`, fractions of a picture's sides.
  mutating func point(_ key: String) throws(MorphError) -> Point {
    guard let texts = try texts(key) else { throw MorphError(place.subject, .missingKey(key)) }
    let numbers = try texts.map { text throws(MorphError) in try text.number(in: -2...3) }
    guard numbers.count == 2 else {
      throw MorphError(
        place.subject, .wrongKind(key: key, expected: "[x, y], fractions of the region's sides"))
    }
    return Point(x: numbers[0], y: numbers[1])
  }
}

/// A number that is written with digits alone: no `nan`, no hexadecimal.
func plainNumber(_ text: String) -> Double? {
  let isPlain = text.utf8.allSatisfy { byte in
    (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte)
  }
  return isPlain ? Double(text) : nil
}
