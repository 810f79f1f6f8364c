/// What a run takes from the machine it runs on; none of it changes the result.
public struct RenderOptions: Sendable {
  public var installation: Installation
  /// How many threads compute; `nil` is one for each core that the process may use.
  public var threads: Int?
  /// Whether another file under the result's name may be replaced.
  public var overwrites: Bool
  /// Whether a result whose record says that this job made it is made again when it was damaged or changed since.
  public var mends = false
  /// Which of a job's chunks are made.
  public var share = ChunkShare.all
  /// Another number than the usual one gives other bytes: for tests and measurements.
  package var framesPerChunk = ChunkList.framesPerChunk
  /// The folder that collects records; `nil` puts each beside its result.
  public var records: String?
  /// Where networks stay between runs with the same options.
  public var loaded: LoadedNetworks
  /// What the jobs of one run share; `nil` for a run of one job.
  public var shared: SharedReads?

  public init(
    installation: Installation, threads: Int? = nil, overwrites: Bool = false, records: String? = nil,
    loaded: LoadedNetworks = LoadedNetworks(), shared: SharedReads? = nil
  ) {
    self.installation = installation
    self.threads = threads
    self.overwrites = overwrites
    self.records = records
    self.loaded = loaded
    self.shared = shared
  }
}

/// What `render` tells while it works.
public enum RenderEvent: Sendable {
  /// Everything was checked; what will be made.
  case started(RenderSummary)
  /// A photo shows several faces and the job does not say which.
  case chose(FaceChoice)
  /// How well a photo comes back from the model.
  case matched(PhotoMatch)
  /// What the result lacks of its photos' detail.
  case detail(DetailNote)
  /// How evenly the picture of each transition changes, in a job of an even pace.
  case paced([TransitionPace])
  /// Which dimensions a traversal shows, and what was measured of them.
  case ranked(DimensionRanking)
  case progressed(RenderProgress)
  /// A photo of many shows no face, and does without.
  case leftOut(photo: String)
  /// How many faces that it had not seen a classifier told apart rightly.
  case heldOut(right: Int, of: Int)
}

/// What a run will make.
public struct RenderSummary: Equatable, Sendable {
  public enum Form: String, Sendable {
    case video
    case grid
    case frames
    case latents
  }

  public var form: Form
  /// Keyframes of a morph, or pictures of a grid.
  public var faceCount: Int
  public var frameCount: Int
  /// How long a video plays; `nil` for pictures.
  public var seconds: Double?
  /// The size of the file's picture, in pixels: that of a whole sheet for a grid.
  public var width: Int
  public var height: Int
  /// How many sheets of that size a grid is split into.
  public var sheetCount = 1
  /// What draws, where the model has two decoders.
  public var decoder: DecoderKind?
}

/// How far a run has come.
public struct RenderProgress: Equatable, Sendable {
  /// With those of chunks that were finished before.
  public var framesWritten: Int
  /// How many frames were finished before this run.
  public var framesFound = 0
  public var frameCount: Int
}

/// A finished result, or what a shard has made of one.
public struct RenderResult: Equatable, Sendable {
  public var path: String
  /// The sheets of a grid that was split; otherwise the path alone.
  public var paths: [String]
  /// Whether this run made it; otherwise it was there already, from an equal job.
  public var isNew: Bool
  public var frameCount: Int
  /// Whether it has its name; otherwise there are chunks of it.
  public var isComplete: Bool
  public var chunkCount: Int
  /// The numbers of the chunks that other shards have to make.
  public var missingChunks: [Int]

  /// A result that was found to be there.
  init(upToDate outlook: JobOutlook) {
    path = outlook.path
    paths = outlook.paths
    isNew = false
    frameCount = outlook.frameCount
    isComplete = true
    chunkCount = outlook.chunkCount
    missingChunks = []
  }

  init(at place: ResultPlace, isNew: Bool, record: RunRecord, chunks: ChunkList) {
    path = place.path
    paths = place.files
    self.isNew = isNew
    frameCount = record.result.frames
    isComplete = true
    chunkCount = chunks.count
    missingChunks = []
  }

  /// A result that is not complete.
  init(path: String, _ task: ChunkTask) {
    self.path = path
    paths = [path]
    isNew = !task.toMake.isEmpty
    frameCount = task.chunks.frameCount
    isComplete = false
    chunkCount = task.chunks.count
    missingChunks = task.missing
  }
}
