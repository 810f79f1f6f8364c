/// How many jobs are run.
public struct BatchOptions: Sendable {
  public var render: RenderOptions
  /// Whether the jobs after one that fails are run all the same.
  public var keepsGoing: Bool
  /// Whether only jobs are run that failed before.
  public var retriesFailed: Bool
  /// How many jobs are rendered at once.
  public var jobsInFlight: Int
  /// Which part of the work is done.
  public var part = Part.all

  public enum Part: Equatable, Sendable {
    case all
    /// Every so many-th chunk of the run, counted over all jobs in their order.
    case shard(Shard)
    /// What shards made is put together.
    case joining
  }

  public init(
    render: RenderOptions, keepsGoing: Bool = false, retriesFailed: Bool = false, jobsInFlight: Int = 1
  ) {
    precondition(jobsInFlight > 0, "no job could be run")
    self.render = render
    self.keepsGoing = keepsGoing
    self.retriesFailed = retriesFailed
    self.jobsInFlight = jobsInFlight
  }
}

/// What `renderAll` tells while it works; a job is named by its place among all, from 0.
public enum BatchEvent: Sendable {
  /// Everything was checked: how many jobs are to be rendered, of how many.
  case started(jobs: Int, of: Int)
  case rendering(job: Int, RenderEvent)
  case finished(job: Int, RenderResult)
  /// The sentence to tell; `again` when an earlier run found out, and it was not tried again.
  case failed(job: Int, reason: String, again: Bool)
  /// An earlier result is kept, since it may not be overwritten.
  case kept(job: Int, reason: String)
}

/// How a run of many jobs ended.
public struct BatchSummary: Equatable, Sendable {
  public var done = 0
  public var upToDate = 0
  public var failed = 0
  /// Jobs whose results are out of date and were kept.
  public var kept = 0
  /// Jobs of which chunks are missing or not yet joined.
  public var incomplete = 0
  /// Jobs that did not fail before, when only such ones were run.
  public var passedOver = 0
}
