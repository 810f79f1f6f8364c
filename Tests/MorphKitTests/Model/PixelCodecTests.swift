internal import Testing

@testable import MorphKit

struct `Pixel codec` {
  private func codec(
    width: Int = 2, height: Int = 1, channels: ModelDescription.Channels = .rgb,
    layout: ModelDescription.Layout = .nchw, activation: ModelDescription.Activation = .none,
    black: Float = 0, white: Float = 1
  ) -> PixelCodec {
    PixelCodec(
      format: .init(width: width, height: height, channels: channels, layout: layout, activation: activation),
      range: .init(black: black, white: white, channelCount: channels.count))
  }

  private let picture = Image(width: 2, height: 1, pixels: [0, 51, 102, 153, 204, 255])

  private func close(_ found: [Float], _ expected: [Float]) -> Bool {
    largestDifference(found, expected) < 1e-6
  }

  @Test func `puts channels first or last, red or blue first`() {
    #expect(close(codec().values(of: picture), [0, 0.6, 0.2, 0.8, 0.4, 1]))
    #expect(close(codec(layout: .nhwc).values(of: picture), [0, 0.2, 0.4, 0.6, 0.8, 1]))
    #expect(close(codec(channels: .bgr).values(of: picture), [0.4, 1, 0.2, 0.8, 0, 0.6]))
    #expect(close(codec(channels: .bgr, layout: .nhwc).values(of: picture), [0.4, 0.2, 0, 1, 0.8, 0.6]))
  }

  @Test func `weighs colours to grey as BT 601 does`() {
    let values = codec(channels: .gray).values(of: picture)
    // 0.587 × 51 + 0.114 × 102, and 0.299 × 153 + 0.587 × 204 + 0.114 × 255.
    #expect(close(values, [41.565 / 255, 194.565 / 255]))
  }

  @Test func `takes the numbers of black and white`() {
    #expect(close(codec(black: -1, white: 1).values(of: picture), [-1, 0.2, -0.6, 0.6, -0.2, 1]))
    #expect(codec(black: 0, white: 255).values(of: picture) == [0, 153, 51, 204, 102, 255])
    #expect(close(codec(black: 1, white: 0).values(of: picture), [1, 0.4, 0.8, 0.2, 0.6, 0]))
  }

  @Test func `takes a mean and a deviation for each channel, in the network's order`() {
    let range = ModelDescription.PixelRange(factors: [1, 2, 4], offsets: [0.5, 0, -1])
    func values(_ channels: ModelDescription.Channels) -> [Float] {
      let format = ModelDescription.ImageFormat(
        width: 2, height: 1, channels: channels, layout: .nchw, activation: .none)
      return PixelCodec(format: format, range: range).values(of: picture)
    }
    #expect(close(values(.rgb), [0.5, 1.1, 0.4, 1.6, 0.6, 3]))
    #expect(close(values(.bgr), [0.9, 1.5, 0.4, 1.6, -1, 1.4]))
  }

  @Test(arguments: ModelDescription.Channels.allCases, ModelDescription.Layout.allCases)
  func `brings every level back`(channels: ModelDescription.Channels, layout: ModelDescription.Layout) {
    let levels = (0..<256).flatMap { level -> [UInt8] in
      let level = UInt8(level)
      return channels == .gray ? [level, level, level] : [level, 255 - level, level ^ 0x55]
    }
    let picture = Image(width: 16, height: 16, pixels: levels)
    let imagenet = ModelDescription.PixelRange(
      factors: [1 / 0.229, 1 / 0.224, 1 / 0.225], offsets: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225])
    let ranges = [(Float(0), Float(1)), (-1, 1), (0, 255), (1, -1)].map {
      ModelDescription.PixelRange(black: $0.0, white: $0.1, channelCount: 3)
    }
    for range in ranges + [imagenet] {
      let format = ModelDescription.ImageFormat(
        width: 16, height: 16, channels: channels, layout: layout, activation: .none)
      let codec = PixelCodec(format: format, range: range)
      #expect(codec.image(from: codec.values(of: picture).span) == picture)
    }
  }

  @Test func `rounds to the nearest level and keeps to 0 and 255`() {
    let codec = codec(width: 8, height: 1, channels: .gray, black: 0, white: 255)
    let values: [Float] = [-1, -0.4, 0.49, 0.51, 1.5, 254.4, 254.6, 300]
    let image = codec.image(from: values.span)
    #expect(stride(from: 0, to: 24, by: 3).map { image.pixels[$0] } == [0, 0, 0, 1, 2, 254, 255, 255])
  }

  @Test(arguments: ModelDescription.Activation.allCases)
  func `makes black of what is undefined, and the ends of what is endless`(
    activation: ModelDescription.Activation
  ) {
    let black: Float = activation == .tanh ? -1 : 0
    let codec = codec(width: 5, height: 1, channels: .gray, activation: activation, black: black)
    let values: [Float] = [.nan, .infinity, -.infinity, 1e38, -1e38]
    let image = codec.image(from: values.span)
    #expect(stride(from: 0, to: 15, by: 3).map { image.pixels[$0] } == [0, 255, 0, 255, 0])
  }

  @Test func `does what a decoder leaves undone`() {
    let sigmoid = codec(width: 3, height: 1, channels: .gray, activation: .sigmoid)
    let logits: [Float] = [0, 1.0986123, -1.0986123]
    #expect(sigmoid.image(from: logits.span).pixels[0] == 128)
    #expect(sigmoid.image(from: logits.span).pixels[3] == 191)
    #expect(sigmoid.image(from: logits.span).pixels[6] == 64)
    let tanh = codec(width: 2, height: 1, channels: .gray, activation: .tanh, black: -1)
    let values: [Float] = [0.5493061, -0.5493061]
    #expect(tanh.image(from: values.span).pixels == [191, 191, 191, 64, 64, 64])
  }
}
