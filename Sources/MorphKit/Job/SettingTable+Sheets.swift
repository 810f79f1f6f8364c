/// Reads the settings of what looks into a latent space.
extension SettingTable {
  typealias KeyframeReading = (KeyframeGroup, SettingPlace) throws(MorphError) -> [Keyframe]

  /// `keyframe`, `dims`, `order`, `over`, `range`, and `steps` or `seconds`.
  ///
  /// `dimensionCount` is that of the model's latents, where it is known already.
  mutating func traversal(
    as kind: OutputTarget.Kind, at rate: FrameRate, dimensionCount: Int?, from folder: String,
    reading: KeyframeReading
  ) throws(MorphError) -> Traversal {
    let keyframe = try keyframe("keyframe", from: folder, reading: reading)
    var traversal = Traversal(
      of: keyframe, dimensions: .first(min(Traversal.dimensionCount, dimensionCount ?? .max)))
    let dimensions = take("dims")
    if let dimensions { traversal.dimensions = try Traversal.Dimensions(dimensions) }
    let order = try text("order")
    traversal.order = try order?.choice()
    if traversal.order == nil, case .first = traversal.dimensions { traversal.order = .effect }
    try PlacedText(text: "", place: order?.place ?? dimensions?.place ?? place)
      .read { _ throws(SettingProblem) in
        if traversal.order == .latentLoss, !states("over") { throw .sheet(.needsPhotosToMeasure) }
      }
    traversal.over = try photosToMeasure(isMeasured: traversal.order == .latentLoss, from: folder, reading)
    if let dimensionCount {
      try PlacedText(text: "", place: dimensions?.place ?? order?.place ?? place)
        .read { _ throws(SettingProblem) in try traversal.check(among: dimensionCount) }
    }
    if let range = try text("range") {
      traversal.range = try range.read { text throws(SettingProblem) in try Traversal.Range(parsing: text) }
    }
    traversal.view = try traversalView(as: kind, at: rate)
    if case .steps(let count) = traversal.view, traversal.dimensions.count * count > MorphJob.frameLimit {
      throw MorphError((dimensions?.place ?? place).subject, .tooManyFrames)
    }
    return traversal
  }

  private mutating func traversalView(
    as kind: OutputTarget.Kind, at rate: FrameRate
  ) throws(MorphError) -> Traversal.View {
    let steps = try text("steps")
    let seconds = try text("seconds")
    guard kind == .video else {
      if let seconds {
        try refuse(
          "seconds", at: seconds.place, .notForThisOutput("a length in seconds", output: kind.rawValue))
      }
      return .steps(try steps?.wholeNumber(in: JobLimits.steps) ?? 7)
    }
    if let steps {
      try refuse("steps", at: steps.place, .notForThisOutput("a number of steps", output: kind.rawValue))
    }
    let length = try seconds?.number(in: JobLimits.seconds) ?? 4
    let frames = (length * rate.framesPerSecond).rounded()
    guard frames < Double(MorphJob.frameLimit) else {
      throw MorphError((seconds?.place ?? place).subject, .tooManyFrames)
    }
    guard Int(frames) >= JobLimits.swing.lowerBound else {
      throw MorphError(
        (seconds?.place ?? place).subject,
        .value(
          decimal(length),
          allowed:
            "\(decimal((40_000 / rate.framesPerSecond).rounded(.up) / 10_000)) s or more, which is 4 frames"))
    }
    return .swing(frameCount: Int(frames))
  }

  private mutating func photosToMeasure(
    isMeasured: Bool, from folder: String, _ reading: KeyframeReading
  ) throws(MorphError) -> [PhotoReference] {
    guard let place = place(of: "over") else { return [] }
    guard isMeasured else {
      _ = take("over")
      try refuse(
        "over", at: place,
        .needsOther(place == .option("--over") ? "--order latent-loss" : "order: latent-loss"))
      return []
    }
    return try faces("over", from: folder, reading: reading).map { keyframe throws(MorphError) in
      guard case .photo(let photo) = keyframe else {
        throw MorphError(place.subject, .wrongKind(key: "over", expected: "photos, or a folder of them"))
      }
      return photo
    }
  }

  /// One keyframe.
  private mutating func keyframe(
    _ key: String, from folder: String, reading: KeyframeReading
  ) throws(MorphError) -> Keyframe {
    guard let setting = take(key) else { throw missing(key) }
    let keyframes = try reading(try KeyframeGroup(setting, from: folder), setting.place)
    guard keyframes.count == 1 else {
      if case .text(let text) = setting.value {
        throw MorphError(setting.place.subject, .severalKeyframes(text))
      }
      throw MorphError(setting.place.subject, .wrongKind(key: key, expected: "a single keyframe"))
    }
    return keyframes[0]
  }

  /// Keyframes of no time of their own.
  private mutating func points(
    from folder: String, needed: String, isEnough: (Int) -> Bool, reading: KeyframeReading
  ) throws(MorphError) -> [Keyframe] {
    let setting = take("keyframes")
    var keyframes: [Keyframe] = []
    if case .list(let items)? = setting?.value {
      for item in items {
        keyframes += try reading(try KeyframeGroup(item, from: folder), item.place)
      }
    } else if let setting {
      throw MorphError(setting.place.subject, .wrongKind(key: "keyframes", expected: "a list of keyframes"))
    }
    guard isEnough(keyframes.count) else {
      throw MorphError(
        (setting?.place ?? place).subject, .sheet(.keyframeCount(keyframes.count, needed: needed)))
    }
    return keyframes
  }

  /// `keyframes` and `steps`.
  mutating func plane(from folder: String, reading: KeyframeReading) throws(MorphError) -> Plane {
    let corners = try points(
      from: folder, needed: "a plane needs four: top left, top right, bottom left and bottom right",
      isEnough: { $0 == 4 }, reading: reading)
    let (columns, rows) = try text("steps")?.sides(in: JobLimits.steps, mayBeOne: true) ?? (7, 7)
    return Plane(corners: corners, columns: columns, rows: rows)
  }

  /// `keyframes`, each of which meets each other.
  mutating func pairs(from folder: String, reading: KeyframeReading) throws(MorphError) -> [Keyframe] {
    let keyframes = try points(
      from: folder, needed: "there is something between two at least", isEnough: { $0 >= 2 }, reading: reading
    )
    guard JobLimits.pairs.contains(keyframes.count) else { throw MorphError(place.subject, .tooManyFrames) }
    return keyframes
  }

  /// `photo`, `count` and `noise_seed`.
  mutating func posteriorDraws(
    from folder: String, reading: KeyframeReading
  ) throws(MorphError) -> PosteriorDraws {
    let place = place(of: "photo") ?? place
    guard case .photo(let photo) = try keyframe("photo", from: folder, reading: reading) else {
      throw MorphError(
        place.subject, .wrongKind(key: "photo", expected: "a photo, since others have no posterior"))
    }
    var draws = PosteriorDraws(of: photo)
    if let count = try text("count") { draws.count = try count.wholeNumber(in: JobLimits.draws) }
    if let seed = try text("noise_seed") { draws.noiseSeed = try seed.seed() }
    return draws
  }

  /// `cells`, with which the keyframes of a morph become several walks; `nil` for one walk.
  mutating func cells(
    as kind: OutputTarget.Kind, of keyframes: [Keyframe], holds: [PlacedText?]
  ) throws(MorphError) -> Mosaic? {
    guard let cells = try text("cells") else { return nil }
    guard kind != .grid else {
      try refuse("cells", at: cells.place, .notForThisOutput("a number of cells", output: kind.rawValue))
      return nil
    }
    let (columns, rows) = try cells.sides(in: JobLimits.cellSides, mayBeOne: false)
    let count = columns * rows
    guard keyframes.count % count == 0, keyframes.count / count >= 2 else {
      throw MorphError(cells.place.subject, .sheet(.unequalCells(keyframes: keyframes.count, cells: count)))
    }
    if let hold = holds.lazy.compactMap({ $0 }).first {
      throw MorphError(hold.place.subject, .exclusive("hold", cells.place.name(of: "cells")))
    }
    return try mosaic(cellCount: count, columns: columns)
  }

  /// `gap` and `background`, and `columns` where they aren't known.
  mutating func mosaic(cellCount: Int, columns: Int? = nil) throws(MorphError) -> Mosaic {
    var stated = columns
    if stated == nil { stated = try text("columns")?.wholeNumber(in: JobLimits.columns) }
    var mosaic = Mosaic(
      cellCount: cellCount, columns: stated ?? GridLayout.nearSquareColumns(cellCount: cellCount))
    if let gap = try text("gap") { mosaic.gap = try gap.wholeNumber(in: JobLimits.gap) }
    if let background = try text("background") { mosaic.background = try background.color() }
    return mosaic
  }

  /// Throws for a number of columns, which a sheet of rows and columns of its own has not.
  mutating func refuseColumns(of command: JobCommand) throws(MorphError) {
    guard let columns = try text("columns") else { return }
    try refuse(
      "columns", at: columns.place,
      .notForThisOutput("a number of columns", output: "the sheet of '\(command.rawValue)'"))
  }
}

extension Traversal.Dimensions {
  /// Reads `0,3,5-9`, `10`, or a list.
  fileprivate init(_ setting: Setting) throws(MorphError) {
    var texts: [String] = []
    var isList = false
    switch setting.value {
    case .text(let text): texts = [text]
    case .list(let items):
      isList = true
      for item in items {
        guard case .text(let text) = item.value else {
          throw MorphError(item.place.subject, .wrongKind(key: "dims", expected: "a list of dimensions"))
        }
        texts.append(text)
      }
    case .table, .nothing:
      throw MorphError(setting.place.subject, .wrongKind(key: "dims", expected: "a number or a list"))
    }
    self = try PlacedText(text: texts.joined(separator: ","), place: setting.place)
      .read { text throws(SettingProblem) in try Traversal.Dimensions(parsing: text, isList: isList) }
  }
}

extension PlacedText {
  /// `4x2`; where `mayBeOne` says so also `7`, which is 7x7.
  fileprivate func sides(
    in range: ClosedRange<Int>, mayBeOne: Bool
  ) throws(MorphError) -> (columns: Int, rows: Int) {
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { UInt32(digits: $0) }
    guard let first = sides.first ?? nil, let last = sides.last ?? nil,
      sides.count == 2 || (mayBeOne && sides.count == 1),
      range.contains(Int(first)), range.contains(Int(last))
    else {
      let numbers = "columns x rows, as in 4x2, each from \(range.lowerBound) to \(range.upperBound)"
      throw MorphError(
        place.subject, .value(text, allowed: mayBeOne ? "one number for both sides, or \(numbers)" : numbers))
    }
    return (Int(first), Int(last))
  }
}
