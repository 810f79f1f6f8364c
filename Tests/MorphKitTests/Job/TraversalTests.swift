internal import Testing

@testable import MorphKit

struct `Dimensions of a traversal` {
  @Test(
    arguments: [
      ("10", .first(10)), ("0,3,5-9", .listed([0, 3, 5, 6, 7, 8, 9])), ("17-17", .listed([17])),
      ("9, 3", .listed([9, 3])), ("4,", nil), ("0", nil), ("3-1", nil), ("-3", nil), ("1-2-3", nil),
      ("", nil), ("a", nil), ("0-99999999", nil),
    ] as [(String, Traversal.Dimensions?)])
  func `are a list or how many of the first ones`(text: String, expected: Traversal.Dimensions?) {
    do {
      let found = try Traversal.Dimensions(parsing: text)
      #expect(found == expected)
      #expect(try Traversal.Dimensions(parsing: found.text) == found)
    } catch {
      #expect(expected == nil, "\(error)")
    }
  }

  @Test func `stand in a list once each`() throws {
    #expect(throws: SettingProblem.sheet(.repeatedDimension(3))) {
      try Traversal.Dimensions(parsing: "1-4,3")
    }
    #expect(throws: SettingProblem.sheet(.repeatedDimension(5))) {
      try Traversal.Dimensions(parsing: "5-9,0-5")
    }
    #expect(try Traversal.Dimensions(parsing: "1,2,3-4") == .listed([1, 2, 3, 4]))
    #expect(try Traversal.Dimensions(parsing: "3", isList: true) == .listed([3]))
  }

  @Test func `must be the model's`() throws {
    try Traversal.Dimensions.listed([7]).check(among: 8)
    #expect(throws: SettingProblem.self) { try Traversal.Dimensions.listed([8]).check(among: 8) }
    #expect(throws: SettingProblem.self) { try Traversal.Dimensions.first(9).check(among: 8) }
    let many = Traversal(of: .seed(1), dimensions: .first(10), order: .effect)
    try many.check(among: 4096)
    #expect(throws: SettingProblem.sheet(.tooManyToMeasure(16_384, limit: 4096))) {
      try many.check(among: 16_384)
    }
    try Traversal(of: .seed(1), dimensions: .first(10), order: .index).check(among: 16_384)
    try Traversal(of: .seed(1), dimensions: .listed([9000]), order: .effect).check(among: 16_384)
  }

  @Test(
    arguments: [
      ("3", .deviations(3)), ("0.5", .deviations(0.5)), ("q0.05", .quantiles(0.05)), ("q0.5", nil),
      ("q0", nil),
      ("-1", nil), ("0", nil), ("1000", nil), ("nan", nil), ("qnan", nil), ("q", nil),
    ] as [(String, Traversal.Range?)])
  func `go as far as deviations or quantiles say`(text: String, expected: Traversal.Range?) {
    do {
      let found = try Traversal.Range(parsing: text)
      #expect(found == expected)
      #expect(try Traversal.Range(parsing: found.text) == found)
    } catch {
      #expect(expected == nil, "\(error)")
    }
  }

  @Test func `with more to show come first, equal ones by their number`() {
    let ranking = DimensionRanking(
      .effect, first: 3,
      of: [(0, 0.5), (1, 0.75), (2, 0.5), (3, 0.1), (4, 0.75)].map { .init(dimension: $0, value: $1) })
    #expect(ranking.dimensions.map(\.dimension) == [1, 4, 0])
  }

  @Test(arguments: [
    (Traversal.Range.deviations(3), 7, ["-3.00", "-2.00", "-1.00", "+0.00", "+1.00", "+2.00", "+3.00"]),
    (.quantiles(0.05), 3, ["-1.64", "+0.00", "+1.64"]), (.deviations(0.01), 3, ["-0.01", "+0.00", "+0.01"]),
    (.deviations(0.01), 5, ["-0.010", "-0.005", "+0.000", "+0.005", "+0.010"]),
  ])
  func `give pictures names that tell them apart`(range: Traversal.Range, steps: Int, names: [String]) {
    var traversal = Traversal(of: .seed(1), dimensions: .listed([17, 3]))
    traversal.range = range
    traversal.view = .steps(steps)
    let job = TestRenders.job(.traverse(traversal), to: "x", .frames(.folder))
    let name = job.frameNames
    #expect(
      (0..<(2 * steps)).map(name)
        == ["dim017", "dim003"].flatMap { dimension in
          names.map { "\(dimension)_\($0).png" }
        })
  }

  @Test func `become names of planes, posteriors and pairs as well`() {
    let seeds = (1...4).map { Keyframe.seed(UInt32($0)) }
    func names(_ content: MorphJob.Content) -> [String] {
      let job = TestRenders.job(content, to: "x", .frames(.folder))
      let name = job.frameNames
      return (0..<job.pictureCount).map(name)
    }
    #expect(
      names(.plane(Plane(corners: seeds, columns: 11, rows: 2))).suffix(2) == [
        "row1_col09.png", "row1_col10.png",
      ])
    #expect(
      names(
        .posterior(PosteriorDraws(of: PhotoReference(path: "a/ada.jpg", face: 2), count: 2, noiseSeed: .max)))
        == ["ada-2_photo.png", "ada-2_mean.png", "ada-2_seed4294967295.png", "ada-2_seed0000.png"])
    let photos = ["a/ada.jpg", "b/ada.jpg"].map { Keyframe.photo(PhotoReference(path: $0)) }
    #expect(
      names(.between(photos)) == [
        "between.png", "ada.png", "ada-2.png", "ada.png", "ada_ada.png", "ada_ada-2.png", "ada-2.png",
        "ada-2_ada.png", "ada-2_ada-2.png",
      ])
  }
}
