import Testing
import VideoFiles

struct `Video picture` {
  @Test func `the file tells codec, pixel format and all four colour fields`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    try writeVideo(to: path, format: .test(width: 64, height: 48), frameCount: 2)
    let facts = try VideoReader(opening: path).facts
    #expect(facts.width == 64)
    #expect(facts.height == 48)
    #expect(facts.codec == "h264")
    #expect(facts.pixelFormat == "yuv420p")
    #expect(facts.colour == .highDefinition)
  }

  @Test func `flat patches keep their colour within 3 levels`() throws {
    let colours: [[UInt8]] = [
      [220, 60, 90], [0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [128, 128, 128],
      [12, 200, 190], [250, 240, 10], [90, 30, 140], [233, 190, 160], [70, 40, 30],
    ]
    let (columns, patch) = (4, 16)
    let (width, height) = (columns * patch, colours.count / columns * patch)
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += colours[y / patch * columns + x / patch] }
    }
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    var writer = try VideoWriter(creating: path, format: .test(width: width, height: height))
    for _ in 0..<5 { try writer.append(pixels.span) }
    try writer.finish()

    for frame in try frames(of: path) {
      // Colour has half the resolution: a patch's rim mixes with its neighbour, its inside does not.
      for (index, colour) in colours.enumerated() {
        let (left, top) = (index % columns * patch, index / columns * patch)
        var inside: [UInt8] = []
        for y in (top + 4)..<(top + 12) {
          let start = (y * width + left + 4) * 3
          inside += frame.pixels[start..<(start + 8 * 3)]
        }
        let expected = (0..<64).flatMap { _ in colour }
        #expect(largestDifference(inside, expected) <= 3, "patch \(colour)")
      }
    }
  }

  @Test func `frames come back in the order that they were given`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    let greys = (0..<250).map { UInt8(($0 * 37) % 200 + 20) }
    var writer = try VideoWriter(creating: path, format: .test(preset: "medium"))
    for grey in greys { try writer.append([UInt8](repeating: grey, count: 32 * 32 * 3).span) }
    try writer.finish()
    let frames = try frames(of: path)
    #expect(frames.count == greys.count)
    for (frame, grey) in zip(frames, greys) {
      let middle = frame.pixels[(16 * 32 + 16) * 3]
      #expect(abs(Int(middle) - Int(grey)) <= 3)
    }
  }

  /// The encoder of four threads keeps many pictures back.
  @Test func `a picture may be overwritten as soon as it was added, and one that was read stays`() throws {
    let folder = try TemporaryFolder()
    let format = VideoFormat.test(width: 320, height: 208, preset: "medium", framesPerEncoder: 50)
    try writeVideo(to: folder.file("apart.mp4"), format: format, frameCount: 60)
    var writer = try VideoWriter(creating: folder.file("overwritten.mp4"), format: format)
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 320 * 208 * 3)
    defer { memory.deallocate() }
    for frame in 0..<60 {
      _ = memory.update(fromContentsOf: movingPicture(frame, width: 320, height: 208))
      try writer.append(UnsafeBufferPointer(memory).span)
      memory.update(repeating: 0xFF)
    }
    try writer.finish()
    let kept = try frames(of: folder.file("overwritten.mp4"))
    var reader = try VideoReader(opening: folder.file("apart.mp4"))
    for frame in kept { #expect(try reader.next() == frame) }
    #expect(kept.count == 60)
    #expect(largestDifference(kept[0].pixels, movingPicture(0, width: 320, height: 208)) < 64)
  }

  @Test(arguments: [(31, 33), (32, 33), (31, 32), (1, 1), (16, 2)])
  func `an odd side is padded by one repeated row or column`(width: Int, height: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("video.mp4")
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width { pixels += [UInt8](repeating: UInt8(40 + 4 * x + y), count: 3) }
    }
    var writer = try VideoWriter(creating: path, format: .test(width: width, height: height, crf: 1))
    try writer.append(pixels.span)
    try writer.finish()

    let facts = try VideoReader(opening: path).facts
    #expect(facts.width == width + width % 2)
    #expect(facts.height == height + height % 2)
    let frame = try #require(try frames(of: path).first)
    var padded: [UInt8] = []
    for y in 0..<facts.height {
      for x in 0..<facts.width {
        let start = (min(y, height - 1) * width + min(x, width - 1)) * 3
        padded += pixels[start..<(start + 3)]
      }
    }
    #expect(largestDifference(frame.pixels, padded) <= 4)
  }
}
