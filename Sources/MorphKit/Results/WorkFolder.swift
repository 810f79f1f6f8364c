internal import Glibc

/// The folder in which one run makes its result, `NAME.parts/<16 digits of its identity>`, and the way from there to
/// the final name.
///
/// A file under its final name is complete: it is made here, and renamed when result and record are on the disk.
struct WorkFolder: Sendable {
  let place: ResultPlace
  let identity: String
  let overwrites: Bool

  var path: String { place.partsPath + "/" + identity.prefix(16) }
  var recordPath: String { path + "/record.json" }

  /// The result that is finished already: its record has this identity, and its digest fits.
  func finished() throws -> RunRecord? {
    guard let record = RunRecord(atPath: place.recordPath), record.identity == identity,
      try naming({ () throws(FileProblem) in try place.digest() }) == record.result.sha256
    else { return nil }
    // A run that was killed after its last rename leaves its folder.
    removeAll(path)
    rmdir(place.partsPath)
    return record
  }

  /// What an interrupted run left: a complete result that only has to be renamed.
  ///
  /// Publishes it and returns its record, or returns `nil` when there is nothing of the kind.
  func resumed() throws -> RunRecord? {
    guard let record = RunRecord(atPath: recordPath), record.identity == identity else { return nil }
    if try naming({ () throws(FileProblem) in try place.digest() }) == record.result.sha256 {
      try finishPublishing()
      return record
    }
    guard let piece = try piece(),
      try naming({ () throws(FileProblem) in try place.digest(completedBy: piece) }) == record.result.sha256
    else { return nil }
    try publish(piece, as: record.result, isBegun: true)
    return record
  }

  /// The result when another process has finished the same job, or is just publishing it.
  ///
  /// Waits for at most a second for the other's renames, and does those that it leaves.
  func finishedMeanwhile() async throws -> RunRecord? {
    for _ in 0..<100 {
      do {
        if let record = try finished() ?? resumed() { return record }
      } catch {
        // The other process was faster at a rename.
      }
      guard RunRecord(atPath: recordPath)?.identity == identity else { break }
      try await Task.sleep(for: .milliseconds(10))
    }
    return try finished()
  }

  /// Throws when the result's name, or its record's, is taken by something that may not be replaced.
  func checkPlace(frameCount: Int) throws(MorphError) {
    let record = RunRecord(atPath: place.recordPath)
    if record == nil, isTakenByAnything(place.recordPath), !(overwrites && isReplaceable(place.recordPath)) {
      throw MorphError(place.recordPath, OutputProblem.foreignRecord)
    }
    guard place.isTaken else { return }
    // Replacing several files removes what is left of older ones, so those must be ours, whatever the user says.
    switch place.shape {
    case .file:
      guard isReplaceable(place.path) else { throw MorphError(place.path, OutputProblem.notAFile) }
    case .folder:
      guard try isResult(of: record) else { throw MorphError(place.path, OutputProblem.folderInUse) }
    case .pattern:
      if overwrites, place.hasFrames(from: frameCount), try !isResult(of: record) {
        throw MorphError(place.path, OutputProblem.patternInUse(frameCount: frameCount))
      }
    }
    guard overwrites else {
      throw MorphError(
        place.path, record?.identity == identity ? OutputProblem.changedSince : .anotherFile)
    }
  }

  /// Whether what is at the place is exactly what `record` tells of.
  private func isResult(of record: RunRecord?) throws(MorphError) -> Bool {
    guard let record else { return false }
    return try naming { () throws(FileProblem) in try place.digest() } == record.result.sha256
  }

  /// Makes the folder; afterwards the disk has been seen to take something.
  func open() throws(MorphError) {
    try naming { () throws(FileProblem) in try makeFolder(path) }
    guard let records = place.records else { return }
    do throws(FileProblem) {
      try makeFolder(records)
    } catch {
      throw MorphError(records, OutputProblem.cannotWrite(reason: error.reason))
    }
  }

  /// A name in the folder that no other process uses.
  func temporaryPath() -> String { path + "/" + UnfinishedName().fileName }

  /// Gives a finished piece the name that says what its content must be.
  func keep(_ temporary: String) throws(MorphError) -> (piece: String, digest: String) {
    try naming { () throws(FileProblem) in
      guard let digest = try place.digest(at: temporary) else { throw .missing }
      let piece = "\(path)/000000-\(digest.prefix(16))"
      do throws(FileProblem) {
        try move(temporary, to: piece)
      } catch {
        // Another process was here first, with the same frames.
        guard kind(ofPath: piece) == .folder else { throw error }
        removeAll(temporary)
      }
      return (piece, digest)
    }
  }

  /// The finished piece that an interrupted run left; one whose content doesn't fit its name is removed.
  func keptPiece() throws(MorphError) -> (piece: String, digest: String)? {
    guard kind(ofPath: path) == .folder, let piece = try piece() else { return nil }
    let digest = try naming { () throws(FileProblem) in try place.digest(at: piece) }
    guard let digest, piece.hasSuffix("/000000-\(digest.prefix(16))") else {
      removeAll(piece)
      return nil
    }
    return (piece, digest)
  }

  /// Removes an unfinished piece, and the folder when nothing is left in it.
  func discard(_ temporary: String) {
    removeAll(temporary)
    rmdir(path)
    rmdir(place.partsPath)
  }

  /// The finished piece that lies in the folder.
  private func piece() throws(MorphError) -> String? {
    try naming { () throws(FileProblem) in
      try namesInFolder(path).first { $0.hasPrefix("000000-") }.map { path + "/" + $0 }
    }
  }

  /// Runs `body`, and names the result in what the system says of a failure.
  func naming<Value>(_ body: () throws(FileProblem) -> Value) throws(MorphError) -> Value {
    do throws(FileProblem) {
      return try body()
    } catch {
      throw MorphError(place.path, OutputProblem.cannotWrite(reason: error.reason))
    }
  }
}
