internal import FoundationEssentials
internal import VideoFiles

extension RunRecord {
  /// The record of a run that just ended.
  init(
    of job: MorphJob, facts: JobFacts, identity: String, inputs: JobInputs, photos: [ReadPhoto],
    pace: PacePlan? = nil, shape: ResultShape,
    place: ResultPlace, digest: String, started: Date
  ) {
    let home = folder(of: place.recordPath)
    self.init(
      identity: identity, job: facts,
      model: ModelSource(
        name: inputs.model.description.name, path: relativePath(inputs.model.path, from: home)),
      inputs: inputs.photos.map { Input(path: relativePath($0.path, from: home), sha256: $0.sha256) }
        + inputs.latentFiles.map { Input(path: relativePath($0.path, from: home), sha256: $0.sha256) }
        + [inputs.labelFile].compactMap(\.self).map {
          Input(path: relativePath($0.path, from: home), sha256: $0.sha256)
        },
      keyframeInputs: inputs.indices(of: job),
      photos: photos.map { photo in
        PhotoFact(
          input: inputs.index(of: photo.reference), face: photo.reference.face,
          psnr: photo.match.psnr.isFinite ? photo.match.psnr : nil, ssim: photo.match.ssim)
      },
      pace: pace?.transitions,
      result: ResultFacts(
        name: relativePath(place.path, from: home), sha256: digest, frames: shape.frameCount,
        width: shape.summary.width,
        height: shape.summary.height, seconds: shape.summary.seconds,
        sheets: shape.sheets.flatMap { $0.count > 1 ? $0.count : nil },
        color: shape.summary.form == .video ? ColorFacts(.highDefinition) : nil),
      started: started.formatted(.iso8601), secondsTaken: Date().timeIntervalSince(started))
  }
}

extension RunRecord.ColorFacts {
  init(_ colour: VideoColour) {
    self.init(
      range: colour.range, primaries: colour.primaries, transfer: colour.transfer, matrix: colour.matrix)
  }
}

/// `path` as seen from `folder`; both may start from the current folder.
func relativePath(_ path: String, from folder: String) -> String {
  let target = normalized(path)
  let home = normalized(folder)
  let shared = zip(target, home).prefix { $0.isSameName(as: $1) }.count
  let parts = Array(repeating: "..", count: home.count - shared) + target[shared...]
  return parts.isEmpty ? "." : parts.joined(separator: "/")
}

/// The parts of an absolute path, without `.` and `..`.
private func normalized(_ path: String) -> [String] {
  let absolute = path.hasPrefix("/") ? path : workingFolder() + "/" + path
  var parts: [String] = []
  for part in absolute.split(separator: "/") {
    switch part {
    case ".": continue
    case "..": _ = parts.popLast()
    default: parts.append(String(part))
    }
  }
  return parts
}

extension WorkFolder {
  /// What a record says of single pictures with this digest; `nil` when there are none.
  func recordedSingles(_ digest: String?) -> RunRecord.Singles? {
    guard let singles, let digest else { return nil }
    return RunRecord.Singles(
      path: relativePath(singles.work.place.path, from: folder(of: place.recordPath)), sha256: digest,
      count: singles.count)
  }
}
