/// The chunks that a result is made in: runs of 240 frames, the last one shorter.
///
/// A chunk is finished, kept and made anew as a whole, by any process on any machine.
public struct ChunkList: Equatable, Sendable {
  public let frameCount: Int
  public let framesPerChunk: Int

  /// How many frames a chunk has.
  ///
  /// An encoder starts afresh at each, so another number gives other bytes.
  public static let framesPerChunk = 240

  init(frameCount: Int, framesPerChunk: Int) {
    precondition(frameCount > 0 && framesPerChunk > 0, "a chunk has frames")
    self.frameCount = frameCount
    self.framesPerChunk = framesPerChunk
  }

  public var count: Int { (frameCount - 1) / framesPerChunk + 1 }

  /// The numbers of all chunks.
  public var numbers: Range<Int> { 0..<count }

  public func frames(ofChunk number: Int) -> Range<Int> {
    precondition(numbers.contains(number), "no chunk of this number")
    let first = number * framesPerChunk
    return first..<first + min(framesPerChunk, frameCount - first)
  }

  public func chunk(ofFrame number: Int) -> Int { number / framesPerChunk }
}

extension MorphJob {
  /// The chunks that it is rendered in; a PNG grid is one piece.
  public var chunks: ChunkList { ChunkList(of: self, frameCount: pictureCount) }
}

extension ChunkList {
  /// `frameCount` frames of a job's result.
  init(of job: MorphJob, frameCount: Int, framesPerChunk: Int = ChunkList.framesPerChunk) {
    if case .grid = job.output.format {
      self.init(frameCount: frameCount, framesPerChunk: frameCount)
    } else {
      self.init(frameCount: frameCount, framesPerChunk: framesPerChunk)
    }
  }
}
