internal import Testing

@testable import MorphKit

struct `Colour of a grid` {
  @Test(
    arguments: [
      ("black", 0, 0, 0), ("White", 255, 255, 255), ("gray", 128, 128, 128), ("grey", 128, 128, 128),
      ("#FF8000", 255, 128, 0), ("#ff8001", 255, 128, 1), ("0a0B0c", 10, 11, 12),
    ] as [(String, UInt8, UInt8, UInt8)])
  func `is a name or six digits`(text: String, red: UInt8, green: UInt8, blue: UInt8) {
    #expect(Color(text) == Color(red: red, green: green, blue: blue))
  }

  @Test(arguments: [
    "", "#", "#FFF", "#GGGGGG", "#FF80000", "beige", "# FF800", "+12345", "-12345", "ＦＦ", "##FF800", "0xFF80",
  ])
  func `is nothing else`(text: String) {
    #expect(Color(text) == nil)
  }

  @Test func `is written as it may be read`() {
    for color in [Color(red: 1, green: 160, blue: 255), .black] {
      #expect(Color(color.description) == color)
    }
    #expect(Color(red: 1, green: 160, blue: 255).description == "#01A0FF")
  }
}
