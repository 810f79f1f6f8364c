/// Writes frames in order into chunks, each through a sink of its own.
///
/// A chunk is kept when its last frame was written.
struct PieceWriter<Sink: FrameSink & ~Copyable>: ~Copyable {
  private let chunks: ChunkList
  private let work: WorkFolder
  private let open: (_ path: String, _ frames: Range<Int>) throws -> Sink
  private var sink: Sink?
  private var path = ""
  private(set) var pieces: [Int: Piece] = [:]

  /// `open` makes the sink of a chunk's frames.
  init(
    _ chunks: ChunkList, in work: WorkFolder,
    open: @escaping (_ path: String, _ frames: Range<Int>) throws -> Sink
  ) {
    self.chunks = chunks
    self.work = work
    self.open = open
  }

  mutating func write(_ frame: Sink.Frame, number: Int) throws {
    let chunk = chunks.chunk(ofFrame: number)
    let frames = chunks.frames(ofChunk: chunk)
    if number == frames.lowerBound {
      path = work.temporaryPath()
      sink = try open(path, frames)
    }
    try sink?.write(frame)
    if number == frames.upperBound - 1 {
      try sink.take()?.finish()
      pieces[chunk] = try work.keep(path, asChunk: chunk)
    }
  }
}
