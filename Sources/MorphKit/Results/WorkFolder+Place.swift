internal import FoundationEssentials

/// What may be at the place of a result, and what of it may be replaced.
extension WorkFolder {
  /// Throws when the result's name, or its record's, is taken by something that may not be replaced.
  func checkPlace(frameCount: Int) throws(MorphError) {
    let record = RunRecord(atPath: place.recordPath)
    // A grid that is as it was made stays, when only its single pictures are to be made again.
    var isIntact = false
    if singles != nil, record?.identity == identity {
      isIntact = try isResult(of: record)
    }
    if !isIntact {
      try checkResult(frameCount: frameCount)
    }
    try checkSingles()
  }

  func checkResult(frameCount: Int) throws(MorphError) {
    let record = RunRecord(atPath: place.recordPath)
    try refuseForeignRecord()
    let isOwn =
      switch RunRecord.Remains(atPath: place.recordPath) {
      case .identity(let found)?: found == identity
      case .unnamed?: place.embeddedFacts?.identity == identity
      case nil: false
      }
    let mayReplace = overwrites || (mends && isOwn)
    guard place.isTaken || earlierPlace(record)?.isTaken == true else { return }
    // Replacing several files removes what is left of older ones, so those must be ours, whatever the user says.
    switch place.shape {
    case .file:
      guard !isTakenByAnything(place.path) || isReplaceable(place.path) else {
        throw MorphError(place.path, OutputProblem.notAFile)
      }
    case .folder:
      guard try isResult(of: record) || (mayReplace && isOwn && holdsFramesAlone(frameCount)) else {
        throw MorphError(place.path, folderProblem(frameCount, isOwn: isOwn))
      }
    case .pattern:
      if mayReplace, place.hasFrames(from: frameCount), try !isResult(of: record) {
        throw MorphError(place.path, OutputProblem.patternInUse(frameCount: frameCount))
      }
    case .sheets:
      if let other = place.sheetPaths.first(where: { isTakenByAnything($0) && !isReplaceable($0) }) {
        throw MorphError(other, OutputProblem.notAFile)
      }
    }
    guard mayReplace else { throw MorphError(place.path, try occupant(record)) }
  }

  /// What is at the place, where it may not be replaced.
  private func occupant(_ record: RunRecord?) throws(MorphError) -> OutputProblem {
    if let record {
      if record.identity == identity { return .changedSince }
      guard try isResult(of: record) else { return .anotherFile }
      return earlierResult(record.job, [])
    }
    guard let facts = place.embeddedFacts else { return .anotherFile }
    return earlierResult(facts.job, ["its record is missing"])
  }

  private func earlierResult(_ job: JobFacts, _ reasons: [String]) -> OutputProblem {
    guard let changes = changes(job) else { return .otherResult }
    let reasons = reasons + changes
    return .earlierResult(reasons.isEmpty ? ["it was made in another way"] : reasons)
  }

  /// Throws when a file that is no record of facewalk's, damaged or not, has the record's name.
  func refuseForeignRecord() throws(MorphError) {
    guard isTakenByAnything(place.recordPath),
      !isReplaceable(place.recordPath) || RunRecord.Remains(atPath: place.recordPath) == nil
    else { return }
    throw MorphError(place.recordPath, OutputProblem.foreignRecord)
  }

  /// Whether what is at the place is exactly what `record` tells of.
  func isResult(of record: RunRecord?) throws(MorphError) -> Bool {
    guard let record else { return false }
    return try digestOfPlace() == record.result.sha256
  }

  /// A digest of what is at the place; `nil` when nothing is.
  func digestOfPlace() throws(MorphError) -> String? {
    try naming { () throws(FileProblem) in try place.digest() }
  }

  /// What keeps the folder at the place from being replaced, with one name of it.
  private func folderProblem(_ frameCount: Int, isOwn: Bool) -> OutputProblem {
    let names: Set<String>
    do throws(FileProblem) {
      names = Set(try namesInFolder(place.path))
    } catch {
      return .folderInUse
    }
    let frames = (0..<frameCount).map(frameName)
    let others = names.subtracting(frames).subtracting([tableName].compactMap(\.self)).sorted()
    // A picture may be a frame of an earlier form of the job.
    if let other = others.first(where: { isOwn || fileEnding($0) != ".png" }) { return .foreignFile(other) }
    guard isOwn else { return .folderInUse }
    return frames.first { !names.contains($0) }.map { .frameMissing($0) } ?? .changedSince
  }

  /// Whether the folder at the place has no file but those that the result has names for.
  func holdsFramesAlone(_ frameCount: Int) -> Bool {
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
  /// What can still be told of a record that may have been edited, or is not whole any more.
  enum Remains: Equatable {
    case identity(String)
    /// It is facewalk's by its beginning, or empty, as a power cut may leave it.
    case unnamed

    /// `nil` when nothing is there, or something that never was a record.
    init?(atPath path: String) {
      struct Named: Decodable {
        var facewalk: String
        var identity: String
        var digest: String
      }
      do {
        let bytes = try bytes(ofFile: path, limit: RunRecord.byteLimit)
        do {
          self = .identity(try JSONDecoder().decode(Named.self, from: Data(bytes)).identity)
        } catch {
          guard bytes.allSatisfy({ $0 == 0 }) || bytes.starts(with: Array("{\n  \"digest\" : \"".utf8)) else {
            return nil
          }
          self = .unnamed
        }
      } catch {
        return nil
      }
    }
  }
}
