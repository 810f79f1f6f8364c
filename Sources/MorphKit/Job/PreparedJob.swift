/// A job of which all is known that can be known before the first frame, and which result it is to become.
struct PreparedJob: Sendable {
  private(set) var job: MorphJob
  let inputs: JobInputs
  let shape: ResultShape
  let facts: JobFacts
  let identity: String
  let chunks: ChunkList
  let work: WorkFolder

  /// Reads and hashes what the job names; what `shared` has of that already is taken from there.
  ///
  /// Decodes nothing and leaves nothing. Throws `MorphError` for the first thing that can't be.
  init(_ job: MorphJob, options: RenderOptions, shared: SharedReads) throws {
    self.job = job
    inputs = try JobInputs(reading: job, installation: options.installation, shared: shared)
    shape = try ResultShape(of: job, model: inputs.model.description)
    facts = JobFacts(job, inputs: inputs, shape: shape)
    identity = try facts.identity()
    chunks = ChunkList(of: job, frameCount: shape.frameCount, framesPerChunk: options.framesPerChunk)
    let place = try ResultPlace(
      for: job, identity: identity, sheetCount: shape.sheets?.count ?? 1, records: options.records)
    let named = job.ranked(by: job.recordedRanking(at: place, identity: identity))
    let inputPaths = job.inputPaths
    var singles: SinglesFolder?
    if let folder = job.singlesFolder, let names = named.singleNames(in: shape) {
      let work = WorkFolder(
        place: ResultPlace(path: folder, shape: .folder), identity: identity, overwrites: options.overwrites,
        mends: options.mends, frameName: names.fileName)
      try work.place.refuseInputs(inputPaths)
      singles = SinglesFolder(work, count: names.count)
    }
    var work = WorkFolder(
      place: place, identity: identity,
      overwrites: options.overwrites, mends: options.mends, chunkCount: chunks.count,
      frameName: named.frameNames, tableName: job.table?.name, singles: singles)
    try work.place.refuseInputs(inputPaths)
    let facts = facts
    work.changes = { earlier in
      earlier.command == facts.command ? facts.changes(since: earlier, job) : nil
    }
    self.work = work
  }

  /// With the dimensions of a traversal in their order.
  func ranked(by ranking: DimensionRanking?) -> PreparedJob {
    var prepared = self
    prepared.job = job.ranked(by: ranking)
    return prepared
  }

  /// The finished result that a record tells of.
  func result(_ record: RunRecord, isNew: Bool) -> RenderResult {
    RenderResult(at: work.place, isNew: isNew, record: record, chunks: chunks)
  }
}

extension MorphJob {
  /// With the dimensions of a traversal in an order that was measured.
  func ranked(by ranking: DimensionRanking?) -> MorphJob {
    guard let ranking, case .traverse(var traversal) = content else { return self }
    traversal.ranking = ranking
    var job = self
    job.content = .traverse(traversal)
    return job
  }

  /// What was measured of the dimensions for the result that is there.
  fileprivate func recordedRanking(at place: ResultPlace, identity: String) -> DimensionRanking? {
    guard case .traverse(let traversal) = content, traversal.dimensionsInOrder == nil,
      let record = RunRecord(atPath: place.recordPath), record.identity == identity
    else { return nil }
    return record.dimensions
  }
}
