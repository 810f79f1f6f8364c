internal import Testing

@testable import MorphKit

/// The numbers are scikit-image's 0.26: `mean_squared_error` of pictures from 0 to 1, `peak_signal_noise_ratio` with
/// `data_range=255`, and `structural_similarity` with `gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
/// data_range=255, channel_axis=2`.
struct `Image quality` {
  /// Three wavy channels; `c` shifts them.
  private func picture(width: Int, height: Int, _ a: Int, _ b: Int, _ c: Int) -> Image {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        for level in [x * a + y * b + c, x * b + y * c + a, x * y + a * b] {
          pixels.append(UInt8(level % 256))
        }
      }
    }
    return Image(width: width, height: height, pixels: pixels)
  }

  /// The picture with each number moved by at most 6.
  private func moved(_ image: Image, by factor: Int) -> Image {
    let pixels = image.pixels.enumerated().map { index, level in
      UInt8(min(max(Int(level) + index * factor % 13 - 6, 0), 255))
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  /// The red channel three times.
  private func gray(_ image: Image) -> Image {
    let pixels = stride(from: 0, to: image.pixels.count, by: 3).flatMap {
      [image.pixels[$0], image.pixels[$0], image.pixels[$0]]
    }
    return Image(width: image.width, height: image.height, pixels: pixels)
  }

  struct Example: Sendable {
    var size: (width: Int, height: Int)
    var factors: (Int, Int, Int, moved: Int)
    var isGray = false
    var loss: Double
    var psnr: Double
    var ssim: Double
  }

  static let examples = [
    Example(
      size: (32, 32), factors: (3, 5, 7, 5), loss: 0.00021318923811354607, psnr: 36.712347224684876,
      ssim: 0.9699519926902544),
    Example(
      size: (11, 11), factors: (9, 2, 4, 7), loss: 0.00021504761360061764, psnr: 36.67465372481355,
      ssim: 0.9453368821002419),
    Example(
      size: (40, 17), factors: (1, 1, 0, 11), loss: 0.0002088412450716542, psnr: 36.8018372627277,
      ssim: 0.8832731768947538),
    Example(
      size: (33, 57), factors: (7, 3, 11, 9), loss: 0.00021263104206911245, psnr: 36.72373332403514,
      ssim: 0.9837498276251561),
    Example(
      size: (127, 61), factors: (2, 9, 5, 3), loss: 0.0002127396828057827, psnr: 36.721514926260554,
      ssim: 0.9859274325480626),
    // The same with `channel_axis=None` of one channel.
    Example(
      size: (45, 31), factors: (4, 7, 2, 6), isGray: true, loss: 0.0002127552264844373,
      psnr: 36.72119762357496, ssim: 0.971405888144305),
  ]

  @Test(arguments: examples)
  func `is what scikit-image measures`(example: Example) {
    let (a, b, c, factor) = example.factors
    var picture = picture(width: example.size.width, height: example.size.height, a, b, c)
    var other = moved(picture, by: factor)
    if example.isGray { (picture, other) = (gray(picture), gray(other)) }
    #expect(abs(other.reconstructionLoss(to: picture) - example.loss) < 1e-12)
    #expect(abs(other.psnr(to: picture) - example.psnr) < 1e-9)
    #expect(abs(other.ssim(to: picture) - example.ssim) < 1e-9)
    #expect(other.ssim(to: picture) == picture.ssim(to: other))
  }

  @Test func `of a picture and its negative is bad`() {
    let picture = picture(width: 32, height: 32, 3, 5, 7)
    let negative = Image(width: 32, height: 32, pixels: picture.pixels.map { 255 - $0 })
    #expect(abs(negative.reconstructionLoss(to: picture) - 0.28449058054594384) < 1e-12)
    #expect(abs(negative.psnr(to: picture) - 5.459321084767893) < 1e-9)
    #expect(abs(negative.ssim(to: picture) - -0.5634693220948385) < 1e-9)
  }

  @Test func `of equal pictures has no noise`() {
    let picture = picture(width: 12, height: 20, 3, 5, 7)
    #expect(picture.reconstructionLoss(to: picture) == 0)
    #expect(picture.psnr(to: picture) == .infinity)
    #expect(abs(picture.ssim(to: picture) - 1) < 1e-12)
  }

  @Test func `of the darkest and the lightest picture is 0 dB`() {
    let black = Image(width: 11, height: 11, filledWith: .black)
    let white = Image(width: 11, height: 11, filledWith: Color(red: 255, green: 255, blue: 255))
    #expect(black.psnr(to: white) == 0)
    #expect(black.reconstructionLoss(to: white) == 1)
  }
}
