/// Renders jobs in their order, those that are up to date excepted.
///
/// Each input is read and hashed once, each photo aligned and encoded once, each model loaded once. All jobs are
/// checked before the first is rendered. Unless it keeps going, the first failure ends the run and is thrown; otherwise
/// failures are told and counted, and each is noted beside its result. A job whose photo shows no face, as such a note
/// says, is not tried again while its identity stays. Throws `CancellationError` when the task is cancelled.
public func renderAll(
  _ jobs: [BatchJob], options: BatchOptions,
  reporting report: @escaping @Sendable (BatchEvent) -> Void = { _ in }
) async throws -> BatchSummary {
  try JobFile.refuseSharedOutputs(jobs)
  var options = options
  options.render.shared = options.render.shared ?? SharedReads()
  let batch = Batch(
    jobs: jobs, shares: options.part.shares(of: jobs), options: options, report: report)
  let prospects = try await batch.prospects()
  report(
    .started(
      jobs: prospects.count { if case .toRender = $0 { true } else { false } }, of: jobs.count))
  return try await batch.run(prospects)
}

extension BatchOptions.Part {
  /// The share of each job, chunks being counted over all of them.
  func shares(of jobs: [BatchJob]) -> [ChunkShare] {
    var firstChunk = 0
    return jobs.map { job in
      switch self {
      case .all: return .all
      case .joining: return .none
      case .shard(let shard):
        defer { firstChunk += job.job.chunks.count }
        return .shard(shard, firstChunk: firstChunk)
      }
    }
  }
}

private enum Outcome: Sendable {
  case done
  case upToDate
  case failed
  case kept
  case incomplete
  case passedOver
}

extension BatchSummary {
  fileprivate mutating func count(_ outcome: Outcome) {
    switch outcome {
    case .done: done += 1
    case .upToDate: upToDate += 1
    case .failed: failed += 1
    case .kept: kept += 1
    case .incomplete: incomplete += 1
    case .passedOver: passedOver += 1
    }
  }
}

/// One run of many jobs.
private struct Batch: Sendable {
  let jobs: [BatchJob]
  /// Which chunks of each job are made.
  let shares: [ChunkShare]
  let options: BatchOptions
  let report: @Sendable (BatchEvent) -> Void

  /// What is to be done for a job.
  enum Prospect: Sendable {
    case upToDate(RenderResult)
    case toRender(identity: String)
    case failed(FailureNote, again: Bool)
    case kept(reason: String)
    case passedOver
  }

  /// Looks at every job; throws for the first that can't be rendered, unless the run keeps going.
  func prospects() async throws -> [Prospect] {
    var prospects: [Prospect] = []
    prospects.reserveCapacity(jobs.count)
    try await forEachInOrder(count: jobs.count, limit: 8) { index in
      do {
        return try prospect(jobs[index].job)
      } catch let error as MorphError {
        throw error.of(jobs[index])
      }
    } consume: { _, prospect in
      prospects.append(prospect)
    }
    return prospects
  }

  private func prospect(_ job: MorphJob) throws -> Prospect {
    let note = try FailureNote(atPath: place(of: job).failurePath)
    if options.retriesFailed, note == nil { return .passedOver }
    let outlook: JobOutlook
    do {
      outlook = try MorphKit.outlook(of: job, options: options.render)
      if let obstacle = outlook.obstacle {
        if options.keepsGoing, obstacle.keepsEarlierResult { return .kept(reason: obstacle.description) }
        throw obstacle
      }
    } catch let error as MorphError where options.keepsGoing {
      return .failed(FailureNote(identity: nil, error: error), again: false)
    }
    // What a killed run left beside its finished result is removed by rendering again.
    if outlook.state == .upToDate, kind(ofPath: try place(of: job).partsPath) == .nothing {
      return .upToDate(RenderResult(upToDate: outlook))
    }
    if options.keepsGoing || options.retriesFailed, let note, note.isFinal, note.identity == outlook.identity
    {
      return .failed(note, again: true)
    }
    return .toRender(identity: outlook.identity)
  }

  func run(_ prospects: [Prospect]) async throws -> BatchSummary {
    var summary = BatchSummary()
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      var inFlight = 0
      func takeOne() async throws {
        guard let outcome = try await group.next() else { return }
        inFlight -= 1
        summary.count(outcome)
      }
      for (index, prospect) in prospects.enumerated() {
        guard case .toRender(let identity) = prospect else {
          // In the order of the jobs, as long as they are rendered one by one.
          if options.jobsInFlight == 1, inFlight > 0 {
            try await takeOne()
          }
          summary.count(try settle(index, prospect))
          continue
        }
        if inFlight == options.jobsInFlight {
          try await takeOne()
        }
        try Task.checkCancellation()
        group.addTask { try await render(index, identity: identity) }
        inFlight += 1
      }
      while inFlight > 0 {
        try await takeOne()
      }
    }
    return summary
  }

  private func settle(_ index: Int, _ prospect: Prospect) throws -> Outcome {
    switch prospect {
    case .upToDate(let result):
      try FailureNote.remove(at: place(of: jobs[index].job))
      report(.finished(job: index, result))
      return .upToDate
    case .failed(let note, let again):
      try note.leave(at: place(of: jobs[index].job))
      report(.failed(job: index, reason: note.reason, again: again))
      return .failed
    case .kept(let reason):
      try FailureNote.remove(at: place(of: jobs[index].job))
      report(.kept(job: index, reason: reason))
      return .kept
    case .passedOver: return .passedOver
    case .toRender: preconditionFailure("the job is to be rendered")
    }
  }

  private func render(_ index: Int, identity: String) async throws -> Outcome {
    let job = jobs[index].job
    var options = options
    options.render.share = shares[index]
    do {
      let result = try await MorphKit.render(job, options: options.render) { event in
        report(.rendering(job: index, event))
      }
      // A shard that makes none of its chunks has not found out whether it would fail.
      if result.isComplete || result.isNew {
        try FailureNote.remove(at: place(of: job))
      }
      report(.finished(job: index, result))
      guard result.isComplete else { return .incomplete }
      return result.isNew ? .done : .upToDate
    } catch let error where options.keepsGoing && !(error is CancellationError) && !Task.isCancelled {
      let note = FailureNote(identity: identity, error: error)
      // What can't be joined yet has not failed.
      if options.part != .joining { try note.leave(at: place(of: job)) }
      report(.failed(job: index, reason: note.reason, again: false))
      return .failed
    } catch let error as MorphError {
      throw error.of(jobs[index])
    }
  }

  private func place(of job: MorphJob) throws -> ResultPlace {
    try ResultPlace(for: job, identity: "", records: options.render.records)
  }
}

extension MorphError {
  /// With the place of the job that it is about, as a run that keeps going tells it.
  fileprivate func of(_ job: BatchJob) -> MorphError {
    var error = self
    error.subject = "\(job.label): \(subject)"
    return error
  }
}
