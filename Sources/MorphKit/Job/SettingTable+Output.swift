/// Reads the settings that decide what kind of file a job becomes.
extension SettingTable {
  /// The settings that only grids have.
  private static let gridKeys = ["columns", "gap", "background", "labels", "singles", "tile"]

  /// Reads what belongs to the kind of `target`, and refuses what belongs to another; paths start from `folder`.
  mutating func format(
    for target: OutputTarget, of command: JobCommand, frameRate: FrameRate, from folder: String
  ) throws(MorphError) -> MorphJob.Format {
    let kind = target.kind
    let crf = try text("crf")
    let preset = try text("preset")
    if kind != .video {
      for (key, stray) in [("crf", crf), ("preset", preset)] {
        guard let stray else { continue }
        try refuse(key, at: stray.place, .notForThisOutput("a video setting", output: kind.rawValue))
      }
    }
    if kind != .grid {
      try refuseGridSettings(for: kind.rawValue)
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
      return .grid(try grid(of: command, output: target.path, from: folder))
    case .frames:
      return .frames(target.names)
    case .latents:
      return .latents(target.path.map(fileEnding) == ".npy" ? .npy : .safetensors)
    }
  }

  private mutating func grid(
    of command: JobCommand, output: String?, from folder: String
  ) throws(MorphError) -> MorphJob.GridSettings {
    var grid = MorphJob.GridSettings()
    grid.columns = try text("columns")?.wholeNumber(in: JobLimits.columns)
    if let gap = try text("gap") { grid.gap = try gap.wholeNumber(in: JobLimits.gap) }
    if let background = try text("background") {
      grid.background = try background.color()
    }
    if let labels = try text("labels") {
      grid.labels = try labels.read { text throws(SettingProblem) in
        try MorphJob.Labels(text, for: command, from: folder)
      }
    }
    if let singles = try text("singles") {
      grid.singles = try singles.read { text throws(SettingProblem) in
        try folderPath(text, from: folder, besides: output)
      }
    }
    grid.tile = try text("tile")?.read { text throws(SettingProblem) in try pixelCount(text) }
    return grid
  }

  /// Throws for the first setting of a grid; `output` is what the result is instead.
  mutating func refuseGridSettings(for output: String) throws(MorphError) {
    for key in SettingTable.gridKeys {
      if let stray = try text(key) {
        try refuse(key, at: stray.place, .notForThisOutput("a grid setting", output: output))
      }
    }
  }
}

extension MorphJob.Labels {
  /// Reads `none`, `index`, `seed`, `name`, or the name of a file.
  fileprivate init(_ text: String, for command: JobCommand, from folder: String) throws(SettingProblem) {
    switch text {
    case "none": self = .none
    case "index": self = .index
    case "name": self = .name
    case "seed":
      guard command == .sample else {
        throw .value(text, allowed: "none, index, name or a file: only the pictures of 'sample' have seeds")
      }
      self = .seed
    default:
      let file = path(text, from: folder)
      guard isTakenByAnything(file) else {
        let words = "none, index\(command == .sample ? ", seed" : ""), name"
        throw .value(text, allowed: "\(words), or a text file with a line for each picture")
      }
      self = .file(file)
    }
  }
}

/// The path of a folder of single pictures, which mustn't be the grid itself.
private func folderPath(
  _ text: String, from folder: String, besides output: String?
) throws(SettingProblem) -> String {
  var place = path(text, from: folder)
  while place.count > 1, place.hasSuffix("/") {
    place.removeLast()
  }
  guard !text.isEmpty, !text.hasPrefix("~"), !text.contains("$"),
    ![".", "..", "/"].contains(fileName(place)),
    output.map({ relativePath($0, from: "/") }) != relativePath(place, from: "/")
  else {
    throw .value(text, allowed: "the name of a folder that is only for them, without ~ and $")
  }
  if kind(ofPath: place) == .folder, isLink(place), let target = realPath(place) {
    // A link stays; the folder that it leads to gets the pictures.
    return target
  }
  return place
}

/// Reads `4000000`, `4000K`, `4M`.
private func pixelCount(_ text: String) throws(SettingProblem) -> Int {
  let units: [Character: Int] = ["K": 1_000, "M": 1_000_000, "G": 1_000_000_000]
  let unit = text.last.flatMap { units[Character($0.uppercased())] }
  let digits = unit == nil ? text[...] : text.dropLast()
  let limit = GridLayout.sideLimit * GridLayout.sideLimit / (unit ?? 1)
  guard digits.allSatisfy({ ("0"..."9").contains($0) }), let number = Int(digits),
    (1...limit).contains(number)
  else {
    throw .value(text, allowed: "a number of pixels, as in 16M or 4000000")
  }
  return number * (unit ?? 1)
}
