internal import Testing

@testable import MorphKit

struct `Positions of stills` {
  @Test(arguments: [
    ("0:1:0.1", "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,1"), ("0,1", "0,1"), ("0.5", "0.5"),
    ("-0.2:1.2:0.7", "-0.2,0.5,1.2"), ("1:0:-0.25", "1,0.75,0.5,0.25,0"),
    ("0.000001, .5,+1", "0.000001,0.5,1"), ("2:2:1", "2"), ("0:0.2:0.1,0.9:1:0.05", "0,0.1,0.2,0.9,0.95,1"),
  ])
  func `are read as numbers and ranges with both ends`(text: String, expected: String) throws {
    let positions = try StillPositions(parsing: text)
    #expect(positions.description == expected)
    #expect(
      (0..<positions.count).map { positions.fraction($0) }
        == expected.split(separator: ",").map { Double($0) })
    #expect(try StillPositions(parsing: expected) == positions)
  }

  @Test(arguments: [
    ("", SettingProblem.notAPosition("")), ("0,,1", .notAPosition("")), ("half", .notAPosition("half")),
    ("nan", .notAPosition("nan")), ("1e-3", .notAPosition("1e-3")), ("0.1234567", .notAPosition("0.1234567")),
    (".", .notAPosition(".")), ("10.1", .notAPosition("10.1")), ("-11", .notAPosition("-11")),
    ("0:1", .notAPosition("0:1")), ("0:1:0.1:2", .notAPosition("0:1:0.1:2")),
    ("99999999999", .notAPosition("99999999999")), ("0:1:0", .rangeWithoutEnd("0:1:0")),
    ("0:1:-0.1", .rangeWithoutEnd("0:1:-0.1")), ("0.5,0.50", .repeatedPosition("0.5")),
    ("0:10:0.0001", .tooManyStills), ("0:1:0.3", .stepMissesEnd("0:1:0.3", fitting: "0.25")),
    ("1:0:-0.3", .stepMissesEnd("1:0:-0.3", fitting: "-0.25")),
    ("0:1:7", .stepMissesEnd("0:1:7", fitting: "1")),
    ("-0.2:1.2:0.6", .stepMissesEnd("-0.2:1.2:0.6", fitting: "0.7")),
    ("0:0.000007:0.000002", .stepMissesEnd("0:0.000007:0.000002", fitting: "0.000001")),
  ])
  func `that can't be are refused`(text: String, problem: SettingProblem) {
    let found = #expect(throws: SettingProblem.self) { try StillPositions(parsing: text) }
    #expect(found == problem)
  }

  @Test func `give stills their names and their table`() throws {
    let positions = try StillPositions(parsing: "-0.2,0,0.005,0.125,1,1.25")
    #expect(
      positions.table == """
        file,fraction
        percent_-020.png,-0.2
        percent_000.png,0
        percent_000.5.png,0.005
        percent_012.5.png,0.125
        percent_100.png,1
        percent_125.png,1.25

        """)
  }

  @Test func `share the way equally among transitions, and lead on beyond both ends`() throws {
    let positions = try StillPositions(parsing: "-0.5,0,0.25,0.3,0.5,1,1.5")
    let timeline = Timeline(stillsAt: positions, transitionCount: 4)
    let found = (0..<timeline.frameCount).map { timeline.position(ofFrame: $0) }
    let expected: [(Int, Double)] = [(0, -2), (0, 0), (1, 0), (1, 0.2), (2, 0), (3, 1), (3, 3)]
    #expect(found == expected.map { Timeline.Position(transition: $0.0, fraction: $0.1) })
    #expect((0..<7).map { timeline.keyframe(atFrame: $0) } == [nil, 0, 1, nil, 2, 4, nil])
  }
}
