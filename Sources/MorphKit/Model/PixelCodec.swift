internal import Glibc

/// Turns pictures into a network's numbers and back.
struct PixelCodec: Sendable {
  let format: ModelDescription.ImageFormat
  let range: ModelDescription.PixelRange

  /// How many numbers a picture is.
  var valueCount: Int { format.width * format.height * format.channels.count }

  /// The network's input for a picture of the model's size.
  func values(of image: Image) -> [Float] {
    precondition(
      image.width == format.width && image.height == format.height, "a picture of the model's size")
    let pixelCount = image.width * image.height
    let channelCount = format.channels.count
    let (pixelStride, channelStride) = strides
    return [Float](unsafeUninitializedCapacity: valueCount) { values, count in
      for channel in 0..<channelCount {
        let factor = range.factors[channel] / 255
        let offset = range.offsets[channel]
        for pixel in 0..<pixelCount {
          let level: Float
          switch format.channels {
          case .rgb: level = Float(image.pixels[pixel * 3 + channel])
          case .bgr: level = Float(image.pixels[pixel * 3 + 2 - channel])
          case .gray: level = luma(image.pixels, at: pixel * 3)
          }
          values[pixel * pixelStride + channel * channelStride] = level * factor + offset
        }
      }
      count = valueCount
    }
  }

  /// The picture that a network's output means: activation, range, clamping and rounding to nearest in one pass.
  ///
  /// A number that is undefined becomes black.
  func image(from values: Span<Float>) -> Image {
    precondition(values.count == valueCount, "as many numbers as the picture has")
    let pixelCount = format.width * format.height
    let channelCount = format.channels.count
    let (pixelStride, channelStride) = strides
    let activation = format.activation
    let pixels = [UInt8](unsafeUninitializedCapacity: pixelCount * 3) { pixels, count in
      for channel in 0..<channelCount {
        let factor = 255 / range.factors[channel]
        let offset = 0.5 - range.offsets[channel] * factor
        let base = channel * channelStride
        let target = format.channels == .bgr ? 2 - channel : channel
        for pixel in 0..<pixelCount {
          var value = values[unchecked: pixel * pixelStride + base]
          switch activation {
          case .none: break
          case .sigmoid: value = 1 / (1 + expf(-value))
          case .tanh: value = tanhf(value)
          }
          // `max` and `min` in this order give 0 for an undefined number.
          let level = UInt8(Swift.min(Swift.max(0, value * factor + offset), 255.5))
          pixels[pixel * 3 + target] = level
          if channelCount == 1 {
            pixels[pixel * 3 + 1] = level
            pixels[pixel * 3 + 2] = level
          }
        }
      }
      count = pixelCount * 3
    }
    return Image(width: format.width, height: format.height, pixels: pixels)
  }

  /// From one pixel to the next, and from one channel to the next.
  private var strides: (pixel: Int, channel: Int) {
    switch format.layout {
    case .nchw: (1, format.width * format.height)
    case .nhwc: (format.channels.count, 1)
    }
  }

  /// Brightness as BT.601 weighs it, which is what Pillow's and torchvision's grey conversions do.
  private func luma(_ pixels: [UInt8], at index: Int) -> Float {
    0.299 * Float(pixels[index]) + 0.587 * Float(pixels[index + 1]) + 0.114 * Float(pixels[index + 2])
  }
}
