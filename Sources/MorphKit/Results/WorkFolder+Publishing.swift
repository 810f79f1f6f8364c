internal import Glibc

/// The way of a finished piece to its final name.
extension WorkFolder {
  /// Puts result and record under their final names.
  func publish(_ piece: String, singles: String? = nil, with record: RunRecord) throws {
    let text = try record.json()
    try naming { () throws(FileProblem) in
      try synchronizeAll(piece)
      if let singles { try synchronizeAll(singles) }
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
    // So that result and record are of one run, whatever others publish here.
    try withLock(onFolder: folder(of: place.path)) { () throws(MorphError) in
      // Another process may have published the same result.
      let isThere = try isResult(of: record)
      let hasSingles = try holdsSingles(of: record)
      if !isThere {
        // Again, since much may have happened while the pieces were made.
        try checkResult(frameCount: record.result.frames)
      }
      // They come first, so that whoever sees the grid finds them all.
      if !hasSingles {
        guard let singles else {
          throw MorphError(place.path, OutputProblem.cannotWrite(reason: "its single pictures are gone"))
        }
        try checkSingles()
        try giveSinglesName(to: singles)
      }
      if !isThere {
        try naming { () throws(FileProblem) in try noteReplacedFrames(by: piece) }
        try giveName(to: piece, as: record.result)
      }
      try finishPublishing()
    }
  }

  /// What has the name already was found to be replaceable.
  func giveName(to piece: String, as result: RunRecord.ResultFacts) throws(MorphError) {
    try naming { () throws(FileProblem) in
      try removeEarlierFiles()
      switch place.shape {
      case .file: try move(piece, to: place.path)
      case .folder: try moveFolder(piece)
      case .pattern(let pattern): try shareFrames(of: piece, named: pattern, count: result.frames)
      case .sheets: try shareFiles(of: piece)
      }
    }
  }

  /// A folder that isn't empty can't be replaced in one step.
  ///
  /// A run that is killed between the two leaves everything for the next one to go on.
  func moveFolder(_ piece: String) throws(FileProblem) {
    guard place.isTaken else { return try move(piece, to: place.path) }
    // Not by a name of this run's own, which it would remove when it fails.
    let old = path + "/" + UnfinishedName().fileName
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
    try shareFiles(of: piece)
  }

  private func shareFiles(of piece: String) throws(FileProblem) {
    for name in try namesInFolder(piece) {
      try share(piece + "/" + name, as: folder(of: place.path) + "/" + name, through: temporaryPath())
    }
  }

  func finishPublishing() throws(MorphError) {
    try refuseForeignRecord()
    try naming { () throws(FileProblem) in
      try moveRecord()
      try synchronize(folder(of: place.path))
    }
    FailureNote.remove(at: place)
    remove()
    singles?.work.remove()
  }

  /// Removes the folder, with all that is in it.
  func remove() {
    removeAll(path)
    removeAbandoned()
    // Only when nothing else is in it: another run's work, or what was never ours.
    rmdir(place.partsPath)
  }

  private func moveRecord() throws(FileProblem) {
    do throws(FileProblem) {
      try move(recordPath, to: place.recordPath)
    } catch {
      // The folder of records may lie on another disk, where nothing can be renamed to.
      guard place.records != nil, error != .missing else { throw error }
      let text = try bytes(ofFile: recordPath, limit: RunRecord.byteLimit)
      // A name that the next run finds again, should this one be killed.
      let temporary = place.recordPath + ".unfinished"
      defer { removeAll(temporary) }
      try write(text, toFile: temporary)
      try move(temporary, to: place.recordPath)
    }
    if let records = place.records {
      try synchronize(records)
    }
  }

  /// Removes what killed runs of other jobs left that had this result's name; what they keep for others only with
  /// `overwrites`.
  private func removeAbandoned() {
    do throws(FileProblem) {
      for name in try namesInFolder(place.partsPath) where name.count == 16 && name.allSatisfy(\.isHexDigit) {
        let other = place.partsPath + "/" + name
        let isWanted = try namesInFolder(other).contains {
          UnfinishedName($0)?.mayBeAlive == true || (!overwrites && $0 == WorkFolder.keptName)
        }
        if !isWanted {
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
}
