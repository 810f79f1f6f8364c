/// How far a job has come.
public struct JobStatus: Equatable, Sendable, Encodable {
  public enum State: String, Sendable, CaseIterable, Encodable {
    /// The result is there, as this job makes it.
    case done
    /// Chunks of it are there.
    case partial
    /// An earlier run found that it can't be made, or what it reads is missing.
    case failed
    /// A result is there, but not as this job makes it now.
    case stale
    /// Nothing is there.
    case waiting
  }

  /// Where the job was stated.
  public var job: String
  /// Where the result goes; `nil` when that could not be told.
  public var output: String?
  public var state: State
  /// Why it is failed or stale.
  public var reason: String?
  public var frames: Int
  public var chunks: Int
  /// The numbers of the chunks that are not there.
  public var missingChunks: ChunkNumbers
  /// Whether an equal run fails again for certain.
  public var isFinal = false
  /// Of a finished result.
  public var result: Result?

  /// What the record of a finished result says.
  public struct Result: Equatable, Sendable, Encodable {
    public var width: Int
    public var height: Int
    /// How long a video plays.
    public var seconds: Double?
    /// How many sheets a grid has, where there are several.
    public var sheets: Int?
    /// When the run started, in UTC.
    public var started: String
    public var secondsTaken: Double
    public var matches: [Match]
  }

  /// How a photo came back from the model.
  public struct Match: Equatable, Sendable, Encodable {
    /// The photo's file name.
    public var photo: String
    /// In dB; `nil` where the picture came back exactly.
    public var psnr: Double?
    /// `good`, `fair` or `poor`; `nil` for a model that states no thresholds.
    public var grade: String?
  }
}

/// Looks at what is there of each job, in their order; makes and changes nothing.
public func status(of jobs: [BatchJob], options: RenderOptions) async throws -> [JobStatus] {
  var options = options
  options.shared = options.shared ?? SharedReads()
  let shared = options
  var statuses: [JobStatus] = []
  try await forEachInOrder(count: jobs.count, limit: 8) { index in
    try JobStatus(jobs[index], options: shared)
  } consume: { _, status in
    statuses.append(status)
  }
  return statuses
}

extension JobStatus {
  fileprivate init(_ batchJob: BatchJob, options: RenderOptions) throws {
    let job = batchJob.job
    self.init(
      job: batchJob.label, output: job.output.path, state: .waiting, frames: job.frameCount,
      chunks: job.chunks.count, missingChunks: ChunkNumbers(job.chunks.numbers))
    let outlook: JobOutlook
    do {
      outlook = try MorphKit.outlook(of: job, options: options)
    } catch let error as MorphError {
      (state, reason) = (.failed, error.description)
      return
    }
    output = outlook.path
    missingChunks = outlook.missingChunks
    let place = try ResultPlace(for: job, identity: outlook.identity, records: options.records)
    switch outlook.state {
    case .upToDate:
      state = .done
      let thresholds = try options.shared?.model(at: job.model, decoder: job.decoder).description.match
      result = RunRecord(atPath: place.recordPath).map { Result($0, thresholds: thresholds) }
    case .begun: state = .partial
    case .outOfDate(let reasons): (state, reason) = (.stale, reasons.joined(separator: ", "))
    case .new: state = .waiting
    }
    if state != .done, let note = FailureNote(atPath: place.failurePath),
      note.identity == nil || note.identity == outlook.identity
    {
      (state, reason, isFinal) = (.failed, note.reason, note.isFinal)
    } else if state != .stale, let obstacle = outlook.obstacle {
      (state, reason) = (.failed, obstacle.description(behind: outlook.path))
    }
  }
}

extension JobStatus.Result {
  init(_ record: RunRecord, thresholds: ModelDescription.MatchThresholds?) {
    width = record.result.width
    height = record.result.height
    seconds = record.result.seconds
    sheets = record.result.sheets
    started = record.started
    secondsTaken = record.secondsTaken
    matches = record.photos.map { photo in
      JobStatus.Match(
        photo: record.inputs.indices.contains(photo.input) ? fileName(record.inputs[photo.input].path) : "?",
        psnr: photo.psnr,
        grade: thresholds.map { PhotoMatch.Grade(psnr: photo.psnr ?? .infinity, thresholds: $0).rawValue })
    }
  }
}

/// The shards of a run in `count` parts that still have chunks to make, in order.
///
/// Jobs that fail again for certain have none.
public func shardsWithWork(_ statuses: [JobStatus], of count: Int) -> [Int] {
  var shards: Set<Int> = []
  var firstChunk = 0
  for status in statuses {
    if status.state != .done, !status.isFinal {
      for range in status.missingChunks.ranges {
        // After as many chunks as there are shards, the shards repeat.
        shards.formUnion(range.prefix(count).map { (firstChunk + $0) % count + 1 })
      }
    }
    firstChunk += status.chunks
  }
  return shards.sorted()
}
