/// What a run of a job would do, and why.
public struct JobOutlook: Equatable, Sendable {
  /// Where the result goes.
  public var path: String
  /// Its files: the sheets of a grid that is split, otherwise the path alone.
  public var paths: [String]
  public var identity: String
  public var state: State
  public var frameCount: Int
  /// What keeps the result from being written, such as another file of its name.
  public var obstacle: MorphError?

  public enum State: Equatable, Sendable {
    /// The result is there, from an equal job.
    case upToDate
    /// Neither a result nor a record is there.
    case new
    /// What is there is to be made again, and why: each reason a few words.
    case outOfDate([String])
    /// Chunks are finished, or the whole result is but for its name.
    case begun
  }

  /// In how many chunks the result is made.
  public var chunkCount: Int
  /// The numbers of the chunks that are not there, by the names of those that are.
  public var missingChunks: ChunkNumbers

  /// `up to date`, `new`, `out of date: the photo faces/ada.jpg changed, 'fps' changed`.
  public var text: String {
    switch state {
    case .upToDate: "up to date"
    case .new: "new"
    case .begun:
      missingChunks.isEmpty
        ? "begun: finished but for its name"
        : "begun: \(missingChunks.count) of \(chunkCount) chunks are missing"
    case .outOfDate(let reasons): "out of date: " + reasons.joined(separator: ", ")
    }
  }
}

/// Looks at what a job names and at what is there of it; makes and changes nothing.
///
/// Throws `MorphError` for what keeps the job from being rendered, as far as that can be told before the first frame.
public func outlook(of job: MorphJob, options: RenderOptions) throws -> JobOutlook {
  let prepared = try PreparedJob(job, options: options, shared: options.shared ?? SharedReads())
  let (work, facts, place) = (prepared.work, prepared.facts, prepared.work.place)
  // Found to be there, if perhaps not under its name.
  var isComplete = false
  func outlook(_ state: JobOutlook.State, obstacle: MorphError? = nil) throws -> JobOutlook {
    JobOutlook(
      path: place.path, paths: place.files, identity: prepared.identity, state: state,
      frameCount: prepared.shape.frameCount,
      obstacle: obstacle, chunkCount: prepared.chunks.count,
      missingChunks: state == .upToDate || isComplete ? [] : try work.missingChunks())
  }

  let record = RunRecord(atPath: place.recordPath)
  if let record, record.identity == prepared.identity, try work.holds(record) {
    return try outlook(.upToDate)
  }
  // Only names are missing, and what has them already is the result's own.
  if try work.leftover() != nil {
    isComplete = true
    return try outlook(.begun)
  }
  var obstacle: MorphError?
  do throws(MorphError) {
    try work.checkPlace(frameCount: prepared.shape.frameCount)
  } catch {
    obstacle = error
  }
  if let record {
    let changes = facts.changes(since: record.job, job)
    let reasons = !changes.isEmpty ? changes : [try work.damage(to: record)]
    return try outlook(.outOfDate(reasons), obstacle: obstacle)
  }
  if try work.missingChunks().count < prepared.chunks.count {
    return try outlook(.begun, obstacle: obstacle)
  }
  return try outlook(place.isTaken ? .outOfDate(["its record is missing"]) : .new, obstacle: obstacle)
}

extension JobFacts {
  /// What differs from an earlier form of the job, each in a few words.
  func changes(since earlier: JobFacts, _ job: MorphJob) -> [String] {
    var changes: [String] = []
    func note<Value: Equatable>(_ what: String, _ value: (JobFacts) -> Value) {
      if value(self) != value(earlier) {
        changes.append("\(what) changed")
      }
    }
    note("the way of making it", \.format)
    note("the command", \.command)
    note("the model", \.model)
    note("'decoder'", \.decoder)
    note("the face finder", \.faceFinder)
    note("'no_align'", \.align)
    note("'margin'", \.margin)
    note("'detail'", \.detail)
    note("'view'", \.view)
    changes += keyframeChanges(since: earlier, job)
    note("'seeds'", \.seeds)
    note("'latent' or 'noise_seed'") { [$0.latent, $0.noiseSeed?.description] }
    note("'temperature'", \.temperature)
    note("'rng'", \.rng)
    note("the prior", \.prior)
    note("'method'", \.method)
    note("'dims'", \.dims)
    note("'order'", \.order)
    note("'range'", \.range)
    note("'steps'", \.steps)
    note("'seconds' or 'fps'", \.swing)
    note("'count'", \.count)
    note("'cells'", \.cells)
    if keyframes?.count == earlier.keyframes?.count {
      note("'at'", \.at)
      note("'loop' or 'pingpong'", \.course)
      if course == earlier.course, at == earlier.at {
        note("'frames', 'seconds' or 'duration'", \.transitions)
      }
      note("'hold'", \.holds)
    }
    note("'ease'", \.ease)
    note("'interpolation'", \.interpolation)
    note("'pace'", \.pace)
    note("'fps'", \.frameRate)
    note("'size'") { [$0.width, $0.height] }
    note("the kind of result", \.output)
    note("'crf'", \.crf)
    note("'preset'", \.preset)
    // Columns that nobody stated follow from the number of pictures.
    var statesColumns = false
    if case .grid(let grid) = job.output.format, grid.columns != nil { statesColumns = true }
    if job.mosaic != nil { statesColumns = true }
    if statesColumns || changes.isEmpty {
      note("'columns'", \.columns)
    }
    note("'gap'", \.gap)
    note("'background'", \.background)
    note("'labels'", \.labels)
    if labels == earlier.labels, changes.isEmpty {
      note("the text of the labels", \.labelTexts)
    }
    if changes.isEmpty || [singles, earlier.singles].contains(nil) {
      note("'singles'", \.singles)
    }
    note("'tile'", \.tile)
    if keyframes?.count == earlier.keyframes?.count, seeds == earlier.seeds,
      transitions == earlier.transitions, at == earlier.at, course == earlier.course, holds == earlier.holds
    {
      note("the pictures' names", \.names)
    }
    return changes
  }

  private func keyframeChanges(since earlier: JobFacts, _ job: MorphJob) -> [String] {
    guard keyframes != earlier.keyframes else { return [] }
    let new = keyframes ?? []
    let old = earlier.keyframes ?? []
    let what = job.keyframes.isEmpty ? "photos" : "keyframes"
    guard new.count == old.count else { return ["the number of \(what) changed"] }
    var changes: [String] = []
    for (index, keyframe) in job.stated.enumerated() where new[index] != old[index] {
      let change =
        switch keyframe {
        case .photo(let photo) where new[index].photo != old[index].photo && old[index].photo != nil:
          "the photo \(photo.path) changed"
        case .latent(let file, _, _)
        where new[index].latents != old[index].latents && old[index].latents != nil:
          "the file \(file) changed"
        default: "keyframe \(index + 1) changed"
        }
      if !changes.contains(change) {
        changes.append(change)
      }
    }
    return changes
  }
}

extension WorkFolder {
  /// What of an unchanged job's result is not as its record says.
  fileprivate func damage(to record: RunRecord) throws(MorphError) -> String {
    guard try isResult(of: record) else {
      return place.isTaken ? "the result was changed" : "the result is missing"
    }
    return singles?.work.place.isTaken == true
      ? "the single pictures were changed" : "the single pictures are missing"
  }
}
