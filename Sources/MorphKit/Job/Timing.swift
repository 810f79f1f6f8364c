/// What a job states of a morph's time.
struct Timing {
  private let frames: [PlacedText]?
  private let seconds: [PlacedText]?
  private let duration: PlacedText?
  private let hold: [PlacedText]?
  /// What each keyframe says of itself.
  private let holds: [PlacedText?]
  private let ease: [PlacedText]?
  private let stills: [PlacedText]?
  private let loop: SettingPlace?
  private let pingpong: SettingPlace?
  private let frameRate: PlacedText?
  private let place: SettingPlace
  let pace: MorphJob.Pace

  /// Takes the settings; throws for those that can't stand together.
  init(
    from table: inout SettingTable, holds: [PlacedText?], frameRate: PlacedText?, cells: SettingPlace? = nil
  ) throws(MorphError) {
    place = table.place
    frames = try table.texts("frames")
    seconds = try table.texts("seconds")
    duration = try table.text("duration")
    hold = try table.texts("hold")
    ease = try table.texts("ease")
    stills = try table.texts("at")
    loop = try table.placeIfTrue("loop")
    pingpong = try table.placeIfTrue("pingpong")
    let pace = try table.text("pace")
    self.pace = try pace?.choice() ?? .time
    self.holds = holds
    self.frameRate = frameRate

    let isEven = self.pace == .even ? pace?.place : nil
    let frames = ("frames", frames?.first?.place)
    let seconds = ("seconds", seconds?.first?.place)
    let duration = ("duration", duration?.place)
    let loop = ("loop", loop)
    let pingpong = ("pingpong", pingpong)
    let even = ("pace", isEven)
    let ease = ("ease", ease?.first?.place)
    try refuse(frames, with: seconds, duration)
    try refuse(seconds, with: duration)
    try refuse(loop, with: pingpong)
    try refuse(ease, with: even)
    try refuse(("cells", cells), with: ("at", stills?.first?.place), even)
    let hold = ("hold", hold?.first?.place ?? holds.lazy.compactMap { $0?.place }.first)
    try refuse(
      ("at", stills?.first?.place), with: frames, seconds, duration, hold, ease, loop, pingpong, even,
      ("fps", frameRate?.place))
  }

  private func refuse(
    _ one: (key: String, place: SettingPlace?), with others: (key: String, place: SettingPlace?)...
  ) throws(MorphError) {
    guard let place = one.place else { return }
    for other in others {
      guard let otherPlace = other.place else { continue }
      throw MorphError(
        place.subject, .exclusive(place.name(of: one.key), otherPlace.name(of: other.key)))
    }
  }

  /// The frames of a path through keyframes.
  func timeline(
    of keyframes: [Keyframe], at rate: FrameRate, isStill: Bool
  ) throws(MorphError) -> Timeline {
    if let stills {
      let all = PlacedText(
        text: stills.map(\.text).joined(separator: ","), place: stills.first?.place ?? place)
      let positions = try all.read { text throws(SettingProblem) in try StillPositions(parsing: text) }
      return Timeline(stillsAt: positions, transitionCount: keyframes.count - 1, frameRate: rate)
    }
    try check(keyframes)
    let count = keyframes.count - (loop == nil ? 1 : 0)
    let lengths = PathLengths(
      transitions: try transitions(count: count, isStill: isStill),
      holds: try holdSeconds(keyframeCount: keyframes.count, rate),
      course: loop != nil ? .loop : pingpong != nil ? .pingpong : .open)
    let lengthPlace =
      frames?.first?.place ?? seconds?.first?.place ?? duration?.place ?? frameRate?.place ?? place
    let ways = lengths.course == .pingpong && duration == nil ? 2.0 : 1.0
    guard lengths.roughFrameCount(rate) * ways < Double(MorphJob.frameLimit) else {
      throw MorphError(lengthPlace.subject, .tooManyFrames)
    }
    let eases = try ease.map { ease throws(MorphError) in
      let eases = try ease.map { text throws(MorphError) in try text.choice(Ease.self) }
      return try spread(eases, over: count, what: "transitions", at: ease.first?.place)
    }
    return try PlacedText(text: "", place: lengthPlace).read { _ throws(SettingProblem) in
      try Timeline(lengths, eases: eases, frameRate: rate)
    }
  }

  /// Throws for a loop whose last keyframe is its first one.
  func check(_ keyframes: [Keyframe]) throws(MorphError) {
    if let loop, let first = keyframes.first, keyframes.last?.isSpelt(as: first) == true {
      throw MorphError(loop.subject, .loopRepeatsFirst)
    }
  }

  private func transitions(count: Int, isStill: Bool) throws(MorphError) -> PathLengths.Transitions {
    if pace == .even, let several = [frames, seconds].compactMap(\.self).first(where: { $0.count > 1 }) {
      throw MorphError(
        several[0].place.subject,
        .value(
          several.map(\.text).joined(separator: ","),
          allowed: "one value, since an even pace gives each transition the time that it needs"))
    }
    if let duration {
      return .shares(ofSeconds: try duration.number(in: JobLimits.seconds), count: count)
    }
    if let seconds {
      let numbers = try seconds.map { text throws(MorphError) in try text.number(in: JobLimits.seconds) }
      return .seconds(try spread(numbers, over: count, what: "transitions", at: seconds.first?.place))
    }
    if let frames {
      let numbers = try frames.map { text throws(MorphError) in
        try text.wholeNumber(in: 1...MorphJob.frameLimit)
      }
      return .frames(try spread(numbers, over: count, what: "transitions", at: frames.first?.place))
    }
    return isStill
      ? .frames(Array(repeating: MorphJob.stillFrames, count: count))
      : .seconds(Array(repeating: MorphJob.transitionSeconds, count: count))
  }

  /// A single value is that of the first and the last keyframe; what a keyframe says of itself counts before it.
  private func holdSeconds(keyframeCount: Int, _ rate: FrameRate) throws(MorphError) -> [Double] {
    var texts: [PlacedText?] = Array(repeating: nil, count: keyframeCount)
    if let hold {
      if hold.count == 1 {
        if loop != nil { throw MorphError(hold[0].place.subject, .loopHasNoEnds(hold[0].text)) }
        (texts[0], texts[keyframeCount - 1]) = (hold[0], hold[0])
      } else {
        texts = try spread(hold, over: keyframeCount, what: "keyframes", at: hold.first?.place)
      }
    }
    var seconds: [Double] = []
    for (own, text) in zip(holds, texts) {
      seconds.append(try (own ?? text)?.holdSeconds(rate) ?? 0)
    }
    return seconds
  }

  private func spread<Value>(
    _ values: [Value], over count: Int, what: String, at place: SettingPlace?
  ) throws(MorphError) -> [Value] {
    if values.count == 1 { return Array(repeating: values[0], count: count) }
    guard values.count == count else {
      throw MorphError(
        (place ?? self.place).subject, .wrongCount(of: what, values.count, expected: count))
    }
    return values
  }
}

extension PlacedText {
  /// A length in seconds that has a frame, or none.
  fileprivate func holdSeconds(_ rate: FrameRate) throws(MorphError) -> Double {
    let seconds = try number(in: JobLimits.seconds)
    guard seconds == 0 || seconds * rate.framesPerSecond >= 1 - 1e-9 else {
      throw MorphError(place.subject, SettingProblem.shorterThanFrame(text, frameRate: rate))
    }
    return seconds
  }
}

extension SettingTable {
  /// Where a switch was stated, when it is on.
  fileprivate mutating func placeIfTrue(_ key: String) throws(MorphError) -> SettingPlace? {
    guard let text = try text(key), try text.truth() else { return nil }
    return text.place
  }
}

extension Setting {
  /// A keyframe without what it says of its own time, and that.
  func withoutHold() throws(MorphError) -> (Setting, PlacedText?) {
    guard case .table(var entries) = value, let index = entries.firstIndex(where: { $0.key == "hold" }) else {
      return (self, nil)
    }
    let hold = entries.remove(at: index).value
    guard case .text(let text) = hold.value else {
      throw MorphError(hold.place.subject, .wrongKind(key: "hold", expected: "a number of seconds"))
    }
    return (Setting(value: .table(entries), place: place), PlacedText(text: text, place: hold.place))
  }
}
