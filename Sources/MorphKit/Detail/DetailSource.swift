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

  /// `photo` and `preview` show the canvas, at the result's size and at the model's; `reconstruction` is what the
  /// model makes of the crop.
  init(
    photo: Picture, preview: Picture, reconstruction: Image, shape: FaceShape, on canvas: DetailCanvas,
    as layout: PlaneLayout
  ) {
    self.shape = shape
    openings = shape.degreesOfOpening
    self.preview = ColorMap(preview)
    let base = DetailBase(
      of: reconstruction, surroundings: canvas.hasMargins ? self.preview : nil, on: canvas, as: layout)
    let smooth = PlanarPicture(
      resampling: base.planes, as: layout, width: canvas.width, height: canvas.height)
    var rest = PlanarPicture(photo.pixels, width: canvas.width, height: canvas.height, as: layout)
    for number in rest.planes.indices {
      for index in rest.planes[number].values.indices {
        rest.planes[number].values[index] -= smooth.planes[number].values[index]
      }
    }
    residual = WarpSource(rest)
  }

  var byteCount: Int { residual.byteCount + preview.colors.count * MemoryLayout<SIMD4<Float>>.stride }
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
