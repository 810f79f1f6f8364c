/// A result and the record of how it was made.
struct RecordedResult {
  let place: ResultPlace
  let record: RunRecord

  /// Reads the record of the result at `path`; `records` is the folder that collects records, if they aren't beside
  /// their results.
  init(_ path: String, records: String?) throws(MorphError) {
    var path = path
    while path.count > 1, path.hasSuffix("/") {
      path.removeLast()
    }
    let shape: ResultPlace.Shape
    do throws(SettingProblem) {
      let pattern = fileEnding(path) == ".png" ? try FramePattern(path) : nil
      shape = pattern.map { .pattern($0) } ?? .file
    } catch {
      throw MorphError(path, error)
    }
    let place = ResultPlace(path: path, shape: shape, records: records)
    guard let record = RunRecord(atPath: place.recordPath) else {
      guard isTakenByAnything(place.recordPath) else { throw MorphError(path, OutputProblem.noRecord) }
      throw MorphError(place.recordPath, OutputProblem.damagedRecord)
    }
    self.record = record
    let isFolder = record.job.output == JobFacts.frames && shape == .file
    if isFolder {
      self.place = ResultPlace(path: path, shape: .folder, records: records)
    } else if shape == .file {
      self.place = ResultPlace(path: path, sheetCount: record.result.sheets, records: records)
    } else {
      self.place = place
    }
  }

  /// The folder of single pictures that was left besides.
  var singlesPlace: ResultPlace? {
    record.singles.map { ResultPlace(path: path($0.path), shape: .folder) }
  }

  /// The path of something that the record names.
  func path(_ recorded: String) -> String {
    MorphKit.path(recorded, from: folder(of: place.recordPath))
  }
}
