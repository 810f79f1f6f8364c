/// The single pictures that a grid leaves besides: they become a folder of their own, which may lie on another disk.
final class SinglesFolder: Sendable {
  /// In which the pictures are made.
  let work: WorkFolder
  /// How many there are.
  let count: Int

  init(_ work: WorkFolder, count: Int) {
    self.work = work
    self.count = count
  }
}

extension WorkFolder {
  /// Whether the single pictures that a record tells of are in place; also if none are wanted.
  func holdsSingles(of record: RunRecord) throws(MorphError) -> Bool {
    guard let singles else { return true }
    guard let wanted = record.singles?.sha256 else { return false }
    return try singles.work.digestOfPlace() == wanted
  }

  /// Throws when the folder for single pictures holds anything that may not be replaced.
  func checkSingles() throws(MorphError) {
    guard let singles, singles.work.place.isTaken else { return }
    let path = singles.work.place.path
    let record = RunRecord(atPath: place.recordPath)
    // A run that was killed may have got as far as this.
    let begun = RunRecord(atPath: recordPath)
    let digest = try singles.work.digestOfPlace()
    let isOwn = record?.identity == identity
    if digest != nil, digest == begun?.singles?.sha256 || (isOwn && digest == record?.singles?.sha256) {
      return
    }
    let mayReplace = overwrites || (mends && isOwn)
    let isOurs = digest != nil && digest == record?.singles?.sha256
    guard isOurs || (isOwn && singles.work.holdsFramesAlone(singles.count)) else {
      throw MorphError(path, OutputProblem.singlesInUse)
    }
    guard mayReplace else { throw MorphError(path, isOwn ? OutputProblem.changedSince : .anotherFile) }
  }

  /// Gives the single pictures their folder's name; what has it already was found to be replaceable.
  func giveSinglesName(to piece: String) throws(MorphError) {
    guard let singles else { return }
    try singles.work.naming { () throws(FileProblem) in
      try singles.work.moveFolder(piece)
      try synchronize(folder(of: singles.work.place.path))
    }
  }
}
