extension MorphJob {
  /// The job that the record of a result tells of, to be made again at the same place, or at `output`.
  ///
  /// Throws `MorphError` when what it was made from is not there any more, or was changed since.
  public init(
    recordOf path: String, records: String? = nil, output: String? = nil, options: RenderOptions
  ) throws {
    let result = try RecordedResult(path, records: records)
    let record = result.record
    let facts = record.job
    guard let command = JobCommand(rawValue: facts.command), facts.format == JobFacts.currentFormat else {
      throw MorphError(
        path, OutputProblem.notAsRecorded(["it was made by another version, \(record.facewalk)"]))
    }
    do throws(SettingProblem) {
      let rate = try facts.frameRate.map { text throws(SettingProblem) in try FrameRate(parsing: text) }
      content = try result.content(of: command, frameRate: rate ?? .thirty)
      self.output = try Output(path: output ?? result.place.path, format: result.format(rate ?? .thirty))
      if case .frames(.pattern) = self.output.format, let output, let pattern = try FramePattern(output) {
        self.output.format = .frames(.pattern(pattern))
      }
    } catch {
      throw MorphError(result.place.recordPath, error)
    }
    let recorded = result.path(record.model.path)
    if let output, case .grid(var grid) = self.output.format, grid.singles != nil {
      // The first one's folder stays its own.
      grid.singles = "\(folder(of: output))/\(fileStem(output))-singles"
      self.output.format = .grid(grid)
    }
    model =
      kind(ofPath: recorded) == .folder
      ? recorded : try options.installation.modelFolder(named: record.model.name)
    decoder = facts.decoder == nil ? .exact : .fast
    alignsFaces = facts.align ?? true
    margin = facts.margin ?? 1
    (detail, view) = (facts.detail ?? 0, facts.view ?? 1)
    mosaic = facts.mosaic
    interpolation = facts.interpolation.flatMap(Interpolation.init(rawValue:)) ?? .linear
    pace = facts.pace.flatMap(Pace.init(rawValue:)) ?? .time
    size = .longerSide(max(facts.width, facts.height))
    latent = facts.latent == nil ? .mean : .sample(noiseSeed: facts.noiseSeed ?? 0)
    random = RandomFaces(
      temperature: facts.temperature ?? 1, source: facts.rng.flatMap(RandomSource.init) ?? .numpy,
      prior: facts.prior.flatMap { digest in
        record.inputs.first { $0.sha256 == digest }.map {
          PriorFile(file: result.path($0.path), name: facts.priorName)
        }
      })
    if let output {
      try refuseOtherKind(output, of: result.place)
    }

    var found = try PreparedJob(self, options: options, shared: options.shared ?? SharedReads()).facts
    if output != nil {
      // Frames beside other files are named after it.
      found.names = facts.names
    }
    guard found == facts else {
      throw MorphError(path, OutputProblem.notAsRecorded(found.changes(since: facts, self)))
    }
  }

  private func refuseOtherKind(_ output: String, of place: ResultPlace) throws(MorphError) {
    let namesFrames: Bool
    do throws(SettingProblem) {
      let pattern = fileEnding(output) == ".png" ? try FramePattern(output) : nil
      namesFrames = pattern != nil
    } catch {
      throw MorphError("--output", error)
    }
    switch place.shape {
    case .file where fileEnding(output) == fileEnding(place.path) && !namesFrames: return
    case .sheets where fileEnding(output) == fileEnding(place.path) && !namesFrames: return
    case .folder where fileEnding(output).isEmpty: return
    case .pattern where namesFrames: return
    default:
      let ending =
        switch place.shape {
        case .file where namesFrames, .sheets where namesFrames:
          "the ending \(fileEnding(place.path)) and no number like %06d or ####"
        case .file, .sheets: "the ending \(fileEnding(place.path))"
        case .folder: "no ending"
        case .pattern: "#### where the number stands, and the ending .png"
        }
      throw MorphError(output, OutputProblem.otherKind(ending: ending))
    }
  }
}

extension RecordedResult {
  /// What the record says that the result shows.
  func content(
    of command: JobCommand, frameRate: FrameRate
  ) throws(SettingProblem) -> MorphJob.Content {
    let facts = record.job
    switch command {
    case .morph:
      let keyframes = try keyframes()
      let cells = facts.mosaic?.cellCount ?? 1
      guard keyframes.count >= 2 * cells, keyframes.count % cells == 0 else { throw .missingKey("keyframes") }
      return .morph(
        keyframes: keyframes,
        try facts.timeline(keyframeCount: keyframes.count / cells, frameRate: frameRate))
    case .sample:
      guard let seeds = facts.seeds else { throw .missingKey("seeds") }
      return .sample(try SeedList(parsing: seeds))
    case .reconstruct: return .reconstruct(try photos())
    case .align: return .align(try photos())
    case .encode: return .encode(try photos())
    case .decode: return .decode(try latentRows())
    case .average: return .average(try keyframes())
    case .traverse:
      let keyframes = try keyframes()
      guard let keyframe = keyframes.first else { throw .missingKey("keyframes") }
      let over = keyframes.dropFirst().compactMap { if case .photo(let photo) = $0 { photo } else { nil } }
      return .traverse(try facts.traversal(of: keyframe, over: over))
    case .plane:
      let corners = try keyframes()
      let sides = (facts.steps ?? "").split(separator: "x").compactMap { Int($0) }
      guard corners.count == 4, sides.count == 2, sides.allSatisfy(JobLimits.steps.contains) else {
        throw .missingKey("keyframes")
      }
      return .plane(Plane(corners: corners, columns: sides[0], rows: sides[1]))
    case .posterior:
      guard let photo = try photos().first, let count = facts.count, JobLimits.draws.contains(count),
        let seed = facts.noiseSeed
      else { throw .missingKey("count") }
      return .posterior(PosteriorDraws(of: photo, count: count, noiseSeed: seed))
    case .between:
      let keyframes = try keyframes()
      guard JobLimits.pairs.contains(keyframes.count) else { throw .missingKey("keyframes") }
      return .between(keyframes)
    case .direction:
      let keyframes = try keyframes()
      guard let count = facts.with, count > 0, count < keyframes.count else { throw .missingKey("with") }
      return .direction(
        MorphJob.Direction(
          with: Array(keyframes[..<count]), without: Array(keyframes[count...]),
          method: facts.method.flatMap(MorphJob.Direction.Method.init) ?? .mean))
    }
  }

  fileprivate func format(_ frameRate: FrameRate) throws(SettingProblem) -> MorphJob.Format {
    let facts = record.job
    switch place.shape {
    case .folder: return .frames(.folder)
    case .pattern(let pattern): return .frames(.pattern(pattern))
    case .file where facts.output == JobFacts.video:
      return .video(
        MorphJob.VideoSettings(
          frameRate: frameRate, crf: facts.crf ?? 18, preset: facts.preset ?? "medium"))
    case .file where facts.isLatents:
      return .latents(facts.output == JobFacts.npy ? .npy : .safetensors)
    case .file, .sheets:
      guard let background = facts.background.flatMap({ Color($0) }) else { throw .missingKey("background") }
      return .grid(
        MorphJob.GridSettings(
          columns: facts.columns, gap: facts.gap ?? 2, background: background, labels: try labels(),
          singles: record.singles.map { path($0.path) }, tile: facts.tile))
    }
  }

  private func labels() throws(SettingProblem) -> MorphJob.Labels {
    switch record.job.labels {
    case nil: return .none
    case "index": return .index
    case "seed" where record.job.seeds != nil: return .seed
    case "name": return .name
    case "file":
      // It is the last that was read.
      guard let file = record.inputs.last else { throw .missingKey("inputs") }
      return .file(path(file.path))
    default: throw .missingKey("labels")
    }
  }

  private func photos() throws(SettingProblem) -> [PhotoReference] {
    let photos = try keyframes().compactMap { if case .photo(let photo) = $0 { photo } else { nil } }
    guard !photos.isEmpty else { throw .missingKey("photos") }
    return photos
  }

  private func keyframes() throws(SettingProblem) -> [Keyframe] {
    var number = 0
    func keyframe(_ fact: JobFacts.KeyframeFact) throws(SettingProblem) -> Keyframe {
      if let terms = fact.terms {
        return .sum(
          try terms.map { term throws(SettingProblem) in
            KeyframeTerm(term.factor, try keyframe(term.keyframe))
          })
      }
      number += 1
      if let seed = fact.seed { return .seed(seed) }
      let file = try input(ofKeyframe: number - 1)
      return fact.photo != nil
        ? .photo(PhotoReference(path: file, face: fact.face))
        : .latent(file: file, name: fact.name, row: fact.row)
    }
    guard let facts = record.job.keyframes, !facts.isEmpty else { throw .missingKey("keyframes") }
    return try facts.map(keyframe)
  }

  private func latentRows() throws(SettingProblem) -> [MorphJob.LatentRows] {
    var files: [MorphJob.LatentRows] = []
    for (number, fact) in (record.job.keyframes ?? []).enumerated() {
      guard let first = fact.firstRow, let count = fact.rowCount, first >= 0, count > 0,
        !first.addingReportingOverflow(count).overflow
      else { throw .missingKey("firstRow") }
      files.append(
        .init(file: try input(ofKeyframe: number), name: fact.name, rows: first..<(first + count)))
    }
    guard !files.isEmpty else { throw .missingKey("keyframes") }
    return files
  }

  private func input(ofKeyframe index: Int) throws(SettingProblem) -> String {
    guard let inputs = record.keyframeInputs, inputs.indices.contains(index), let input = inputs[index],
      record.inputs.indices.contains(input)
    else { throw .missingKey("keyframeInputs") }
    return path(record.inputs[input].path)
  }
}
