internal import Testing

@testable import MorphKit

struct `Frame rate` {
  @Test(arguments: [
    ("30", 30, 1), ("60", 60, 1), ("23.976", 2997, 125), ("29.97", 2997, 100), ("30000/1001", 30_000, 1001),
    ("24000/1001", 24_000, 1001), ("0.5", 1, 2), ("1/2", 1, 2), ("60/2", 30, 1), ("1000", 1000, 1),
    ("30.0", 30, 1),
    ("12.500", 25, 2), ("0.001", 1, 1000), ("1000000/1001", 1_000_000, 1001),
  ])
  func `is a fraction in lowest terms`(text: String, numerator: Int, denominator: Int) throws {
    let rate = try FrameRate(parsing: text)
    #expect((rate.numerator, rate.denominator) == (numerator, denominator))
    #expect(rate.framesPerSecond == Double(numerator) / Double(denominator))
  }

  @Test(arguments: [
    "0", "0/1", "1/0", "0/0", "-1", "-30/1", "30/-1", "nan", "inf", "1e3", "3e1", "1001", "1000.001",
    "2000/1", "", " 30",
    "30 ", "+30", "30,5", "0x1E", "30/", "/30", "1/2/3", ".5", "30.", "30.0000", "3.1.4", "thirty",
    "4294967296/4294967295",
    "٣٠", "30fps",
  ])
  func `anything else is refused`(text: String) {
    let problem = #expect(throws: SettingProblem.self) { try FrameRate(parsing: text) }
    #expect(problem == .value(text, allowed: "a number over 0 and up to 1000, or a fraction like 30000/1001"))
  }

  @Test func `is written as it may be read`() throws {
    #expect(FrameRate.thirty.description == "30")
    for text in ["30000/1001", "25", "1/2"] {
      #expect(try FrameRate(parsing: text).description == text)
    }
  }
}
