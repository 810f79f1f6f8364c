internal import Planes

/// Makes finished pictures of decoded ones: at the result's size, with the photos' detail.
///
/// Safe to use from several tasks at once.
struct FrameFinisher: Sendable {
  /// Of the result, in pixels.
  let width: Int
  let height: Int
  /// `nil` for a result that shows what the model draws and no more.
  let detail: DetailReader?

  /// The finished picture; without a mix, or without detail, it is what the model draws.
  func finish<P: FinishedPicture>(_ decoded: Image, _ mix: DetailMix?) async throws -> P {
    guard let detail, let mix, !mix.parts.isEmpty || detail.canvas.hasMargins else {
      return P(decoded, width: width, height: height)
    }
    let canvas = detail.canvas
    var parts: [(source: DetailSource, weight: Double)] = []
    for part in mix.parts {
      parts.append((try await detail.source(ofPhoto: part.photo, as: P.layout), part.weight))
    }
    let field = DetailField(
      parts, shape: mix.shape, triangulation: detail.triangulation, decoded: decoded, amount: detail.amount,
      on: canvas)
    return P(field, on: decoded, canvas)
  }
}

extension FinishedPicture {
  /// Detail on what the model draws.
  init(_ field: DetailField, on decoded: Image, _ canvas: DetailCanvas) {
    var base = DetailBase(of: decoded, surroundings: field.surroundings, on: canvas, as: Self.layout)
    base.filter(share: field.photoShare, lack: field.lack, on: canvas)
    var finishing = Finishing(base.planes, as: Self.layout, width: canvas.width, height: canvas.height)
    finishing.layers = field.layers
    finishing.boost = field.boost
    self.init(finishing)
  }
}

/// A picture as a sink takes it.
protocol FinishedPicture: Sendable {
  static var layout: PlaneLayout { get }

  /// What the model draws, at another size.
  init(_ decoded: Image, width: Int, height: Int)

  init(_ finishing: Finishing)
}

extension Image: FinishedPicture {
  static var layout: PlaneLayout { .rgb }

  init(_ decoded: Image, width: Int, height: Int) {
    self = decoded.resized(toWidth: width, height: height)
  }

  init(_ finishing: Finishing) {
    self.init(width: finishing.width, height: finishing.height, pixels: finishing.rgbPixels())
  }
}

/// A picture as videos have it: 8-bit Y, Cb and Cr in three planes, 4:2:0, BT.709, limited range.
struct VideoPicture: FinishedPicture {
  let width: Int
  let height: Int
  /// Rows without padding; those of chroma are half as many and half as wide, rounded up.
  let planes: [[UInt8]]

  static var layout: PlaneLayout { .yuv420 }

  init(_ decoded: Image, width: Int, height: Int) {
    let planes = PlanarPicture.wholePlanes(
      of: decoded.pixels, width: decoded.width, height: decoded.height, as: .yuv420)
    self.init(Finishing(planes, as: .yuv420, width: width, height: height))
  }

  init(_ finishing: Finishing) {
    (width, height) = (finishing.width, finishing.height)
    planes = finishing.yuvPixels()
  }
}
