/// A job of which all is known that can be known before the first frame, and which result it is to become.
struct PreparedJob: Sendable {
  let job: MorphJob
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
    var work = WorkFolder(
      place: try ResultPlace(for: job, identity: identity, records: options.records), identity: identity,
      overwrites: options.overwrites, mends: options.mends, chunkCount: chunks.count,
      frameName: job.frameNames, tableName: job.table?.name)
    try work.place.refuseInputs(inputs.photos.map(\.path) + inputs.latentFiles.map(\.path))
    let facts = facts
    work.changes = { earlier in
      earlier.command == facts.command ? facts.changes(since: earlier, job) : nil
    }
    self.work = work
  }

  /// The finished result that a record tells of.
  func result(_ record: RunRecord, isNew: Bool) -> RenderResult {
    RenderResult(path: work.place.path, isNew: isNew, record: record, chunks: chunks)
  }
}
