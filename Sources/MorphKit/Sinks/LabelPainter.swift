internal import PhotoFiles

/// Draws the labels of a grid, in black or white, whichever can be read better on its background.
struct LabelPainter: Sendable {
  private let labels: CellLabels
  /// For each share of a pixel that a letter covers, what red, green and blue are.
  private let levels: [(red: UInt8, green: UInt8, blue: UInt8)]

  init(_ labels: CellLabels, background: Color) {
    self.labels = labels
    let ink = background.contrasting
    func mixed(_ back: UInt8, _ front: UInt8, _ share: Int) -> UInt8 {
      UInt8((Int(back) * (255 - share) + Int(front) * share + 127) / 255)
    }
    levels = (0...255).map { share in
      (
        mixed(background.red, ink.red, share), mixed(background.green, ink.green, share),
        mixed(background.blue, ink.blue, share)
      )
    }
  }

  /// The pixels of the label below a cell, height × width × 3 bytes; `nil` where there is none.
  func strip(ofCell cell: Int, columns: Int, width: Int, height: Int) throws -> [UInt8]? {
    guard let text = labels.text(ofCell: cell, columns: columns) else { return nil }
    let strip: TextStrip
    do throws(PhotoError) {
      strip = try TextStrip(text, width: width, height: height)
    } catch {
      throw MorphError("the label '\(text)'", OutputProblem.labelFailed(reason: error.description))
    }
    return [UInt8](unsafeUninitializedCapacity: width * height * 3) { pixels, count in
      for (index, share) in strip.coverage.enumerated() {
        let level = levels[Int(share)]
        pixels[index * 3] = level.red
        pixels[index * 3 + 1] = level.green
        pixels[index * 3 + 2] = level.blue
      }
      count = width * height * 3
    }
  }
}

extension Color {
  /// Black or white: the one with the higher contrast to it, as the W3C's guidelines for accessible pages reckon it.
  var contrasting: Color {
    (1.05 / (luminance + 0.05)) > ((luminance + 0.05) / 0.05) ? .white : .black
  }
}
