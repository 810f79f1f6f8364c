internal import Inference
internal import PhotoFiles

/// Turns photos into aligned pictures of one size.
///
/// Safe to use from several tasks at once.
struct PhotoAligner: Sendable {
  private let width: Int
  private let height: Int
  /// `nil` when no face is looked for.
  private let faces: (finder: FaceFinder, crop: FaceCrop)?
  /// Whether the shapes of faces are measured, for their detail.
  private let measuresShapes: Bool

  /// For pictures of the model's size, or of `size`, that show `margin` times the side of the model's crop.
  ///
  /// Throws when a network of the face finder is missing.
  init(
    for folder: ModelFolder, looksForFaces: Bool, size: (width: Int, height: Int)? = nil, margin: Double = 1,
    measuresShapes: Bool = false, options: RenderOptions
  ) throws {
    self.measuresShapes = measuresShapes
    let format = folder.description.image
    (width, height) = size ?? (format.width, format.height)
    guard looksForFaces, let crop = folder.description.crop else {
      faces = nil
      return
    }
    let finder = try options.loaded.faceFinder(
      filesIn: options.installation.facesFolder, threads: options.threads)
    faces = (finder, crop.withMargin(margin))
  }

  /// Aligns the face that `reference` picks, the largest by default; without a crop scales and centre-crops.
  ///
  /// Throws `MorphError` when there is no such face.
  func align(_ file: PhotoFile, _ reference: PhotoReference) async throws -> AlignedPhoto {
    let picture = try file.picture()
    guard let (finder, crop) = faces else {
      let transform = PixelTransform(centering: picture, width: width, height: height)
      let image = Image(picture.transformed(by: transform, width: width, height: height))
      return AlignedPhoto(reference: reference, image: image, face: nil, shape: nil, choice: nil)
    }
    let found: [Face]
    do {
      found = try await finder.faces(in: picture)
    } catch let error as InferenceError {
      throw MorphError(reference.path, PhotoProblem.unreadable(reason: error.description))
    }
    guard let largest = found.indices.max(by: { found[$0].box.area < found[$1].box.area }) else {
      throw MorphError(reference.path, PhotoProblem.noFace)
    }
    let index = reference.face.map { $0 - 1 } ?? largest
    guard found.indices.contains(index) else {
      throw MorphError(reference.path, PhotoProblem.noSuchFace(number: index + 1, count: found.count))
    }
    let face = found[index]
    let transform = crop.transform(from: face.landmarks, width: width, height: height)
    var shape: FaceShape?
    if measuresShapes {
      shape = FaceShape(
        points: try await finder.steadyPoints(of: face, in: picture).map(transform.inverse))
    }
    return AlignedPhoto(
      reference: reference,
      image: Image(picture.transformed(by: transform, width: width, height: height)),
      face: face, shape: shape,
      choice: found.count > 1 && reference.face == nil
        ? FaceChoice(photo: reference.path, faces: found.map(FaceChoice.Place.init), chosen: index + 1) : nil)
  }
}

extension PhotoAligner {
  /// Whether faces are found, so that photos can have detail.
  var findsFaces: Bool { faces != nil }

  /// What a canvas shows of a photo with `face`: at the result's size, and at the model's.
  func views(
    of file: PhotoFile, face: Face, on canvas: DetailCanvas
  ) throws(MorphError) -> (photo: Picture, preview: Picture) {
    guard let (_, crop) = faces else { preconditionFailure("a face was found") }
    let picture = try file.picture()
    let toPhoto = crop.transform(from: face.landmarks, width: canvas.cropWidth, height: canvas.cropHeight)
    func view(_ width: Int, _ height: Int) -> Picture {
      picture.transformed(
        by: toPhoto.after(
          scaleX: Double(canvas.modelWidth) / Double(width),
          scaleY: Double(canvas.modelHeight) / Double(height),
          shiftX: -Double(canvas.marginX), shiftY: -Double(canvas.marginY)),
        width: width, height: height)
    }
    return (view(canvas.width, canvas.height), view(canvas.modelWidth, canvas.modelHeight))
  }

  /// The shape of the face in a decoded picture; `nil` where FaceMesh sees none.
  func shape(in decoded: Image) async throws -> FaceShape? {
    guard let (finder, crop) = faces else { return nil }
    let picture = Picture(width: decoded.width, height: decoded.height, pixels: decoded.pixels)
    return try await finder.points(in: picture, alignedTo: crop).map(FaceShape.init)
  }
}

extension PixelTransform {
  /// The transform that scales and shifts first.
  fileprivate func after(scaleX: Double, scaleY: Double, shiftX: Double, shiftY: Double) -> PixelTransform {
    PixelTransform(
      a: a * scaleX, b: b * scaleY, c: c * scaleX, d: d * scaleY, tx: a * shiftX + b * shiftY + tx,
      ty: c * shiftX + d * shiftY + ty)
  }

  /// Where in the new picture a place of the old one lies.
  fileprivate func inverse(_ point: Point) -> Point {
    let determinant = a * d - b * c
    let (x, y) = (point.x - tx, point.y - ty)
    return Point(x: (d * x - b * y) / determinant, y: (a * y - c * x) / determinant)
  }
}

/// A photo as a picture of the model's size, and what was seen on the way to it.
struct AlignedPhoto: Sendable {
  let reference: PhotoReference
  let image: Image
  /// The face that was taken; `nil` when none was looked for.
  let face: Face?
  /// Its shape in the picture; `nil` where it wasn't measured.
  let shape: FaceShape?
  /// All faces of the photo, when there are several and none was picked.
  let choice: FaceChoice?

}

/// The faces of a photo of which one had to be chosen.
public struct FaceChoice: Equatable, Sendable {
  public var photo: String
  /// From left to right, so that the first has number 1.
  public var faces: [Place]
  /// The number of the one that was taken, the largest.
  public var chosen: Int

  /// Where a face is, in pixels of the photo.
  public struct Place: Equatable, Sendable {
    public var centerX: Int
    public var centerY: Int
    public var width: Int

    init(_ face: Face) {
      centerX = Int(face.box.center.x.rounded())
      centerY = Int(face.box.center.y.rounded())
      width = Int(face.box.width.rounded())
    }
  }
}

extension PixelTransform {
  /// Scales a picture until both sides reach the new size, and cuts off what stands over on both ends.
  init(centering picture: Picture, width: Int, height: Int) {
    let scale = min(Double(picture.width) / Double(width), Double(picture.height) / Double(height))
    self.init(
      a: scale, b: 0, c: 0, d: scale, tx: (Double(picture.width) - scale * Double(width)) / 2,
      ty: (Double(picture.height) - scale * Double(height)) / 2)
  }
}

extension Image {
  init(_ picture: Picture) {
    self.init(width: picture.width, height: picture.height, pixels: picture.pixels)
  }

  /// At another size: Lanczos, on gamma-encoded values.
  func resized(toWidth width: Int, height: Int) -> Image {
    guard width != self.width || height != self.height else { return self }
    return Image(
      Picture(width: self.width, height: self.height, pixels: pixels).resized(toWidth: width, height: height))
  }
}
