extension ResultPlace {
  /// The place that a job names; without a name the first of `ada-grace.mp4`, `ada-grace-2.mp4`, … that is free or
  /// holds the result of this very job.
  ///
  /// `sheetCount` is that of a grid, where it is known.
  init(
    for job: MorphJob, identity: String, sheetCount: Int = 1, records: String? = nil
  ) throws(MorphError) {
    func shape(_ path: String) -> Shape {
      switch job.output.format {
      case .grid where sheetCount > 1:
        .sheets(FramePattern(sheetsOf: path, count: sheetCount), count: sheetCount)
      case .video, .grid, .latents: .file
      case .frames(.folder): .folder
      case .frames(.pattern(let pattern)): .pattern(pattern)
      }
    }
    if let path = job.output.path {
      self.init(path: path, shape: shape(path), records: records)
      return
    }
    var number = 1
    while true {
      let suffix = number == 1 ? "" : "-\(number)"
      let path = job.defaultStem + suffix + job.defaultEnding
      let place = ResultPlace(path: path, shape: shape(path), records: records)
      let record = RunRecord(atPath: place.recordPath)
      if record?.identity == identity || (!place.isTaken && kind(ofPath: place.recordPath) == .nothing) {
        self = place
        return
      }
      number += 1
    }
  }
}

extension MorphJob {
  fileprivate var defaultEnding: String {
    switch output.format {
    case .video: ".mp4"
    case .grid: ".png"
    case .frames: ""
    case .latents(let format): ".\(format.rawValue)"
    }
  }

  fileprivate var defaultStem: String {
    switch content {
    case .morph(let keyframes, _):
      let stems = keyframes.map(\.stem)
      guard stems.count > 4, let first = stems.first, let last = stems.last else {
        return stems.joined(separator: "-")
      }
      return "\(first)-to-\(last)"
    case .sample: return "samples"
    case .reconstruct(let photos):
      return photos.count == 1 ? "\(photos[0].stem)-reconstruct" : "reconstruct"
    case .align: return "aligned"
    case .encode(let photos): return photos.count == 1 ? photos[0].stem : "faces"
    case .decode(let files): return files.count == 1 ? fileStem(files[0].file) + "-decoded" : "decoded"
    case .average: return "average"
    case .direction: return "direction"
    case .traverse(let traversal): return traversal.keyframe.stem + "-traverse"
    case .plane: return "plane"
    case .posterior(let draws): return draws.photo.stem + "-posterior"
    case .between: return "between"
    }
  }

  /// What the faces of a file of latents are called in it.
  var faceNames: [String] {
    switch content {
    case .encode(let photos): uniqueNames(photos.map(\.stem))
    case .average: ["average"]
    case .direction: ["direction"]
    case .morph, .sample, .reconstruct, .align, .decode, .traverse, .plane, .posterior, .between: []
    }
  }

  /// The file names of single pictures, by their number.
  var frameNames: @Sendable (Int) -> String {
    guard case .frames(let names) = output.format else { return { "\($0)" } }
    if case .pattern(let pattern) = names {
      return { pattern.fileName(ofFrame: $0) }
    }
    let name = pictureNames
    return { name($0) + ".png" }
  }

  /// What single pictures are called in a folder, by their number, without an ending.
  var pictureNames: @Sendable (Int) -> String {
    if let names = sheetNames { return names }
    switch content {
    case .morph(_, let timeline):
      guard let stills = timeline.stills else { return { "frame_\(padded($0, to: 6))" } }
      return { fileStem(stills.fileName($0)) }
    case .decode, .average, .direction, .traverse, .plane, .posterior, .between:
      return { "frame_\(padded($0, to: 6))" }
    case .sample(let seeds):
      // A seed that was asked for twice gets two files.
      let isUnique = seeds.isWithoutRepeats
      return { isUnique ? "seed\(padded(Int(seeds[$0]), to: 4))" : "frame_\(padded($0, to: 6))" }
    case .reconstruct(let photos), .align(let photos), .encode(let photos):
      let names = uniqueNames(photos.map(\.stem))
      return { names[$0] }
    }
  }
}

extension MorphJob {
  /// The table that lies beside stills.
  var table: (name: String, text: String)? {
    guard case .morph(_, let timeline) = content, let stills = timeline.stills,
      case .frames = output.format
    else { return nil }
    return (StillPositions.tableName, stills.table)
  }
}

/// The same names, with `-2`, `-3` behind those that came before.
func uniqueNames(_ names: [String]) -> [String] {
  var taken = Set(names)
  var seen: Set<String> = []
  var nextNumbers: [String: Int] = [:]
  return names.map { name in
    guard !seen.insert(name).inserted else { return name }
    var number = nextNumbers[name] ?? 2
    while !taken.insert("\(name)-\(number)").inserted {
      number += 1
    }
    nextNumbers[name] = number + 1
    return "\(name)-\(number)"
  }
}

extension SeedList {
  /// Whether no seed stands in it twice.
  fileprivate var isWithoutRepeats: Bool {
    let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
    return zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
  }
}
