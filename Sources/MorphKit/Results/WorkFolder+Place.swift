internal import FoundationEssentials

/// What may be at the place of a result, and what of it may be replaced.
extension WorkFolder {
  /// Throws when the result's name, or its record's, is taken by something that may not be replaced.
  func checkPlace(frameCount: Int) throws(MorphError) {
    let record = RunRecord(atPath: place.recordPath)
    let isOwn =
      record.map { $0.identity == identity }
      ?? RunRecord.isDamaged(atPath: place.recordPath, identity: identity)
    let mayReplace = overwrites || (mends && isOwn)
    if record == nil, isTakenByAnything(place.recordPath),
      !(mayReplace && isReplaceable(place.recordPath))
    {
      throw MorphError(place.recordPath, OutputProblem.foreignRecord)
    }
    guard place.isTaken else { return }
    // Replacing several files removes what is left of older ones, so those must be ours, whatever the user says.
    switch place.shape {
    case .file:
      guard isReplaceable(place.path) else { throw MorphError(place.path, OutputProblem.notAFile) }
    case .folder:
      guard try isResult(of: record) || (mayReplace && isOwn && holdsFramesAlone(frameCount)) else {
        throw MorphError(place.path, OutputProblem.folderInUse)
      }
    case .pattern:
      if mayReplace, place.hasFrames(from: frameCount), try !isResult(of: record) {
        throw MorphError(place.path, OutputProblem.patternInUse(frameCount: frameCount))
      }
    }
    guard mayReplace else {
      throw MorphError(
        place.path, record?.identity == identity ? OutputProblem.changedSince : .anotherFile)
    }
  }

  /// Whether what is at the place is exactly what `record` tells of.
  private func isResult(of record: RunRecord?) throws(MorphError) -> Bool {
    guard let record else { return false }
    return try naming { () throws(FileProblem) in try place.digest() } == record.result.sha256
  }

  /// Whether the folder at the place has no file but those that the result has names for.
  private func holdsFramesAlone(_ frameCount: Int) -> Bool {
    guard kind(ofPath: place.path) == .folder else { return false }
    let frames = Set((0..<frameCount).lazy.map(frameName))
    do throws(FileProblem) {
      return try namesInFolder(place.path).allSatisfy { frames.contains($0) || $0 == tableName }
    } catch {
      return false
    }
  }
}

extension RunRecord {
  /// Whether a file is a record of facewalk's that was edited, or is not whole any more.
  ///
  /// One that still says an identity must say this one.
  static func isDamaged(atPath path: String, identity: String) -> Bool {
    struct Remains: Decodable {
      var facewalk: String
      var identity: String
      var digest: String
    }
    do {
      let bytes = try bytes(ofFile: path, limit: RunRecord.byteLimit)
      // A power cut may leave a file without content; nothing is lost with it.
      if bytes.isEmpty || bytes.allSatisfy({ $0 == 0 }) { return true }
      do {
        return try JSONDecoder().decode(Remains.self, from: Data(bytes)).identity == identity
      } catch {
        return bytes.starts(with: Array("{\n  \"digest\" : \"".utf8))
      }
    } catch {
      return false
    }
  }
}
