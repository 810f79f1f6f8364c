internal import Testing

@testable import MorphKit

struct `Chunks` {
  @Test(arguments: [(1, 1), (239, 1), (240, 1), (241, 2), (480, 2), (481, 3), (100_000_000, 416_667)])
  func `have 240 frames, the last one the rest`(frameCount: Int, count: Int) {
    let chunks = ChunkList(frameCount: frameCount, framesPerChunk: ChunkList.framesPerChunk)
    #expect(chunks.count == count)
    #expect(chunks.numbers == 0..<count)
    #expect(chunks.frames(ofChunk: count - 1).upperBound == frameCount)
  }

  @Test func `follow each other without a gap`() {
    for frameCount in 1...40 {
      for framesPerChunk in [1, 2, 7, 40, 41, Int.max] {
        let chunks = ChunkList(frameCount: frameCount, framesPerChunk: framesPerChunk)
        #expect(chunks.numbers.flatMap(chunks.frames) == Array(0..<frameCount))
        #expect(chunks.numbers.allSatisfy { !chunks.frames(ofChunk: $0).isEmpty })
        for frame in 0..<frameCount {
          #expect(chunks.frames(ofChunk: chunks.chunk(ofFrame: frame)).contains(frame))
        }
      }
    }
  }

  @Test func `are one for a grid`() throws {
    let job = seedMorph(to: "x.png", format: .grid(.init()))
    #expect(job.chunks.count == 1)
    var video = seedMorph(to: "x.mp4", format: .video(.init()))
    video.content = .sample(SeedList([0...999]))
    #expect(video.chunks.count == 5)
    video.output.format = .grid(.init())
    #expect(video.chunks.count == 1)
  }
}
