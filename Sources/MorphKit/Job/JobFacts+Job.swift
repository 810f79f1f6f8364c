internal import Digests

extension JobFacts {
  init(_ job: MorphJob, inputs: JobInputs, shape: ResultShape) {
    command = ""
    model = inputs.model.identity
    decoder = job.needsDecoder && inputs.model.decoder == .fast ? DecoderKind.fast.rawValue : nil
    faceFinder = inputs.faceFinder
    width = shape.width
    height = shape.height
    output = ""
    margin = job.margin == 1 ? nil : job.margin
    align = job.photos.isEmpty ? nil : inputs.faceFinder != nil

    switch job.content {
    case .morph(let keyframes, let timeline):
      command = JobCommand.morph.rawValue
      self.keyframes = keyframes.map { KeyframeFact($0, inputs: inputs) }
      interpolation = job.interpolation == .linear ? nil : job.interpolation.rawValue
      pace = job.pace == .time ? nil : job.pace.rawValue
      add(timeline)
    case .sample(let seeds):
      command = JobCommand.sample.rawValue
      self.seeds = seeds.text
    case .reconstruct(let photos):
      command = JobCommand.reconstruct.rawValue
      keyframes = photos.map { KeyframeFact(.photo($0), inputs: inputs) }
    case .align(let photos):
      command = JobCommand.align.rawValue
      keyframes = photos.map { KeyframeFact(.photo($0), inputs: inputs) }
    }

    switch job.output.format {
    case .video(let video):
      output = JobFacts.video
      frameRate = video.frameRate.description
      crf = video.crf
      preset = video.preset
    case .grid(let grid):
      output = JobFacts.grid
      columns = shape.columns
      gap = grid.gap
      background = grid.background.description
    case .frames:
      output = JobFacts.frames
      let name = job.frameNames
      var hasher = SHA256Hasher()
      for number in 0..<shape.frameCount {
        hasher.update(name(number) + "\n")
      }
      names = hasher.finish().hex
    }
  }
}

extension JobFacts {
  /// Only what differs from the plainest timeline, so that plain jobs keep their identities.
  private mutating func add(_ timeline: Timeline) {
    if let stills = timeline.stills {
      at = stills.description
      return
    }
    transitions = timeline.transitionLengths
    holds = timeline.holds.allSatisfy { $0 == 0 } ? nil : timeline.holds
    course = timeline.course == .open ? nil : timeline.course.rawValue
    dissolve = timeline.opening + timeline.closing == 0 ? nil : [timeline.opening, timeline.closing]
    let eases = timeline.eases.map(\.rawValue)
    if Set(eases).count > 1 {
      ease = eases
    } else if let only = eases.first, only != Ease.linear.rawValue {
      ease = [only]
    }
  }

  /// The timeline that `add` was given, for so many keyframes.
  func timeline(keyframeCount: Int, frameRate: FrameRate) throws(SettingProblem) -> Timeline {
    if let at {
      return Timeline(
        stillsAt: try StillPositions(parsing: at), transitionCount: keyframeCount - 1, frameRate: frameRate)
    }
    let course = Timeline.Course(rawValue: self.course ?? Timeline.Course.open.rawValue)
    guard let course, let transitions, transitions.allSatisfy({ $0 > 0 }),
      transitions.count == keyframeCount - (course == .loop ? 0 : 1)
    else { throw .missingKey("transitions") }
    guard (holds ?? []).allSatisfy({ $0 >= 0 }), holds == nil || holds?.count == keyframeCount else {
      throw .missingKey("holds")
    }
    let ends = dissolve ?? [0, 0]
    guard ends.count == 2, ends.allSatisfy({ $0 >= 0 }), course == .open || ends == [0, 0] else {
      throw .missingKey("dissolve")
    }
    let eases = (ease ?? [Ease.linear.rawValue]).compactMap(Ease.init(rawValue:))
    guard eases.count == 1 || eases.count == transitions.count else { throw .missingKey("ease") }
    return Timeline(
      transitionLengths: transitions, holds: holds,
      eases: eases.count == 1 ? transitions.map { _ in eases[0] } : eases, course: course, opening: ends[0],
      closing: ends[1], frameRate: frameRate)
  }
}

extension JobFacts.KeyframeFact {
  fileprivate init(_ keyframe: Keyframe, inputs: JobInputs) {
    switch keyframe {
    case .photo(let reference):
      photo = inputs.photo(reference).sha256
      face = reference.face
    case .seed(let seed):
      self.seed = seed
    case .latent(let file, let row):
      latents = inputs.latentFile(at: file)?.sha256
      self.row = row
    }
  }
}
