internal import FoundationEssentials

/// Renders a job, top to bottom: read this first.
///
/// Every stage is a value or a function, and data flows one way: inputs, latents, the plan of all frames, pictures,
/// chunks, one result. Equal jobs give equal bytes, whatever the threads and interruptions. Throws `MorphError` for
/// what the user can mend, and `CancellationError` when the task is cancelled; in both cases finished chunks are left
/// for the next run, and nothing unfinished.
public func render(
  _ job: MorphJob, options: RenderOptions,
  reporting report: @escaping @Sendable (RenderEvent) -> Void = { _ in }
) async throws -> RenderResult {
  let started = Date()
  let shared = options.shared ?? SharedReads()
  let prepared = try PreparedJob(job, options: options, shared: shared)
  let (inputs, shape, work) = (prepared.inputs, prepared.shape, prepared.work)
  let task: ChunkTask
  do {
    if let record = try work.finished() ?? work.resumed() { return prepared.result(record, isNew: false) }
    try work.checkPlace(frameCount: shape.frameCount)
    task = try ChunkTask(options.share, of: prepared.chunks, in: work)
    guard task.completes || !task.toMake.isEmpty else {
      return RenderResult(path: work.place.path, task)
    }
    try work.open(keepingForOthers: !task.completes)
  } catch {
    guard let record = try await work.finishedMeanwhile() else { throw error }
    return prepared.result(record, isNew: false)
  }

  do {
    report(.started(shape.summary.drawn(by: inputs.model, of: job)))
    if let note = prepared.detailNote { report(.detail(note)) }
    let (model, photos, reader) = try await readPhotos(
      of: prepared, options: options, sharing: shared, reporting: report)
    for note in prepared.notes(on: photos) { report(.detail(note)) }
    let made: [Int: Piece]
    var (pace, ranking, heldOut): (PacePlan?, DimensionRanking?, LatentDirection.HeldOut?)
    if case .latents(let format) = job.output.format {
      (made, heldOut) = try await makeLatents(of: task, for: prepared, as: format, from: reader, by: model)
    } else {
      ranking = try await rankDimensions(of: prepared, photos: photos, by: model, reader: reader)
      if let ranking { report(.ranked(ranking)) }
      let prepared = prepared.ranked(by: ranking)
      var plan = try await FramePlan(prepared, photos: photos, reader: reader, by: model)
      pace = try await followEvenPace(&plan, of: prepared, by: model, isKept: true)
      if let pace { report(.paced(pace.transitions)) }
      made = try await makeChunks(of: task, for: prepared, from: plan, by: model, reporting: report)
    }
    let piece =
      task.completes ? try task.result ?? joinChunks(task.found.merging(made) { $1 }, of: prepared) : nil
    // Another process that has published the same job takes this folder away, perhaps while a piece was being read.
    if let record = try work.finished() { return prepared.result(record, isNew: false) }
    guard let piece else {
      work.leave()
      return RenderResult(path: work.place.path, task)
    }
    var record = RunRecord(
      of: job, facts: prepared.facts, identity: prepared.identity, inputs: inputs, photos: photos,
      pace: pace, shape: shape, place: work.place, digest: piece.digest, started: started)
    (record.heldOut, record.dimensions) = (heldOut, ranking)
    let singles = try work.singles?.work.keptResult()
    record.singles = work.recordedSingles(singles?.digest)
    try work.publish(piece.path, singles: singles?.path, with: record)
    return prepared.result(record, isNew: true)
  } catch {
    work.leave()
    // Another process may have finished the same job, and taken the work folder away.
    if !Task.isCancelled, let record = try await work.finishedMeanwhile() {
      return prepared.result(record, isNew: false)
    }
    throw error
  }
}

/// Loads the model, and makes points of the photos.
func readPhotos(
  of prepared: PreparedJob, options: RenderOptions, sharing shared: SharedReads,
  reporting report: @escaping @Sendable (RenderEvent) -> Void
) async throws -> (FaceModel, [ReadPhoto], LatentReader) {
  let (job, inputs, shape) = (prepared.job, prepared.inputs, prepared.shape)
  // Networks are compiled while photos are read.
  async let loading = options.loaded.model(
    in: inputs.model, parts: job.modelParts, threads: options.threads)
  let aligner = try PhotoAligner(
    for: inputs.model, looksForFaces: inputs.faceFinder != nil, size: job.alignedSize(shape),
    margin: job.margin, measuresShapes: inputs.detail != nil, options: options)
  let aligned = try await alignPhotos(
    of: job, inputs: inputs, with: aligner, sharing: shared, reporting: report)
  let model = try await loading
  try await model.checkOnce(options)
  let photos = try await encode(aligned, by: model, inputs: inputs, sharing: shared, reporting: report)
  return (model, photos, LatentReader(inputs: inputs, aligner: aligner, shared: shared, report: report))
}

/// Gives a plan the times of an even pace, from the first process that measured them, or measured now.
///
/// `nil` for a job of another pace.
func followEvenPace(
  _ plan: inout FramePlan, of prepared: PreparedJob, by model: FaceModel, isKept: Bool
) async throws -> PacePlan? {
  guard prepared.job.pace == .even, let path = plan.path else { return nil }
  let pace: PacePlan = try await prepared.work.measuredOnce(
    isKept: isKept, fits: { $0.fits(path.timeline) },
    measure: { [plan] in
      try await PacePlan(measuring: path, limit: model.requestCount + 2) { position in
        try await plan.nativePicture(at: position, by: model)
      }
    })
  plan.follow(pace)
  return pace
}

/// The order of a traversal's dimensions, from the first process that measured them, or measured now.
///
/// `nil` for a job in which there is nothing to measure.
private func rankDimensions(
  of prepared: PreparedJob, photos: [ReadPhoto], by model: FaceModel, reader: LatentReader
) async throws -> DimensionRanking? {
  guard case .traverse(let traversal) = prepared.job.content, traversal.dimensionsInOrder == nil else {
    return nil
  }
  let start = FramePlan.points(of: [traversal.keyframe], prepared, photos: photos)[0].latent
  let measured: MeasuredDimensions = try await prepared.work.measuredOnce(
    isKept: true, fits: { $0.fits(traversal) },
    measure: { try await MeasuredDimensions(of: traversal, from: start, by: model, reader: reader) })
  return measured.ranking
}

/// The job with the times that an even pace gives it, as a run would read or measure them; another job as it is.
///
/// Leaves nothing. Throws what `render` would before the first frame.
public func paced(_ job: MorphJob, options: RenderOptions) async throws -> MorphJob {
  guard job.pace == .even, case .morph(let keyframes, _) = job.content else { return job }
  let shared = options.shared ?? SharedReads()
  let prepared = try PreparedJob(job, options: options, shared: shared)
  let (model, photos, reader) = try await readPhotos(of: prepared, options: options, sharing: shared) { _ in }
  var plan = try await FramePlan(prepared, photos: photos, reader: reader, by: model)
  _ = try await followEvenPace(&plan, of: prepared, by: model, isKept: false)
  var job = job
  if let path = plan.path { job.content = .morph(keyframes: keyframes, path.timeline) }
  return job
}

/// Makes the chunks of a task, through sinks of the result's kind; the only chunk of a result is the result.
private func makeChunks(
  of task: ChunkTask, for prepared: PreparedJob, from plan: FramePlan, by model: FaceModel,
  reporting report: @Sendable (RenderEvent) -> Void
) async throws -> [Int: Piece] {
  let (job, shape, chunks) = (prepared.job, prepared.shape, task.chunks)
  let name = prepared.work.place.path
  let comment = try prepared.facts.comment(identity: prepared.identity)
  let xmp = prepared.digitalSource?.xmp
  switch job.output.format {
  case .video(let settings):
    let writer = PieceWriter(chunks, in: prepared.work) { path, _ in
      try VideoSink(
        creating: path, name: name, settings: settings, width: shape.width, height: shape.height,
        framesPerEncoder: chunks.framesPerChunk, comment: chunks.count == 1 ? comment : nil,
        xmp: chunks.count == 1 ? xmp : nil)
    }
    return try await write(task, of: plan, by: model, as: shape, to: writer, reporting: report)
  case .grid(let settings):
    let writer = PieceWriter(chunks, in: prepared.work) { path, _ in
      try SheetSink(for: prepared, settings, creating: path, name: name, comment: comment)
    }
    return try await write(task, of: plan, by: model, as: shape, to: writer, reporting: report)
  case .frames:
    let (fileName, table) = (job.frameNames, job.table)
    let writer = PieceWriter(chunks, in: prepared.work) { path, frames in
      try FrameFolderSink(
        creating: path, name: name, comment: comment, xmp: xmp, table: frames.lowerBound == 0 ? table : nil,
        fileName: { fileName(frames.lowerBound + $0) })
    }
    return try await write(task, of: plan, by: model, as: shape, to: writer, reporting: report)
  case .latents:
    preconditionFailure("a file of latents has no pictures")
  }
}

/// Makes a file of latents, which is one piece.
private func makeLatents(
  of task: ChunkTask, for prepared: PreparedJob, as format: MorphJob.LatentFormat, from reader: LatentReader,
  by model: FaceModel
) async throws -> ([Int: Piece], LatentDirection.HeldOut?) {
  guard !task.toMake.isEmpty else { return ([:], nil) }
  let (faces, heldOut) = try await reader.faces(of: prepared.job, by: model)
  let path = prepared.work.temporaryPath()
  try faces.write(to: path, name: prepared.work.place.path, as: format)
  return ([0: try prepared.work.keep(path)], heldOut)
}

/// Gives every picture of a task's chunks to the writer, in order; making them and writing them overlap, also from
/// one chunk to the next.
private func write<Sink: FrameSink & ~Copyable>(
  _ task: ChunkTask, of plan: FramePlan, by model: FaceModel, as shape: ResultShape,
  to writer: consuming PieceWriter<Sink>, reporting report: @Sendable (RenderEvent) -> Void
) async throws -> [Int: Piece] {
  var writer = writer
  var progress = RenderProgress(
    framesWritten: task.foundFrameCount, framesFound: task.foundFrameCount,
    frameCount: task.foundFrameCount + task.frameCount)
  // While a row of a grid is written, the pictures of the next one can be made.
  let wanted = model.requestCount + 2 + (shape.sheets?.layout.readAhead ?? 0)
  try await forEachInOrder(count: task.frameCount, limit: shape.picturesInFlight(wanted)) { index in
    let picture: Sink.Frame = try await plan.picture(ofFrame: task.frame(at: index), by: model)
    return picture
  } consume: { index, picture in
    try writer.write(picture, number: task.frame(at: index))
    progress.framesWritten += 1
    report(.progressed(progress))
  }
  return writer.pieces
}

/// Puts all chunks together, or returns the only one.
private func joinChunks(_ pieces: [Int: Piece], of prepared: PreparedJob) throws -> Piece {
  let work = prepared.work
  let inOrder = prepared.chunks.numbers.compactMap { pieces[$0] }
  precondition(inOrder.count == prepared.chunks.count, "a piece of every chunk")
  guard inOrder.count > 1 else { return inOrder[0] }
  let joined = work.temporaryPath()
  try join(
    inOrder.map(\.path), creating: joined, as: prepared.job.output.format, name: work.place.path,
    comment: prepared.facts.comment(identity: prepared.identity), xmp: prepared.digitalSource?.xmp)
  return try work.keepResult(joined)
}
