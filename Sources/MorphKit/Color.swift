internal import Glibc

/// An opaque colour in sRGB.
public struct Color: Equatable, Sendable, CustomStringConvertible {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public static let black = Color(red: 0, green: 0, blue: 0)
  static let white = Color(red: 255, green: 255, blue: 255)

  /// The names that `--background` takes, with their values in CSS.
  static let named: [(name: String, color: Color)] = [
    ("black", .black),
    ("white", .white),
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

  /// How bright it is, from 0 for black to 1 for white, as the W3C's guidelines for accessible pages reckon it.
  var luminance: Double {
    func linear(_ level: UInt8) -> Double {
      let value = Double(level) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
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
