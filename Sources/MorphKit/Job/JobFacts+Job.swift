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
    detail = inputs.detail?.amount
    view = inputs.detail.flatMap { $0.view == 1 ? nil : $0.view }
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
    case .encode(let photos):
      command = JobCommand.encode.rawValue
      keyframes = photos.map { KeyframeFact(.photo($0), inputs: inputs) }
    case .decode(let files):
      command = JobCommand.decode.rawValue
      keyframes = files.map { rows in
        var fact = KeyframeFact(.latent(file: rows.file, name: rows.name, row: nil), inputs: inputs)
        (fact.firstRow, fact.rowCount) = (rows.rows.lowerBound, rows.rows.count)
        return fact
      }
    case .average(let keyframes):
      command = JobCommand.average.rawValue
      self.keyframes = keyframes.map { KeyframeFact($0, inputs: inputs) }
    case .direction(let direction):
      command = JobCommand.direction.rawValue
      keyframes = job.keyframes.map { KeyframeFact($0, inputs: inputs) }
      with = direction.with.count
      method = direction.method == .mean ? nil : direction.method.rawValue
    case .traverse(let traversal):
      command = JobCommand.traverse.rawValue
      keyframes = job.stated.map { KeyframeFact($0, inputs: inputs) }
      add(traversal)
    case .plane(let plane):
      command = JobCommand.plane.rawValue
      keyframes = plane.corners.map { KeyframeFact($0, inputs: inputs) }
      steps = "\(plane.columns)x\(plane.rows)"
    case .posterior(let draws):
      command = JobCommand.posterior.rawValue
      keyframes = [KeyframeFact(.photo(draws.photo), inputs: inputs)]
      (count, noiseSeed) = (draws.count, draws.noiseSeed)
    case .between(let keyframes):
      command = JobCommand.between.rawValue
      self.keyframes = keyframes.map { KeyframeFact($0, inputs: inputs) }
    }
    noteRandomness(of: job, inputs: inputs)
    if let mosaic = job.mosaic {
      (cells, columns, gap) = (mosaic.cellCount, mosaic.columns, mosaic.gap)
      background = mosaic.background.description
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
      if let labels = CellLabels(of: job, inputs: inputs) {
        self.labels = grid.labels.kind
        labelTexts = labels.digest
      }
      singles = job.singleNames(in: shape)?.digest
      tile = shape.sheets.flatMap { $0.count > 1 ? $0.layout.width * $0.layout.height : nil }
    case .frames:
      output = JobFacts.frames
      // Names of dimensions that are still to be measured follow from the rest.
      let name = job.frameNames
      names = digestOfLines((0..<shape.frameCount).lazy.map { name($0) })
    case .latents(let format):
      output = format.rawValue
      if format == .safetensors {
        names = digestOfLines(job.faceNames)
      }
    }
  }

  /// What is not as it is by default, where it decides anything.
  private mutating func noteRandomness(of job: MorphJob, inputs: JobInputs) {
    if job.samplesPosteriors, case .sample(let seed) = job.latent {
      latent = "sample"
      noiseSeed = seed
    }
    if job.usesSeeds || latent != nil || count != nil {
      rng = job.random.source == .numpy ? nil : job.random.source.rawValue
    }
    if job.usesSeeds || count != nil {
      temperature = job.random.temperature == 1 ? nil : job.random.temperature
    }
    if let file = job.priorInUse {
      prior = inputs.latentFile(at: file.file, name: file.name)?.sha256
      priorName = file.name
    }
  }
}

extension JobFacts {
  private mutating func add(_ traversal: Traversal) {
    dims = traversal.dimensions.text
    order = traversal.order?.rawValue
    range = traversal.range.text
    switch traversal.view {
    case .steps(let count): steps = "\(count)"
    case .swing(let frameCount): swing = frameCount
    }
  }

  /// The traversal that `add` was given, of a keyframe and over photos.
  func traversal(of keyframe: Keyframe, over photos: [PhotoReference]) throws(SettingProblem) -> Traversal {
    guard let dims, let range else { throw .missingKey("dims") }
    var traversal = Traversal(
      of: keyframe, dimensions: try Traversal.Dimensions(parsing: dims),
      order: order.flatMap(Traversal.Order.init))
    traversal.over = photos
    traversal.range = try Traversal.Range(parsing: range)
    if let swing, JobLimits.swing.contains(swing), output == JobFacts.video,
      mosaic?.cellCount == traversal.dimensions.count
    {
      traversal.view = .swing(frameCount: swing)
    } else if let count = steps.flatMap({ Int($0) }), JobLimits.steps.contains(count),
      output != JobFacts.video
    {
      traversal.view = .steps(count)
    } else {
      throw .missingKey("steps")
    }
    return traversal
  }

  /// The pictures that stand in each frame.
  var mosaic: Mosaic? {
    guard let cells, JobLimits.cells.contains(cells), let columns,
      JobLimits.columns.contains(columns), let gap, JobLimits.gap.contains(gap)
    else { return nil }
    return Mosaic(
      cellCount: cells, columns: columns, gap: gap,
      background: background.flatMap { Color($0) } ?? .black)
  }

  /// Only what differs from the plainest timeline, so that plain jobs keep their identities.
  private mutating func add(_ timeline: Timeline) {
    if let stills = timeline.stills {
      at = stills.description
      return
    }
    transitions = timeline.transitionLengths
    holds = timeline.holds.allSatisfy { $0 == 0 } ? nil : timeline.holds
    course = timeline.course == .open ? nil : timeline.course.rawValue
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
    let eases = (ease ?? [Ease.linear.rawValue]).compactMap(Ease.init(rawValue:))
    guard eases.count == 1 || eases.count == transitions.count else { throw .missingKey("ease") }
    return Timeline(
      transitionLengths: transitions, holds: holds,
      eases: eases.count == 1 ? transitions.map { _ in eases[0] } : eases, course: course,
      frameRate: frameRate)
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
    case .latent(let file, let name, let row):
      latents = inputs.latentFile(at: file, name: name)?.sha256
      self.name = name
      self.row = row
    case .sum(let terms):
      self.terms = terms.map { Term(factor: $0.factor, keyframe: .init($0.keyframe, inputs: inputs)) }
    }
  }
}

/// SHA-256 of texts, each of which is a line.
func digestOfLines(_ lines: some Sequence<String>) -> String {
  var hasher = SHA256Hasher()
  for line in lines {
    hasher.update(line + "\n")
  }
  return hasher.finish().hex
}
