internal import Glibc

/// The folder in which one run makes its result, `NAME.parts/<16 digits of its identity>`, and the way from there to
/// the final name.
///
/// A file under its final name is complete: it is made here, and renamed when result and record are on the disk.
struct WorkFolder: Sendable {
  let place: ResultPlace
  let identity: String
  /// Whether another file under the result's name may be replaced.
  let overwrites: Bool
  /// Whether a result of this identity that is not as its record says any more may be replaced.
  let mends: Bool
  /// In how many chunks the result is made; a single one is the result itself.
  let chunkCount: Int
  /// The file names of single pictures.
  let frameName: @Sendable (Int) -> String
  /// The file that lies beside them.
  let tableName: String?
  /// What differs from an earlier form of the job, each in a few words; `nil` for another job.
  var changes: @Sendable (JobFacts) -> [String]? = { _ in [] }
  /// The single pictures that a grid leaves besides.
  let singles: SinglesFolder?
  /// Lies in the folder while this run is at work; all that it has not finished begins with this name.
  private let mark = UnfinishedName()

  init(
    place: ResultPlace, identity: String, overwrites: Bool, mends: Bool = false, chunkCount: Int = 1,
    frameName: @escaping @Sendable (Int) -> String = { "\($0)" }, tableName: String? = nil,
    singles: SinglesFolder? = nil
  ) {
    self.place = place
    self.identity = identity
    self.overwrites = overwrites
    self.mends = mends
    self.chunkCount = chunkCount
    self.frameName = frameName
    self.tableName = tableName
    self.singles = singles
  }

  var path: String { place.partsPath + "/" + identity.prefix(16) }
  var recordPath: String { path + "/record.json" }
  static let keptName = "kept"

  /// The result that is finished already: its record has this identity, and its digest fits.
  func finished() throws -> RunRecord? {
    guard let record = RunRecord(atPath: place.recordPath), record.identity == identity, try holds(record)
    else { return nil }
    // A run that was killed after its last rename leaves its folder.
    removeAll(path)
    rmdir(place.partsPath)
    singles?.work.remove()
    return record
  }

  /// Whether what a record of this identity tells of is in place, single pictures too.
  func holds(_ record: RunRecord) throws(MorphError) -> Bool {
    guard try isResult(of: record) else { return false }
    return try holdsSingles(of: record)
  }

  /// A complete result that an interrupted run left, whose names are not all in place.
  struct Leftover {
    let record: RunRecord
    /// What has still to get the result's name; `nil` when that is in place.
    let piece: String?
    /// The single pictures that have still to get their folder's name.
    let singles: String?
  }

  /// What an interrupted run left complete; `nil` when there is nothing of the kind.
  ///
  /// Changes nothing.
  func leftover() throws -> Leftover? {
    guard let record = RunRecord(atPath: recordPath), record.identity == identity else { return nil }
    var singlesPiece: String?
    if let singles, try !holdsSingles(of: record) {
      singlesPiece = try singles.work.piece(completing: record.singles?.sha256)
      guard singlesPiece != nil else { return nil }
    }
    if try isResult(of: record) {
      return Leftover(record: record, piece: nil, singles: singlesPiece)
    }
    guard let piece = try piece(completing: record.result.sha256) else { return nil }
    return Leftover(record: record, piece: piece, singles: singlesPiece)
  }

  /// What lies here finished and gives the place a digest when it is moved there; `nil` if nothing does.
  private func piece(completing digest: String?) throws(MorphError) -> String? {
    guard let piece = try resultPiece(),
      try naming({ () throws(FileProblem) in
        try place.digest(completedBy: piece, replacing: replacedFrames())
      }) == digest
    else { return nil }
    return piece
  }

  /// Publishes what an interrupted run left complete, and returns its record.
  func resumed() throws -> RunRecord? {
    guard RunRecord(atPath: recordPath)?.identity == identity else { return nil }
    return try withLock(onFolder: folder(of: place.path)) {
      guard let leftover = try leftover() else { return nil }
      if let singles = leftover.singles { try giveSinglesName(to: singles) }
      if let piece = leftover.piece {
        try giveName(to: piece, as: leftover.record.result)
      }
      try finishPublishing()
      return leftover.record
    }
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

  /// Makes the folder, and leaves word in it that this run is at work; afterwards the disk has been seen to take
  /// something.
  ///
  /// What is kept for others, a shard's chunks, stays when another job gets the result's name.
  func open(keepingForOthers: Bool = false) throws(MorphError) {
    try naming { () throws(FileProblem) in
      try announce()
      if keepingForOthers { try makeEmptyFile(path + "/" + WorkFolder.keptName) }
    }
    do throws(MorphError) {
      try singles?.work.open()
    } catch {
      leave()
      throw error
    }
    guard let records = place.records else { return }
    do throws(FileProblem) {
      try makeFolder(records)
    } catch {
      throw MorphError(records, OutputProblem.cannotWrite(reason: error.reason))
    }
  }

  /// Another run may be taking the empty folder away at this very moment, so a few tries are made.
  private func announce() throws(FileProblem) {
    for _ in 0..<20 {
      do throws(FileProblem) {
        try makeFolder(path)
        return try makeEmptyFile(path + "/" + mark.fileName)
      } catch {
        guard kind(ofPath: path) != .folder else { throw error }
      }
    }
    try makeFolder(path)
    try makeEmptyFile(path + "/" + mark.fileName)
  }

  /// A name in the folder that no other process uses.
  func temporaryPath() -> String { path + "/" + UnfinishedName(of: mark).fileName }

  /// Removes all that this run has not finished, and the folder when nothing is left in it.
  func leave() {
    singles?.work.leave()
    do throws(FileProblem) {
      for name in try namesInFolder(path) where name.hasPrefix(mark.fileName) {
        removeAll(path + "/" + name)
      }
    } catch {
      return  // The folder is gone: another process has published the result.
    }
    rmdir(path)
    rmdir(place.partsPath)
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
