extension MorphJob {
  /// Reads the settings of a command, which the command line and a job file both state.
  ///
  /// Relative paths start from `folder`; `counts` knows how many keyframes files stand for. Throws for the first setting that can't be, with its place.
  init(
    _ command: JobCommand, _ settings: SettingTable, model: PlacedText?, output: PlacedText?, folder: String,
    installation: Installation, counts: InputCounts = InputCounts()
  ) throws(MorphError) {
    var settings = settings
    let name = model ?? PlacedText(text: MorphJob.defaultModel, place: .option("--model"))
    let modelFolder = try installation.modelFolder(named: name, from: folder)
    self.model = modelFolder

    var isStills = command == .morph && settings.states("at")
    if isStills, settings.isOptional("at"),
      try OutputTarget(output, for: command, folder: folder).kind == .video, let at = try settings.text("at")
    {
      try settings.refuse("at", at: at.place, .notForThisOutput("a position", output: "a video"))
      isStills = false
    }
    let target = try OutputTarget(output, for: command, isStills: isStills, folder: folder)
    let kind = target.kind
    size = try settings.size(kind) ?? (kind == .video ? .automatic : .native)
    var looksForFaces = true
    if ![.sample, .decode].contains(command), let text = try settings.text("no_align") {
      looksForFaces = try !text.truth()
    }
    alignsFaces = looksForFaces
    let reading = { (group: KeyframeGroup, place: SettingPlace) throws(MorphError) -> [Keyframe] in
      try counts.keyframes(of: group, model: modelFolder, looksForFaces: looksForFaces, at: place)
    }
    if command == .align, let text = try settings.text("margin") {
      margin = try text.number(in: JobLimits.margin)
      guard alignsFaces else {
        let other = text.place == .option("--margin") ? "--no-align" : "no_align"
        throw MorphError(text.place.subject, .exclusive(text.place.name(of: "margin"), other))
      }
    }

    if JobCommand.withDetail.contains(command) {
      detail = try settings.text("detail")?.number(in: JobLimits.detail)
      let stated = settings.place(of: "view")
      view = try settings.text("view")?.number(in: JobLimits.view)
      if let stated, let view, view > 1, detail == 0 || !alignsFaces {
        let other = alignsFaces ? "detail" : "no_align"
        let name = stated == .option("--view") ? "--" + other.replacing("_", with: "-") : other
        throw MorphError(stated.subject, .exclusive(stated.name(of: "view"), name))
      }
    }

    if ![.align, .encode, .direction].contains(command) {
      decoder = try settings.choice("decoder")
    }

    let frameRate = try settings.text("fps")
    let rate = try frameRate?.read { text throws(SettingProblem) in try FrameRate(parsing: text) } ?? .thirty
    switch command {
    case .morph:
      let statedCells = settings.place(of: "cells")
      let (keyframes, holds) = try settings.keyframes(from: folder, reading: reading)
      interpolation = try settings.choice("interpolation") ?? .linear
      mosaic = try settings.cells(as: kind, of: keyframes, holds: holds)
      let cells = mosaic?.cellCount ?? 1
      let walks = keyframes.divided(into: cells)
      let timing = try Timing(
        from: &settings, holds: Array(holds.prefix(walks[0].count)), frameRate: frameRate,
        cells: statedCells)
      pace = timing.pace
      for walk in walks { try timing.check(walk) }
      content = .morph(
        keyframes: keyframes, try timing.timeline(of: walks[0], at: rate, isStill: kind != .video))
    case .sample:
      content = .sample(try settings.sampledSeeds() ?? SeedList([0...63]))
    case .reconstruct:
      content = .reconstruct(try settings.photos(from: folder, reading: reading))
    case .align:
      content = .align(try settings.photos(from: folder, reading: reading))
    case .encode:
      content = .encode(try settings.photos(from: folder, reading: reading))
    case .decode:
      content = .decode(try settings.latentRows(from: folder, counting: counts, model: modelFolder))
    case .average:
      try settings.refuseGridSettings(for: "a single picture")
      content = .average(try settings.faces("photos", from: folder, reading: reading))
    case .direction:
      content = .direction(
        Direction(
          with: try settings.faces("with", from: folder, reading: reading),
          without: try settings.faces("without", from: folder, reading: reading),
          method: try settings.choice("method") ?? .mean))
    case .traverse:
      let traversal = try settings.traversal(
        as: kind, at: rate, dimensionCount: counts.dimension(ofModel: modelFolder), from: folder,
        reading: reading)
      if kind == .video {
        mosaic = try settings.mosaic(cellCount: traversal.dimensions.count)
      }
      content = .traverse(traversal)
    case .plane:
      content = .plane(try settings.plane(from: folder, reading: reading))
    case .posterior:
      content = .posterior(try settings.posteriorDraws(from: folder, reading: reading))
      random = try settings.noise()
    case .between:
      content = .between(try settings.pairs(from: folder, reading: reading))
    }
    if [.traverse, .plane, .between].contains(command), kind == .grid {
      try settings.refuseColumns(of: command)
    }
    if command != .morph, kind != .video, let frameRate {
      try settings.refuse(
        "fps", at: frameRate.place, .notForThisOutput("a frame rate", output: kind.rawValue))
    }

    self.output = Output(
      path: target.path, format: try settings.format(for: target, of: command, frameRate: rate, from: folder))
    if [.morph, .reconstruct].contains(command) {
      latent = try settings.posteriorPoint(hasPhotos: !self.photos.isEmpty)
    }
    if [.morph, .sample, .traverse, .plane, .between].contains(command) {
      random = try settings.randomFaces(
        from: folder, usesSeeds: usesSeeds, usesPrior: usesPrior, samples: samplesPosteriors)
    }
    try settings.refuseOthers()
  }

  static let defaultModel = "portraits-128"

  /// How long a transition of a video takes when nothing is stated.
  static let transitionSeconds = 2.0

  /// How many frames a transition of a grid or folder has when nothing is stated.
  static let stillFrames = 8

  /// More frames than this are a slip of the pen.
  static let frameLimit = 100_000_000
}
