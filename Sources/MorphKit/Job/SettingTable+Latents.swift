/// Reads the settings that decide which latents a job has.
extension SettingTable {
  /// `latent` and `noise_seed`, which do nothing without photos.
  mutating func posteriorPoint(hasPhotos: Bool) throws(MorphError) -> MorphJob.PosteriorPoint {
    enum Choice: String, CaseIterable { case mean, sample }
    let stated = try text("latent")
    let point = try stated?.choice(Choice.self) ?? .mean
    let seed = try text("noise_seed")
    guard point == .sample, hasPhotos else {
      if point == .sample, let stated { try refuse("latent", at: stated.place, .needsOther("a photo")) }
      if let seed {
        let isOption = seed.place == .option("--noise-seed")
        try refuse(
          "noise_seed", at: seed.place, .needsOther(isOption ? "--latent sample" : "latent: sample"))
      }
      return .mean
    }
    return .sample(
      noiseSeed: try seed?.seed() ?? 0)
  }

  /// `temperature` and `rng`, of draws that no prior has a part in.
  mutating func noise() throws(MorphError) -> MorphJob.RandomFaces {
    var random = MorphJob.RandomFaces()
    if let temperature = try text("temperature") {
      random.temperature = try temperature.number(in: JobLimits.temperature)
    }
    random.source = try choice("rng") ?? .numpy
    return random
  }

  /// `temperature`, `rng` and `prior`; paths start from `folder`.
  ///
  /// They do nothing where no face is random; `rng` is also that of samples of posteriors, and a prior may count alone.
  mutating func randomFaces(
    from folder: String, usesSeeds: Bool, usesPrior: Bool, samples: Bool
  ) throws(MorphError) -> MorphJob.RandomFaces {
    var random = MorphJob.RandomFaces()
    let temperature = try text("temperature")
    let source = try text("rng")
    let prior = try text("prior")
    if !usesSeeds {
      for (key, stray) in [
        ("temperature", temperature), ("prior", usesPrior ? nil : prior), ("rng", samples ? nil : source),
      ] {
        guard let stray else { continue }
        let samples = key == "rng" ? " or a sample of a photo" : ""
        try refuse(key, at: stray.place, .needsOther("a random face like seed:42" + samples))
      }
    }
    if usesSeeds || samples { random.source = try source?.choice() ?? .numpy }
    guard usesPrior else { return random }
    if usesSeeds, let temperature { random.temperature = try temperature.number(in: JobLimits.temperature) }
    random.prior = try prior?.read { text throws(SettingProblem) in
      guard case .rows(let file, let name, nil) = try KeyframeGroup(parsing: text, from: folder) else {
        throw .value(text, allowed: "a file of latents that ends in .npy, .npz or .safetensors")
      }
      return MorphJob.PriorFile(file: file, name: name)
    }
    return random
  }

  /// The files of latents of `decode`, all of their rows or those that are named.
  mutating func latentRows(
    from folder: String, counting counts: InputCounts, model: String
  ) throws(MorphError) -> [MorphJob.LatentRows] {
    guard let setting = take("latents") else { throw missing("latents") }
    var files: [MorphJob.LatentRows] = []
    for item in setting.items {
      let (file, name, stated): (String, String?, ClosedRange<Int>?)
      switch try KeyframeGroup(item, from: folder) {
      case .rows(let path, let array, let range): (file, name, stated) = (path, array, range)
      case .one(.latent(let path, let array, let row)):
        (file, name, stated) = (path, array, row.map { $0...$0 })
      case .one, .faces:
        throw MorphError(
          item.place.subject,
          item.place.isOption
            ? .noLatentsName
            : .wrongKind(
              key: "latents", expected: "files of latents, which end in .npy, .npz or .safetensors"))
      }
      let count = try counts.knownRowCount(of: file, name: name, model: model)
      guard let last = stated?.upperBound ?? (count > 0 ? count - 1 : nil), last < count else {
        throw MorphError(file, LatentFileProblem.noSuchRow(stated?.upperBound ?? 0, count: count))
      }
      files.append(.init(file: file, name: name, rows: (stated?.lowerBound ?? 0)..<(last + 1)))
    }
    guard files.reduce(0, { $0 + $1.rows.count }) <= MorphJob.frameLimit else {
      throw MorphError(setting.place.subject, .tooManyFrames)
    }
    guard !files.isEmpty else {
      throw MorphError(
        setting.place.subject, .wrongKind(key: "latents", expected: "a list of files of latents"))
    }
    return files
  }

  /// The faces of one side of a direction: a folder of photos, or keyframes.
  mutating func faces(
    _ key: String, from folder: String,
    reading: (KeyframeGroup, SettingPlace) throws(MorphError) -> [Keyframe]
  ) throws(MorphError) -> [Keyframe] {
    guard let setting = take(key) else { throw missing(key) }
    var keyframes: [Keyframe] = []
    for item in setting.items {
      if case .text(let text) = item.value, kind(ofPath: path(text, from: folder)) == .folder {
        keyframes += try PlacedText(text: text, place: item.place).read { text throws(SettingProblem) in
          try photosInFolder(text, from: folder).map(Keyframe.photo)
        }
      } else {
        keyframes += try reading(try KeyframeGroup(item, from: folder), item.place)
      }
    }
    guard !keyframes.isEmpty else {
      throw MorphError(
        setting.place.subject, .wrongKind(key: key, expected: "a folder of photos, or a list of them"))
    }
    return keyframes
  }
}

extension PlacedText {
  /// The seed of random numbers.
  func seed() throws(MorphError) -> UInt32 {
    guard let seed = UInt32(digits: text) else {
      throw MorphError(place.subject, .value(text, allowed: "a whole number from 0 to 4294967295"))
    }
    return seed
  }
}

extension Setting {
  /// The values of a list, or the value alone.
  fileprivate var items: [Setting] {
    switch value {
    case .list(let items): items
    case .text, .table: [self]
    case .nothing: []
    }
  }
}
