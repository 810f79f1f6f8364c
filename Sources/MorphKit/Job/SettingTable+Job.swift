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

  mutating func format(
    for target: OutputTarget, frameRate: FrameRate
  ) throws(MorphError) -> MorphJob.Format {
    let kind = target.kind
    let crf = try text("crf")
    let preset = try text("preset")
    let columns = try text("columns")
    let gap = try text("gap")
    let background = try text("background")
    if kind != .video {
      for (key, stray) in [("crf", crf), ("preset", preset)] {
        guard let stray else { continue }
        try refuse(key, at: stray.place, .notForThisOutput("a video setting", output: kind.rawValue))
      }
    }
    if kind != .grid {
      for (key, stray) in [("columns", columns), ("gap", gap), ("background", background)] {
        guard let stray else { continue }
        try refuse(key, at: stray.place, .notForThisOutput("a grid setting", output: kind.rawValue))
      }
    }
    switch kind {
    case .video:
      var video = MorphJob.VideoSettings(frameRate: frameRate)
      if let crf { video.crf = try crf.wholeNumber(in: JobLimits.crf) }
      if let preset {
        video.preset = try preset.read { text throws(SettingProblem) in
          try MorphJob.VideoSettings.preset(named: text)
        }
      }
      return .video(video)
    case .grid:
      var grid = MorphJob.GridSettings()
      grid.columns = try columns?.wholeNumber(in: JobLimits.columns)
      if let gap { grid.gap = try gap.wholeNumber(in: JobLimits.gap) }
      if let background {
        grid.background = try background.color()
      }
      return .grid(grid)
    case .frames:
      return .frames(target.names)
    case .latents:
      return .latents(target.path.map(fileEnding) == ".npy" ? .npy : .safetensors)
    }
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
