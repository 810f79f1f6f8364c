/// An opaque colour in sRGB.
public struct Color: Equatable, Sendable, CustomStringConvertible {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public static let black = Color(red: 0, green: 0, blue: 0)

  /// The names that `--background` takes, with their values in CSS.
  static let named: [(name: String, color: Color)] = [
    ("black", .black),
    ("white", Color(red: 255, green: 255, blue: 255)),
    ("gray", Color(red: 128, green: 128, blue: 128)),
    ("grey", Color(red: 128, green: 128, blue: 128)),
  ]

  /// `#RRGGBB`.
  public var description: String {
    "#"
      + [red, green, blue].map { value in
        let digits = String(value, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// Reads a name (`black`, `white`, `gray`) or `#RRGGBB`; `nil` for anything else.
  public init?(_ text: String) {
    if let match = Color.named.first(where: { $0.name == text.lowercased() }) {
      self = match.color
      return
    }
    let digits = text.hasPrefix("#") ? text.dropFirst() : Substring(text)
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16)
    else {
      return nil
    }
    self.init(
      red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
  }
}
