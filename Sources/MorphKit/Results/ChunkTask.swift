/// What a run has to do for one job: what it finds finished, and what it makes.
struct ChunkTask: Sendable {
  let chunks: ChunkList
  /// The whole result, when it is finished and has only to be published.
  let result: Piece?
  /// Finished chunks of those that the run looks at.
  let found: [Int: Piece]
  /// The chunks that it makes, in order.
  let toMake: [Int]
  /// The chunks that are not there and are not its own to make.
  let missing: [Int]

  /// Looks into the work folder; pieces whose content doesn't fit their name are removed.
  init(_ share: ChunkShare, of chunks: ChunkList, in work: WorkFolder) throws(MorphError) {
    self.chunks = chunks
    let own = chunks.numbers.filter(share.takes)
    result = share.joins || (chunks.count == 1 && !own.isEmpty) ? try work.keptResult() : nil
    guard result == nil else {
      (found, toMake, missing, completes) = ([:], [], [], true)
      return
    }
    // Those of other shards are looked at by the run that joins them.
    let found = try work.keptChunks(share.joins ? Array(chunks.numbers) : own)
    self.found = found
    toMake = own.filter { found[$0] == nil }
    missing =
      share.joins
      ? chunks.numbers.filter { found[$0] == nil && !share.takes($0) }
      : try work.missingChunks().filter { !share.takes($0) }
    completes = missing.isEmpty && (share.joins || chunks.count == 1)
  }

  /// Whether the run ends with the result.
  let completes: Bool

  var foundFrameCount: Int { found.keys.reduce(0) { $0 + chunks.frames(ofChunk: $1).count } }

  /// How many frames it makes.
  var frameCount: Int { toMake.reduce(0) { $0 + chunks.frames(ofChunk: $1).count } }

  /// The number in the result of the frame that is made after `index` others.
  func frame(at index: Int) -> Int {
    // Only the last chunk may be shorter, and it is made last.
    toMake[index / chunks.framesPerChunk] * chunks.framesPerChunk + index % chunks.framesPerChunk
  }
}
