internal import Testing

@testable import MorphKit

struct `Shape of a result` {
  private func model(width: Int, height: Int) -> ModelDescription {
    let range = ModelDescription.PixelRange(black: 0, white: 1, channelCount: 3)
    return ModelDescription(
      name: "test", decoder: .init(file: "d.onnx", range: range),
      image: .init(width: width, height: height, channels: .rgb, layout: .nchw, activation: .none),
      latent: .init(shape: [2], scale: [1], shift: [0]), prior: .standard)
  }

  private func shape(
    _ content: MorphJob.Content, _ format: MorphJob.Format, size: MorphJob.PictureSize = .native,
    width: Int = 128, height: Int = 128
  ) throws(MorphError) -> ResultShape {
    try ResultShape(
      of: MorphJob(
        content: content, model: "m", alignsFaces: true, size: size,
        output: .init(path: "x", format: format)),
      model: model(width: width, height: height))
  }

  private func morph(frames: Int) -> MorphJob.Content {
    .morph(
      keyframes: [.seed(1), .seed(2)], Timeline(transitionLengths: [frames - 1], frameRate: .thirty))
  }

  @Test(arguments: [
    (128, 128, 512, 512), (64, 64, 512, 512), (100, 60, 600, 360), (511, 300, 1022, 600),
    (512, 512, 512, 512),
    (1024, 512, 1024, 512), (32, 32, 512, 512), (178, 218, 534, 654),
  ])
  func `a small video is enlarged by the smallest whole factor that reaches 512`(
    width: Int, height: Int, newWidth: Int, newHeight: Int
  ) throws {
    let shape = try shape(morph(frames: 61), .video(.init()), size: .automatic, width: width, height: height)
    #expect((shape.width, shape.height) == (newWidth, newHeight))
  }

  @Test(arguments: [(256, 256, 128), (100, 100, 50), (33, 33, 17), (200, 200, 100)])
  func `a stated size is that of the longer side`(side: Int, width: Int, height: Int) throws {
    let shape = try shape(
      morph(frames: 61), .video(.init()), size: .longerSide(side), width: 128, height: 64)
    #expect((shape.width, shape.height) == (width, height))
  }

  @Test func `a short morph stands in one row, a longer one in a near-square grid`() throws {
    #expect(try shape(morph(frames: 17), .grid(.init())).columns == 17)
    #expect(try shape(morph(frames: 18), .grid(.init())).columns == 5)
    #expect(try shape(morph(frames: 17), .grid(.init(columns: 4))).columns == 4)
    #expect(try shape(.sample(SeedList([0...15])), .grid(.init())).columns == 4)
  }

  @Test func `a photo and its reconstruction share a column`() throws {
    let photos = (0..<5).map { PhotoReference(path: "\($0).jpg") }
    let shape = try shape(.reconstruct(photos), .grid(.init()))
    #expect((shape.columns, shape.frameCount) == (3, 12))
    #expect(
      shape.summary
        == RenderSummary(
          form: .grid, faceCount: 5, frameCount: 12, seconds: nil, width: 3 * 130 + 2, height: 4 * 130 + 2))
  }

  @Test func `a summary counts keyframes, frames and seconds`() throws {
    let summary = try shape(morph(frames: 61), .video(.init()), size: .automatic).summary
    #expect(
      summary
        == RenderSummary(
          form: .video, faceCount: 2, frameCount: 61, seconds: 61.0 / 30, width: 512, height: 512))
    #expect(try shape(morph(frames: 5), .frames(.folder)).summary.form == .frames)
  }

  @Test func `what no file can hold is refused before anything is made`() {
    var error = #expect(throws: MorphError.self) {
      try shape(.sample(SeedList([0...9_999_999])), .grid(.init(columns: 1)))
    }
    #expect(error?.problem == .output(.gridTooLarge(width: 132, height: 1_300_000_002)))
    error = #expect(throws: MorphError.self) {
      try shape(morph(frames: 2), .video(.init()), width: 20_000)
    }
    #expect(error?.problem == .output(.videoTooLarge(width: 20_000, height: 128)))
    error = #expect(throws: MorphError.self) {
      try shape(morph(frames: 2), .frames(.folder), size: .longerSide(16_384))
    }
    #expect(error?.problem == .output(.pictureTooLarge(width: 16_384, height: 16_384)))
  }

  @Test func `fewer pictures are alive the larger they are`() throws {
    let sizes = [(128, 10), (2_048, 10), (4_096, 3), (8_192, 1), (11_000, 1)]
    for (side, count) in sizes {
      let shape = try shape(morph(frames: 2), .frames(.folder), size: .longerSide(side))
      #expect(shape.picturesInFlight(10) == count)
    }
  }
}
