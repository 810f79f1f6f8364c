internal import Glibc

extension Image {
  /// The mean over height, width and channels of the squared difference, with pixels from 0 to 1.
  func reconstructionLoss(to other: Image) -> Double {
    precondition(width == other.width && height == other.height, "pictures of one size")
    var sum = 0
    for index in pixels.indices {
      let difference = Int(pixels[index]) - Int(other.pixels[index])
      sum += difference * difference
    }
    return Double(sum) / (Double(pixels.count) * 255 * 255)
  }

  /// Whether it has enough contrast for comparisons to mean something: a standard deviation of 10 levels.
  var isColourfulEnough: Bool {
    let count = Double(pixels.count)
    let mean = pixels.reduce(0) { $0 + Double($1) } / count
    let variance = pixels.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    return variance >= 100
  }

  /// Peak signal-to-noise ratio in dB; infinite for equal pictures.
  func psnr(to other: Image) -> Double {
    -10 * log10(reconstructionLoss(to: other))
  }

  /// Structural similarity, 1 for equal pictures.
  ///
  /// Wang, Bovik, Sheikh & Simoncelli (2004): a Gaussian window of σ 1.5 over 11 × 11 pixels, K 0.01 and 0.03, each
  /// channel for itself, averaged over all windows that lie inside the picture. Sides must be at least 11.
  func ssim(to other: Image) -> Double {
    precondition(width == other.width && height == other.height, "pictures of one size")
    var sum = 0.0
    for channel in 0..<3 {
      let first = stride(from: channel, to: pixels.count, by: 3).map { Double(pixels[$0]) }
      let second = stride(from: channel, to: pixels.count, by: 3).map { Double(other.pixels[$0]) }
      sum += ssim(of: first, and: second)
    }
    return sum / 3
  }

  private func ssim(of first: [Double], and second: [Double]) -> Double {
    let meanOfFirst = smoothed(first)
    let meanOfSecond = smoothed(second)
    let squareOfFirst = smoothed(zip(first, first).map { $0 * $1 })
    let squareOfSecond = smoothed(zip(second, second).map { $0 * $1 })
    let product = smoothed(zip(first, second).map { $0 * $1 })
    let (c1, c2) = (0.01 * 255 * 0.01 * 255, 0.03 * 255 * 0.03 * 255)
    var sum = 0.0
    for index in meanOfFirst.indices {
      let (a, b) = (meanOfFirst[index], meanOfSecond[index])
      let varianceOfFirst = squareOfFirst[index] - a * a
      let varianceOfSecond = squareOfSecond[index] - b * b
      let covariance = product[index] - a * b
      sum +=
        (2 * a * b + c1) * (2 * covariance + c2)
        / ((a * a + b * b + c1) * (varianceOfFirst + varianceOfSecond + c2))
    }
    return sum / Double(meanOfFirst.count)
  }

  /// One channel under the window, wherever it lies inside the picture.
  private func smoothed(_ values: [Double]) -> [Double] {
    let window = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let total = window.reduce(0, +)
    let (innerWidth, innerHeight) = (width - 10, height - 10)
    var rows = [Double](repeating: 0, count: innerWidth * height)
    for y in 0..<height {
      for x in 0..<innerWidth {
        var sum = 0.0
        for (step, weight) in window.enumerated() {
          sum += weight * values[y * width + x + step]
        }
        rows[y * innerWidth + x] = sum / total
      }
    }
    var result = [Double](repeating: 0, count: innerWidth * innerHeight)
    for y in 0..<innerHeight {
      for x in 0..<innerWidth {
        var sum = 0.0
        for (step, weight) in window.enumerated() {
          sum += weight * rows[(y + step) * innerWidth + x]
        }
        result[y * innerWidth + x] = sum / total
      }
    }
    return result
  }
}
