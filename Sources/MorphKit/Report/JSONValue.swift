internal import FoundationEssentials

/// A value of a JSON text, whose keys are written in their alphabetical order.
///
/// What is not there is `null`, so that every object has all of its keys; so is a number that is not finite.
enum JSONValue: Encodable {
  case null
  case text(String)
  case number(Double)
  case count(Int)
  case truth(Bool)
  case list([JSONValue])
  case table([String: JSONValue])

  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }
  static func optional(_ number: Double?) -> JSONValue { number.map(JSONValue.number) ?? .null }
  static func optional(_ count: Int?) -> JSONValue { count.map(JSONValue.count) ?? .null }
  static func optional(_ truth: Bool?) -> JSONValue { truth.map(JSONValue.truth) ?? .null }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .list(let values):
      var container = encoder.unkeyedContainer()
      for value in values { try container.encode(value) }
      return
    case .table(let values):
      var container = encoder.container(keyedBy: Key.self)
      for (key, value) in values { try container.encode(value, forKey: Key(stringValue: key)) }
      return
    case .null, .text, .number, .count, .truth: break
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number) where number.isFinite: try container.encode(number)
    case .count(let count): try container.encode(count)
    case .truth(let truth): try container.encode(truth)
    case .null, .number, .list, .table: try container.encodeNil()
    }
  }

  /// For people, too; ends with a line feed.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
