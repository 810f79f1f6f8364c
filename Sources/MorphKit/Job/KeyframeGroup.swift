/// What one word of a command line or job file names: a keyframe, or several.
enum KeyframeGroup: Equatable, Sendable {
  case one(Keyframe)
  /// Every face of a photo, left to right.
  case faces(photo: String)
  /// Rows of a file of latents, in order; `nil` is all of them.
  case rows(file: String, name: String?, ClosedRange<Int>?)

  /// Reads `ada.jpg`, `family.jpg#2`, `family.jpg#all`, `seed:42`, `faces.npy`, `faces.npy:3`, `faces.npz:z:0-9`, or a
  /// sum of them; a file of exactly that name wins over the other readings.
  init(parsing text: String, from folder: String) throws(SettingProblem) {
    guard !text.isEmpty else { throw .value(text, allowed: "a photo, seed:N or FILE.npy:ROW") }
    let asPath = path(text, from: folder)
    let isThere = kind(ofPath: asPath) != .nothing
    if LatentFile.endings.contains(where: text.hasSuffix),
      isThere || KeyframeExpression(text, from: folder) == nil
    {
      self = .rows(file: asPath, name: nil, nil)
      return
    }
    guard !isThere else {
      self = .one(.photo(PhotoReference(path: asPath)))
      return
    }
    if let expression = KeyframeExpression(text, from: folder) {
      self = .one(.sum(try expression.terms()))
      return
    }
    guard plainNumber(text) == nil, !["+", "-", "*"].contains(text) else { throw .withoutQuotes(text) }
    let small = text.lowercased()
    if small.hasPrefix("seed:"), !text.hasPrefix("seed:") {
      throw .value(text, allowed: "small letters, as in seed:1")
    }
    if small.hasSuffix("#all"), !text.hasSuffix("#all") {
      throw .value(text, allowed: "small letters, as in family.jpg#all")
    }
    if text.hasPrefix("seed:") {
      let digits = text.dropFirst(5)
      guard let seed = UInt32(digits: digits) else { throw .notOneSeed(String(digits)) }
      self = .one(.seed(seed))
    } else if let rows = try KeyframeGroup.rows(text, from: folder) {
      self = rows
    } else if text.hasSuffix("#all") {
      self = .faces(photo: path(String(text.dropLast(4)), from: folder))
    } else {
      self = .one(.photo(try PhotoReference(parsing: text, from: folder)))
    }
  }

  /// Reads what stands behind the name of a file of latents; `nil` for other texts.
  private static func rows(_ text: String, from folder: String) throws(SettingProblem) -> KeyframeGroup? {
    let places = LatentFile.endings.compactMap { ending in
      text.ranges(of: ending + ":").last.map { text.index(before: $0.upperBound) }
    }
    guard let colon = places.max() else { return nil }
    let file = String(text[..<colon])
    let parts = text[text.index(after: colon)...].split(separator: ":", omittingEmptySubsequences: false)
    let holdsSeveral = !file.hasSuffix(".npy")
    // A name may have colons of its own, when rows follow it.
    var name: String?
    var rows: Substring? = parts.last
    if holdsSeveral, let last = parts.last {
      if range(last) != nil, !last.isEmpty {
        name = parts.count > 1 ? parts.dropLast().joined(separator: ":") : nil
      } else {
        name = parts.joined(separator: ":")
        rows = nil
      }
    }
    let place = path(file, from: folder)
    guard name != "" else {
      throw .value(text, allowed: "the name of an array or the number of a row, as in \(file):0")
    }
    guard let rows else { return .rows(file: place, name: name, nil) }
    guard holdsSeveral || parts.count == 1, let range = range(rows) else {
      throw .value(text, allowed: "the number of a row, counted from 0, as in \(file):0")
    }
    guard range.lowerBound <= range.upperBound else {
      throw .value(
        text, allowed: "rows in their order, as in \(file):\(range.upperBound)-\(range.lowerBound)")
    }
    guard rows.contains("-") else {
      return .one(.latent(file: place, name: name, row: range.lowerBound))
    }
    return .rows(file: place, name: name, range.lowerBound...range.upperBound)
  }

  /// `3` or `0-9`.
  private static func range(_ text: Substring) -> (lowerBound: Int, upperBound: Int)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      UInt32(digits: $0).map(Int.init)
    }
    guard let first = ends.first, let lower = first, let last = ends.last, let upper = last, ends.count <= 2
    else { return nil }
    return (lower, upper)
  }
}

extension KeyframeGroup {
  /// Reads a keyframe of a job file: a text as on the command line, or a mapping.
  init(_ setting: Setting, from folder: String) throws(MorphError) {
    if case .text(let text) = setting.value {
      self = try PlacedText(text: text, place: setting.place).read { text throws(SettingProblem) in
        try KeyframeGroup(parsing: text, from: folder)
      }
      return
    }
    var table = try SettingTable(setting, named: "keyframes")
    let additions = table.take("add")
    let group = try KeyframeGroup(&table, at: setting.place, from: folder)
    guard let additions else {
      self = group
      return
    }
    self = .one(
      .sum([KeyframeTerm(1, try group.only(at: setting.place))] + (try Self.terms(additions, from: folder))))
  }

  /// Reads `photo`, `seed` or `latents` of a mapping.
  private init(
    _ table: inout SettingTable, at place: SettingPlace, from folder: String
  ) throws(MorphError) {
    let photo = try table.text("photo")
    let seed = try table.text("seed")
    let latents = try table.text("latents")
    let face = try table.text("face")
    let row = try table.text("row")
    let name = try table.text("name")
    try table.refuseOthers()
    switch (photo, seed, latents) {
    case (let photo?, nil, nil) where row == nil && name == nil:
      let file = path(photo.text, from: folder)
      guard face?.text != "all" else {
        self = .faces(photo: file)
        return
      }
      let number = try face?.wholeNumber(in: 1...10_000)
      self = .one(.photo(PhotoReference(path: file, face: number)))
    case (nil, let seed?, nil) where row == nil && face == nil && name == nil:
      self = .one(
        .seed(
          try seed.read { text throws(SettingProblem) in
            guard let seed = UInt32(digits: text) else { throw .notOneSeed(text) }
            return seed
          }))
    case (nil, nil, let latents?) where face == nil:
      let file = path(latents.text, from: folder)
      if let name, fileEnding(file) == ".npy" {
        throw MorphError(
          name.place.subject,
          .wrongKind(key: "name", expected: "left out for a .npy file, which holds one array without a name"))
      }
      guard let row else {
        self = .rows(file: file, name: name?.text, nil)
        return
      }
      self = try row.read { text throws(SettingProblem) in
        guard let range = Self.range(text[...]), range.lowerBound <= range.upperBound else {
          throw .value(text, allowed: "the number of a row, counted from 0, or rows like 0-9")
        }
        return text.contains("-")
          ? .rows(file: file, name: name?.text, range.lowerBound...range.upperBound)
          : .one(.latent(file: file, name: name?.text, row: range.lowerBound))
      }
    default:
      throw MorphError(place.subject, .needsOneOf(["photo (with face)", "seed", "latents (with row)"]))
    }
  }

  /// Reads `add: {smile.npy: 1.5}`.
  private static func terms(_ setting: Setting, from folder: String) throws(MorphError) -> [KeyframeTerm] {
    guard case .table(let entries) = setting.value, !entries.isEmpty else {
      throw MorphError(
        setting.place.subject,
        .wrongKind(
          key: "add", expected: "a mapping of what is added to how much of it, like {smile.npy: 1.5}"))
    }
    _ = try SettingTable(entries, at: setting.place)
    return try entries.map { entry throws(MorphError) in
      guard case .text(let text) = entry.value.value else {
        throw MorphError(entry.place.subject, .wrongKind(key: entry.key, expected: "a number"))
      }
      let factor = try PlacedText(text: text, place: entry.place)
        .number(in: -KeyframeTerm.factorLimit...KeyframeTerm.factorLimit)
      let keyframe = try PlacedText(text: entry.key, place: entry.place).read { text throws(SettingProblem) in
        try Keyframe(parsing: text, from: folder)
      }
      guard case .sum = keyframe else { return KeyframeTerm(factor, keyframe) }
      throw MorphError(
        entry.place.subject, .wrongKind(key: "add", expected: "a mapping of single faces to numbers"))
    }
  }

  private func only(at place: SettingPlace) throws(MorphError) -> Keyframe {
    switch self {
    case .one(let keyframe): return keyframe
    case .rows(let file, let name, nil): return .latent(file: file, name: name, row: nil)
    case .faces(let photo): throw MorphError(place.subject, .severalKeyframes(photo + "#all"))
    case .rows(let file, _, let rows?):
      throw MorphError(place.subject, .severalKeyframes("\(file):\(rows.lowerBound)-\(rows.upperBound)"))
    }
  }
}
