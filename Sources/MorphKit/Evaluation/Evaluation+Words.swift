extension Evaluation {
  /// Reads the arguments of a command line: photos (`family.jpg#2` picks a face), folders of them, and job files.
  ///
  /// `overrides` are `key=value` pairs that replace what job files state. Throws `MorphError` for the first word or
  /// option that can't be.
  public init(
    of words: [String], overrides: [String] = [], model: String? = nil, decoder: String? = nil,
    alignsFaces: Bool = true, options: RenderOptions
  ) async throws {
    var (photos, jobs): ([PhotoReference], [BatchJob]) = ([], [])
    var seen: Set<PathKey> = []
    for word in words {
      if [".yaml", ".yml"].contains(fileEnding(word)), kind(ofPath: word) != .folder {
        jobs += try await JobFile(contentsOf: word, overrides: overrides, countingWith: options).jobs
        continue
      }
      for photo in try Evaluation.photos(word)
      where seen.insert(PathKey("\(photo.path)#\(photo.face ?? 0)")).inserted {
        photos.append(photo)
      }
    }
    let isJobsAlone = photos.isEmpty
    if jobs.isEmpty, !overrides.isEmpty {
      throw MorphError("--set", .needsOther("a job file"))
    }
    for (option, isStated) in [
      ("--model", model != nil), ("--decoder", decoder != nil), ("--no-align", !alignsFaces),
    ] where isStated && isJobsAlone {
      throw MorphError(
        option, .notForThisInput("job files, which state their own; use --set to replace it"))
    }
    let morphs = jobs.filter(\.job.hasTransitionsInTime)
    if let first = jobs.first, morphs.isEmpty, photos.isEmpty {
      throw MorphError(first.file, .statesNoMorph)
    }
    self.init(
      photos: photos, morphs: morphs, passedOver: jobs.count - morphs.count,
      model: try options.installation.modelFolder(
        named: PlacedText(text: model ?? MorphJob.defaultModel, place: .option("--model")), from: "."),
      decoder: try decoder.map { text throws(MorphError) in
        guard let kind = DecoderKind(rawValue: text) else {
          throw MorphError("--decoder", .value(text, allowed: "exact or fast"))
        }
        return kind
      }, alignsFaces: alignsFaces)
  }

  private static func photos(_ word: String) throws(MorphError) -> [PhotoReference] {
    try PlacedText(text: word, place: .option(word)).read { word throws(SettingProblem) in
      if kind(ofPath: word) == .folder { return try photosInFolder(word, from: ".") }
      guard !word.isEmpty, case .one(.photo(let photo)) = try KeyframeGroup(parsing: word, from: ".") else {
        throw .value(word, allowed: "a photo, a folder of photos or a job file")
      }
      return [photo]
    }
  }
}

extension MorphJob {
  /// Whether it walks from keyframe to keyframe, frame by frame, in one picture.
  fileprivate var hasTransitionsInTime: Bool {
    guard case .morph(_, let timeline) = content else { return false }
    return timeline.stills == nil && mosaic == nil
  }
}
