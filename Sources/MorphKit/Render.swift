internal import FoundationEssentials

/// Renders a job, top to bottom: read this first.
///
/// Every stage is a value or a function, and data flows one way: inputs, latents, the plan of all frames, pictures, one
/// result. Equal jobs give equal bytes, whatever the threads. Throws `MorphError` for what the user can mend, and
/// `CancellationError` when the task is cancelled; in both cases nothing unfinished is left.
public func render(
  _ job: MorphJob, options: RenderOptions,
  reporting report: @escaping @Sendable (RenderEvent) -> Void = { _ in }
) async throws -> RenderResult {
  let started = Date()
  let shared = options.shared ?? SharedReads()
  let inputs = try JobInputs(reading: job, installation: options.installation, shared: shared)
  let shape = try ResultShape(of: job, model: inputs.model.description)
  let facts = JobFacts(job, inputs: inputs, shape: shape)
  let identity = try facts.identity()
  let work = WorkFolder(
    place: try ResultPlace(for: job, identity: identity, records: options.records), identity: identity,
    overwrites: options.overwrites)
  do {
    if let record = try work.finished() ?? work.resumed() {
      return RenderResult(path: work.place.path, isNew: false, record: record)
    }
    try work.checkPlace(frameCount: shape.frameCount)
    try work.open()
  } catch {
    guard let record = try await work.finishedMeanwhile() else { throw error }
    return RenderResult(path: work.place.path, isNew: false, record: record)
  }

  let temporary = work.temporaryPath()
  do {
    report(.started(shape.summary.drawn(by: inputs.model, of: job)))
    // Networks are compiled while photos are read.
    async let loading = options.loaded.model(
      in: inputs.model, parts: job.modelParts, threads: options.threads)
    let aligner = try PhotoAligner(
      for: inputs.model, looksForFaces: inputs.faceFinder != nil, size: job.alignedSize(shape),
      margin: job.margin,
      options: options)
    let aligned = try await alignPhotos(
      of: job, inputs: inputs, with: aligner, sharing: shared, reporting: report)
    let model = try await loading
    try await model.checkOnce(options)
    let photos = try await encode(
      aligned, by: model, inputs: inputs, sharing: shared, reporting: report)
    let plan = FramePlan(
      job, inputs: inputs, photos: photos, aligner: aligner, columns: shape.columns, reporting: report)

    var piece = try work.keptPiece()
    if piece == nil {
      let comment = try facts.comment(identity: identity)
      switch job.output.format {
      case .video(let settings):
        let sink = try VideoSink(
          creating: temporary, name: work.place.path, settings: settings, width: shape.width,
          height: shape.height,
          comment: comment)
        try await write(plan, of: model, as: shape, to: sink, reporting: report)
      case .grid(let settings):
        let sink = try GridSink(
          creating: temporary, name: work.place.path, layout: shape.gridLayout(settings),
          background: settings.background, comment: comment)
        try await write(plan, of: model, as: shape, to: sink, reporting: report)
      case .frames:
        let sink = try FrameFolderSink(
          creating: temporary, name: work.place.path, comment: comment, fileName: job.frameNames)
        try await write(plan, of: model, as: shape, to: sink, reporting: report)
      }
      piece = try work.keep(temporary)
    }
    guard let piece else { preconditionFailure("a piece was just made") }
    let record = RunRecord(
      of: job, facts: facts, identity: identity, inputs: inputs, photos: photos, shape: shape,
      place: work.place,
      digest: piece.digest, started: started)
    try work.publish(piece.piece, with: record)
    return RenderResult(path: work.place.path, isNew: true, record: record)
  } catch {
    work.discard(temporary)
    // Another process may have finished the same job, and taken the work folder away.
    if !Task.isCancelled, let record = try await work.finishedMeanwhile() {
      return RenderResult(path: work.place.path, isNew: false, record: record)
    }
    throw error
  }
}

/// Throws what would keep a job from being rendered, as far as that can be told before the first frame.
///
/// Reads and hashes what the job names, and looks at the result's place; decodes nothing and leaves nothing.
public func check(_ job: MorphJob, options: RenderOptions) throws {
  let shared = options.shared ?? SharedReads()
  let inputs = try JobInputs(reading: job, installation: options.installation, shared: shared)
  let shape = try ResultShape(of: job, model: inputs.model.description)
  let identity = try JobFacts(job, inputs: inputs, shape: shape).identity()
  let work = WorkFolder(
    place: try ResultPlace(for: job, identity: identity, records: options.records), identity: identity,
    overwrites: options.overwrites)
  if try work.finished() == nil {
    try work.checkPlace(frameCount: shape.frameCount)
  }
}

/// Gives every picture of the plan to the sink, in order; making them and writing them overlap.
private func write<Sink: FrameSink & ~Copyable>(
  _ plan: FramePlan, of model: FaceModel, as shape: ResultShape, to sink: consuming Sink,
  reporting report: @Sendable (RenderEvent) -> Void
) async throws {
  var sink = sink
  try await forEachInOrder(count: plan.count, limit: model.requestCount + 2) { number in
    try await plan.picture(ofFrame: number, by: model).resized(toWidth: shape.width, height: shape.height)
  } consume: { number, picture in
    try sink.write(picture)
    report(.progressed(RenderProgress(framesWritten: number + 1, frameCount: plan.count)))
  }
  try sink.finish()
}
