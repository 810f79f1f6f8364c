/// Reads the settings of a job, each with its bounds.
extension SettingTable {
  mutating func keyframes(from folder: String) throws(MorphError) -> [Keyframe] {
    let setting = take("keyframes")
    var keyframes: [Keyframe] = []
    switch setting?.value {
    case .list(let items)?:
      for item in items {
        keyframes.append(try Keyframe(item, from: folder))
      }
    case .text?, .table?:
      throw MorphError(
        setting?.place.subject ?? place.subject, .wrongKind(key: "keyframes", expected: "a list of keyframes")
      )
    case .nothing?, nil:
      break
    }
    guard keyframes.count >= 2 else {
      throw MorphError(setting?.place.subject ?? place.subject, .tooFewKeyframes(keyframes.count))
    }
    return keyframes
  }

  mutating func photos(from folder: String) throws(MorphError) -> [PhotoReference] {
    guard let setting = take("photos") else { throw MorphError(place.subject, .missingKey("photos")) }
    let items: [Setting]
    switch setting.value {
    case .list(let list): items = list
    case .text: items = [setting]
    case .table, .nothing: items = []
    }
    var photos: [PhotoReference] = []
    for item in items {
      guard case .photo(let photo) = try Keyframe(item, from: folder) else {
        throw MorphError(item.place.subject, .wrongKind(key: "photos", expected: "a list of photos"))
      }
      photos.append(photo)
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

  /// The timing of a morph: `frames` or `seconds`, one value or one a transition.
  mutating func timeline(
    transitionCount: Int, frameRate: FrameRate, ratePlace: SettingPlace?, isStill: Bool
  ) throws(MorphError) -> Timeline {
    let frames = try texts("frames")
    let seconds = try texts("seconds")
    if let place = frames?.first?.place, let other = seconds?.first?.place {
      throw MorphError(place.subject, .exclusive(place.name(of: "frames"), other.name(of: "seconds")))
    }
    if let seconds {
      let place = seconds.first?.place ?? place
      let numbers = try seconds.map { text throws(MorphError) in try text.number(in: 0...10_000_000) }
      let lengths = try spread(numbers, over: transitionCount, at: place)
      guard lengths.reduce(0, +) * frameRate.framesPerSecond <= Double(MorphJob.frameLimit) else {
        throw MorphError(place.subject, .tooManyFrames)
      }
      return try PlacedText(text: "", place: place).read { _ throws(SettingProblem) in
        try Timeline(transitionSeconds: lengths, frameRate: frameRate)
      }
    }
    if let frames {
      let place = frames.first?.place ?? place
      let numbers = try frames.map { text throws(MorphError) in
        try text.wholeNumber(in: 1...MorphJob.frameLimit)
      }
      let lengths = try spread(numbers, over: transitionCount, at: place)
      guard Double(lengths.count) * Double(lengths.max() ?? 0) <= Double(MorphJob.frameLimit) * 100,
        lengths.reduce(0, +) < MorphJob.frameLimit
      else { throw MorphError(place.subject, .tooManyFrames) }
      return Timeline(transitionLengths: lengths, frameRate: frameRate)
    }
    if isStill {
      return Timeline(
        transitionLengths: Array(repeating: MorphJob.stillFrames, count: transitionCount),
        frameRate: frameRate)
    }
    return try PlacedText(text: "", place: ratePlace ?? place).read { _ throws(SettingProblem) in
      try Timeline(
        transitionSeconds: Array(repeating: MorphJob.transitionSeconds, count: transitionCount),
        frameRate: frameRate)
    }
  }

  private func spread<Value>(
    _ values: [Value], over count: Int, at place: SettingPlace
  ) throws(MorphError) -> [Value] {
    if values.count == 1 { return Array(repeating: values[0], count: count) }
    guard values.count == count else {
      throw MorphError(place.subject, .wrongCount(of: "transitions", values.count, expected: count))
    }
    return values
  }

  mutating func size() throws(MorphError) -> MorphJob.PictureSize? {
    guard let text = try text("size") else { return nil }
    if text.text == "native" { return .native }
    guard let side = Int(text.text), (16...16_384).contains(side) else {
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
    if kind != .video, let stray = crf ?? preset {
      throw MorphError(stray.place.subject, .notForThisOutput("a video setting", output: kind.rawValue))
    }
    if kind != .grid, let stray = columns ?? gap ?? background {
      throw MorphError(stray.place.subject, .notForThisOutput("a grid setting", output: kind.rawValue))
    }
    switch kind {
    case .video:
      var video = MorphJob.VideoSettings(frameRate: frameRate)
      if let crf { video.crf = try crf.wholeNumber(in: 0...51) }
      if let preset {
        video.preset = try preset.read { text throws(SettingProblem) in
          try MorphJob.VideoSettings.preset(named: text)
        }
      }
      return .video(video)
    case .grid:
      var grid = MorphJob.GridSettings()
      grid.columns = try columns?.wholeNumber(in: 1...1_000_000)
      if let gap { grid.gap = try gap.wholeNumber(in: 0...10_000) }
      if let background {
        grid.background = try background.read { text throws(SettingProblem) in
          guard let color = Color(text) else { throw .value(text, allowed: "black, white, gray or #RRGGBB") }
          return color
        }
      }
      return .grid(grid)
    case .frames:
      return .frames(target.names)
    }
  }
}
