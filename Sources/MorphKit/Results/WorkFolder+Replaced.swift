internal import FoundationEssentials

/// Which pictures of an older result are being replaced: these are renamed one by one, so a run that is killed in
/// between leaves old and new ones beside each other, and the next run must tell both from a stranger's.
extension WorkFolder {
  private var replacedPath: String { path + "/replaced.json" }

  /// Notes the pictures under the result's name that aren't those of `piece`; they were found to be replaceable.
  func noteReplacedFrames(by piece: String) throws(FileProblem) {
    let home = folder(of: place.path)
    let names: [String]
    switch place.shape {
    case .file, .folder: return
    case .pattern(let pattern):
      names = try namesInFolder(home).filter { pattern.number(inFileName: $0) != nil }
    case .sheets: names = place.sheetNames.filter { kind(ofPath: home + "/" + $0) == .file }
    }
    var replaced: [String: String] = [:]
    for name in names where try !isSameFile(home + "/" + name, piece + "/" + name) {
      replaced[name] = try sha256(ofFile: home + "/" + name)
    }
    let temporary = temporaryPath()
    do {
      try write(Array(JSONEncoder().encode(replaced)), toFile: temporary)
    } catch let problem as FileProblem {
      throw problem
    } catch {
      throw .failed(reason: "\(error)")
    }
    try move(temporary, to: replacedPath)
  }

  /// The SHA-256 of each of these pictures; empty when no run noted any.
  func replacedFrames() -> [String: String] {
    do {
      let json = try bytes(ofFile: replacedPath, limit: RunRecord.byteLimit)
      return try JSONDecoder().decode([String: String].self, from: Data(json))
    } catch {
      return [:]
    }
  }
}

extension WorkFolder {
  /// Where the result that a record tells of lies, if its files have other names than this one's: a grid may have had
  /// other sheets.
  func earlierPlace(_ record: RunRecord?) -> ResultPlace? {
    guard let record, record.job.output == JobFacts.grid else { return nil }
    switch place.shape {
    case .folder, .pattern: return nil
    case .file, .sheets:
      let earlier = ResultPlace(path: place.path, sheetCount: record.result.sheets, records: place.records)
      return earlier.shape == place.shape ? nil : earlier
    }
  }

  /// Removes those files of an earlier grid that this one doesn't replace, if they are as its record says.
  func removeEarlierFiles() throws(FileProblem) {
    let record = RunRecord(atPath: place.recordPath)
    guard let record, let earlier = earlierPlace(record), try earlier.digest() == record.result.sha256 else {
      return
    }
    let own = Set(place.files)
    for file in earlier.files where !own.contains(file) {
      removeAll(file)
    }
  }
}
