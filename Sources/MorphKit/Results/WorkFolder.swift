internal import Glibc

/// The folder in which one run makes its result, `NAME.parts/<16 digits of its identity>`, and the way from there to
/// the final name.
///
/// A file under its final name is complete: it is made here, and renamed when result and record are on the disk.
struct WorkFolder: Sendable {
  let place: ResultPlace
  let identity: String
  let overwrites: Bool

  private var path: String { place.partsPath + "/" + identity.prefix(16) }
  private var recordPath: String { path + "/record.json" }

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

  /// Puts result and record under their final names.
  func publish(_ piece: String, with record: RunRecord) throws {
    let text = try record.json()
    try naming { () throws(FileProblem) in
      try synchronizeAll(piece)
      let temporary = temporaryPath()
      do throws(FileProblem) {
        try write(text, toFile: temporary)
        try move(temporary, to: recordPath)
      } catch {
        removeAll(temporary)
        throw error
      }
      try synchronize(path)
    }
    try publish(piece, as: record.result)
  }

  /// `isBegun` says that what lies under the final name already was found to belong to this result.
  private func publish(
    _ piece: String, as result: RunRecord.ResultFacts, isBegun: Bool = false
  ) throws(MorphError) {
    let isTaken = place.isTaken
    // Another process may have published the same result.
    let isThere = try naming { () throws(FileProblem) in try place.digest() == result.sha256 }
    if !isThere, !isBegun {
      // Again, since much may have happened while the pieces were made.
      try checkPlace(frameCount: result.frames)
    }
    if !isThere {
      try naming { () throws(FileProblem) in
        switch place.shape {
        case .file: try move(piece, to: place.path)
        case .folder: try moveFolder(piece, replacing: isTaken)
        case .pattern(let pattern): try shareFrames(of: piece, named: pattern, count: result.frames)
        }
      }
    }
    try finishPublishing()
  }

  /// A folder that isn't empty can't be replaced in one step.
  ///
  /// A run that is killed between the two leaves everything for the next one to go on.
  private func moveFolder(_ piece: String, replacing: Bool) throws(FileProblem) {
    guard replacing else { return try move(piece, to: place.path) }
    let old = temporaryPath()
    try move(place.path, to: old)
    do throws(FileProblem) {
      try move(piece, to: place.path)
    } catch {
      try move(old, to: place.path)
      throw error
    }
  }

  /// Gives every frame its name beside other files; the piece stays whole until all is published, since other
  /// processes may be publishing it too.
  private func shareFrames(of piece: String, named pattern: FramePattern, count: Int) throws(FileProblem) {
    let target = folder(of: place.path)
    for name in try namesInFolder(target) {
      // A frame of an earlier, longer run would play on after the last of this one.
      if let number = pattern.number(inFileName: name), number >= count {
        removeAll(target + "/" + name)
      }
    }
    for name in try namesInFolder(piece) {
      try share(piece + "/" + name, as: target + "/" + name, through: temporaryPath())
    }
  }

  private func finishPublishing() throws(MorphError) {
    try naming { () throws(FileProblem) in
      try move(recordPath, to: place.recordPath)
      try synchronize(folder(of: place.path))
    }
    removeAll(path)
    removeAbandoned()
    // Only when nothing else is in it: another run's work, or what was never ours.
    rmdir(place.partsPath)
  }

  /// Removes what killed runs of other jobs left that had this result's name.
  private func removeAbandoned() {
    do throws(FileProblem) {
      for name in try namesInFolder(place.partsPath) where name.count == 16 && name.allSatisfy(\.isHexDigit) {
        let other = place.partsPath + "/" + name
        let isAlive = try namesInFolder(other).contains { UnfinishedName($0)?.mayBeAlive == true }
        if !isAlive {
          removeAll(other)
        }
      }
    } catch {
      return  // Another process was faster.
    }
  }

  private func synchronizeAll(_ piece: String) throws(FileProblem) {
    if kind(ofPath: piece) == .folder {
      for name in try namesInFolder(piece) {
        try synchronize(piece + "/" + name)
      }
    }
    try synchronize(piece)
  }

  /// The finished piece that lies in the folder.
  private func piece() throws(MorphError) -> String? {
    try naming { () throws(FileProblem) in
      try namesInFolder(path).first { $0.hasPrefix("000000-") }.map { path + "/" + $0 }
    }
  }

  /// Runs `body`, and names the result in what the system says of a failure.
  private func naming<Value>(_ body: () throws(FileProblem) -> Value) throws(MorphError) -> Value {
    do throws(FileProblem) {
      return try body()
    } catch {
      throw MorphError(place.path, OutputProblem.cannotWrite(reason: error.reason))
    }
  }
}
