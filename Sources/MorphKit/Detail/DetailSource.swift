internal import Glibc
internal import PhotoFiles
internal import Planes

/// What a model could not encode of a photo: the photo at the result's size, less what the model makes of it.
struct DetailSource: Sendable {
  let shape: FaceShape
  /// How far mouth and eyes are open.
  let openings: [Double]
  /// The photo less its base, at the result's size.
  let residual: WarpSource
  /// The photo at the size of the model's picture, with its margins: R, G and B.
  let preview: ColorMap
  /// What two photos are compared by: colours and texture of the preview, blurred.
  let look: ColorMap

  /// `photo` and `preview` show the canvas, at the result's size and at the model's; `reconstruction` is what the
  /// model makes of the crop.
  init(
    photo: Picture, preview: Picture, reconstruction: Image, shape: FaceShape, on canvas: DetailCanvas,
    as layout: PlaneLayout
  ) {
    self.shape = shape
    openings = shape.degreesOfOpening
    self.preview = ColorMap(preview)
    var base = DetailBase(
      of: reconstruction, surroundings: canvas.hasMargins ? self.preview : nil, on: canvas, as: layout)
    base.filter(share: 1, lack: nil, on: canvas)
    let smooth = PlanarPicture(
      resampling: base.planes, as: layout, width: canvas.width, height: canvas.height)
    var rest = PlanarPicture(photo.pixels, width: canvas.width, height: canvas.height, as: layout)
    for number in rest.planes.indices {
      for index in rest.planes[number].values.indices {
        rest.planes[number].values[index] -= smooth.planes[number].values[index]
      }
    }
    residual = WarpSource(rest)
    look = ColorMap(lookOf: self.preview, texture: rest.planes[layout == .rgb ? 1 : 0])
  }

}

extension ColorMap {
  /// How the surroundings of each pixel look: their colour, and as the fourth number how much texture they have.
  ///
  /// `texture` is a finer picture, the sizes of whose numbers are its texture; they count by ratio, so that twice as
  /// much is as far from once as a difference of 30 levels of a colour.
  fileprivate init(lookOf preview: ColorMap, texture fine: Channel) {
    let (width, height) = (preview.width, preview.height)
    var channels = (0..<4).map { channel in
      Channel(width: width, height: height, values: preview.colors.map { $0[channel] })
    }
    for y in 0..<height {
      let rows =
        (y * fine.height / height)..<max((y + 1) * fine.height / height, y * fine.height / height + 1)
      for x in 0..<width {
        let columns = (x * fine.width / width)..<max((x + 1) * fine.width / width, x * fine.width / width + 1)
        var sum: Float = 0
        for row in rows { for column in columns { sum += abs(fine.values[row * fine.width + column]) } }
        channels[3].values[y * width + x] = sum / Float(rows.count * columns.count)
      }
    }
    channels = channels.map { $0.blurred(deviation: 2) }
    let colors = (0..<(width * height)).map { index in
      SIMD4(
        channels[0].values[index], channels[1].values[index], channels[2].values[index],
        30 * Float(log2(1 + Double(channels[3].values[index]) / 4)))
    }
    self.init(width: width, height: height, colors: colors)
  }
}

/// A small picture whose colours are asked for between its pixels.
struct ColorMap: Sendable {
  let width: Int
  let height: Int
  /// R, G and B, 0 to 255, row by row.
  var colors: [SIMD4<Float>]

  init(width: Int, height: Int, colors: [SIMD4<Float>]) {
    (self.width, self.height, self.colors) = (width, height, colors)
  }

  init(_ picture: Picture) {
    self.init(width: picture.width, height: picture.height, pixels: picture.pixels)
  }

  init(width: Int, height: Int, pixels: [UInt8]) {
    (self.width, self.height) = (width, height)
    colors = (0..<(width * height)).map { (index: Int) -> SIMD4<Float> in
      let (red, green, blue) = (pixels[index * 3], pixels[index * 3 + 1], pixels[index * 3 + 2])
      return SIMD4<Float>(Float(red), Float(green), Float(blue), 0)
    }
  }

  /// The colour at a position, straight between the four pixels around it; the outermost ones stand for all beyond.
  @inline(__always)
  func color(x: Float, y: Float) -> SIMD4<Float> {
    let x = min(max(x - 0.5, 0), Float(width - 1))
    let y = min(max(y - 0.5, 0), Float(height - 1))
    let (left, top) = (Int(x), Int(y))
    let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
    let (t, s) = (x - Float(left), y - Float(top))
    return colors.withUnsafeBufferPointer { colors in
      let upper = colors[top &* width &+ left] * (1 - t) + colors[top &* width &+ right] * t
      let lower = colors[bottom &* width &+ left] * (1 - t) + colors[bottom &* width &+ right] * t
      return upper * (1 - s) + lower * s
    }
  }
}
