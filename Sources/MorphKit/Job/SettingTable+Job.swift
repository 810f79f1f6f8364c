/// Reads the settings of a job, each with its bounds.
extension SettingTable {
  /// The keyframes, and for each how long it says that it is held; one that stands for several says it of each.
  mutating func keyframes(
    from folder: String, reading: (KeyframeGroup, SettingPlace) throws(MorphError) -> [Keyframe]
  ) throws(MorphError) -> ([Keyframe], holds: [PlacedText?]) {
    let setting = take("keyframes")
    var keyframes: [Keyframe] = []
    var holds: [PlacedText?] = []
    switch setting?.value {
    case .list(let items)?:
      for item in items {
        let (item, hold) = try item.withoutHold()
        keyframes += try reading(try KeyframeGroup(item, from: folder), item.place)
        holds += Array(repeating: hold, count: keyframes.count - holds.count)
      }
    case .text?, .table?:
      throw MorphError(
        setting?.place.subject ?? place.subject, .wrongKind(key: "keyframes", expected: "a list of keyframes")
      )
    case .nothing?, nil:
      break
    }
    guard keyframes.count >= 2 else {
      throw setting.map { MorphError($0.place.subject, .tooFewKeyframes(keyframes.count)) }
        ?? missing("keyframes", or: .tooFewKeyframes(0))
    }
    return (keyframes, holds)
  }

  mutating func photos(
    from folder: String, reading: (KeyframeGroup, SettingPlace) throws(MorphError) -> [Keyframe]
  ) throws(MorphError) -> [PhotoReference] {
    guard let setting = take("photos") else { throw missing("photos") }
    let items: [Setting]
    switch setting.value {
    case .list(let list): items = list
    case .text: items = [setting]
    case .table, .nothing: items = []
    }
    var photos: [PhotoReference] = []
    for item in items {
      for keyframe in try reading(try KeyframeGroup(item, from: folder), item.place) {
        guard case .photo(let photo) = keyframe else {
          throw MorphError(
            item.place.subject,
            item.place.isOption ? .noPhotoName : .wrongKind(key: "photos", expected: "a list of photos"))
        }
        photos.append(photo)
      }
    }
    guard !photos.isEmpty else {
      throw MorphError(setting.place.subject, .wrongKind(key: "photos", expected: "a list of photos"))
    }
    return photos
  }

  mutating func seeds(_ key: String = "seeds") throws(MorphError) -> SeedList? {
    guard let pieces = try texts(key) else { return nil }
    let place = pieces.first?.place ?? place
    let all = PlacedText(text: pieces.map(\.text).joined(separator: ","), place: place)
    let seeds = try all.read { text throws(SettingProblem) in try SeedList(parsing: text) }
    guard seeds.count <= MorphJob.frameLimit else { throw MorphError(place.subject, .tooManyFrames) }
    return seeds
  }

  /// Those of `seeds`, or of `count` from `seed` on.
  mutating func sampledSeeds() throws(MorphError) -> SeedList? {
    let stated = try seeds()
    let count = try text("count")
    let first = try text("seed")
    guard let count else {
      if let first {
        throw MorphError(
          first.place.subject, .needsOther(first.place.name(of: "seed") == "seed" ? "count" : "--count"))
      }
      return stated
    }
    let option = count.place.name(of: "count")
    if stated != nil {
      throw MorphError(count.place.subject, .exclusive(option, option == "count" ? "seeds" : "--seeds"))
    }
    let last = Int(UInt32.max)
    let start = try first?.wholeNumber(in: 0...last) ?? 0
    let number = try count.wholeNumber(in: 1...min(MorphJob.frameLimit, last - start + 1))
    return SeedList([UInt32(start)...UInt32(start + number - 1)])
  }

  mutating func size(_ kind: OutputTarget.Kind) throws(MorphError) -> MorphJob.PictureSize? {
    guard let text = try text("size") else { return nil }
    guard kind != .latents else {
      try refuse("size", at: text.place, .notForThisOutput("a picture's size", output: kind.rawValue))
      return nil
    }
    if text.text == "native" { return .native }
    guard let side = Int(text.text), JobLimits.longerSides.contains(side) else {
      throw MorphError(
        text.place.subject,
        .value(text.text, allowed: "'native', or the longer side in pixels from 16 to 16384"))
    }
    return .longerSide(side)
  }
}

extension PlacedText {
  func color() throws(MorphError) -> Color {
    guard let color = Color(text) else {
      throw MorphError(place.subject, .value(text, allowed: "black, white, gray or #RRGGBB"))
    }
    return color
  }
}
