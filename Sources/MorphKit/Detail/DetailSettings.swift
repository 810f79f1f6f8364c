/// How much of the photos' own detail a result shows, and how much of what lies around the model's crop.
struct DetailSettings: Equatable, Sendable {
  /// Above 0, at most 1.
  var amount: Double
  /// Times the side of the model's crop, 1 to 2.5.
  var view: Double

  /// The view where none is stated.
  static let defaultView = 1.0
}

extension MorphJob {
  /// What it shows of the photos themselves with a model; `nil` where it shows what the model draws and no more.
  ///
  /// The photos must be of faces, and the model must say where it wants them.
  func detail(with model: ModelDescription) -> DetailSettings? {
    guard mayHaveDetail, alignsFaces, model.crop != nil, shownPhotos.count > 0 else { return nil }
    let amount = detail ?? 1
    return amount > 0 ? DetailSettings(amount: amount, view: view ?? DetailSettings.defaultView) : nil
  }

  /// Whether it is of a kind that can show detail.
  var mayHaveDetail: Bool {
    switch content {
    case .morph, .plane, .between: return true
    case .average:
      guard case .latents = output.format else { return true }
      return false
    case .sample, .reconstruct, .align, .encode, .decode, .direction, .traverse, .posterior: return false
    }
  }
}

extension JobCommand {
  /// Whether its photos can show their own detail.
  static let withDetail: [JobCommand] = [.morph, .average, .plane, .between]
}

extension DetailCanvas {
  /// What a result of `width` × `height` pixels shows.
  init(_ settings: DetailSettings, model: ModelDescription, width: Int, height: Int) {
    let crop = (width: model.image.width, height: model.image.height)
    self.init(
      crop: crop,
      margins: DetailCanvas.margins(view: settings.view, cropWidth: crop.width, cropHeight: crop.height),
      width: width, height: height)
  }

  /// The size at which it has as many pixels as the model's picture has for its part.
  static func nativeSize(
    _ settings: DetailSettings?, of model: ModelDescription
  ) -> (width: Int, height: Int) {
    guard let settings else { return (model.image.width, model.image.height) }
    let canvas = DetailCanvas(settings, model: model, width: 1, height: 1)
    return (canvas.modelWidth, canvas.modelHeight)
  }
}

/// What a result lacks of its photos' detail.
public enum DetailNote: Equatable, Sendable {
  /// The photos are taken as crops, so no face is measured in them.
  case crops
  /// The model doesn't say where it wants faces.
  case modelWithoutCrop
  /// A face has fewer pixels in its photo than in the result: `share` of them, across.
  case small(photo: String, share: Double)

  public var text: String {
    switch self {
    case .crops: "Without detail of the photos, since no face is looked for in them (no_align)."
    case .modelWithoutCrop: "Without detail of the photos, since the model has no crop of faces."
    case .small(let photo, let share):
      "\(photo): the face is \(Int((100 * share).rounded())) % as wide as in the result, so its detail is soft"
    }
  }
}

extension PreparedJob {
  /// Why photos that may have detail have none; `nil` where they have, or where none was asked for.
  var detailNote: DetailNote? {
    guard job.mayHaveDetail, !job.shownPhotos.isEmpty, job.detail != 0, inputs.detail == nil else {
      return nil
    }
    return job.alignsFaces ? .modelWithoutCrop : .crops
  }

  /// Which of the photos have faces that are much smaller than in the result.
  func notes(on photos: [ReadPhoto]) -> [DetailNote] {
    guard let detail = inputs.detail, let crop = inputs.model.description.crop else { return [] }
    let size = shape.mosaicLayout.map { ($0.cellWidth, $0.cellHeight) } ?? (shape.width, shape.height)
    let canvas = DetailCanvas(detail, model: inputs.model.description, width: size.0, height: size.1)
    let shown = (crop.rightEye.x - crop.leftEye.x) * Double(canvas.cropWidth) * canvas.scaleX
    return photos.compactMap { photo in
      guard let landmarks = photo.face?.landmarks else { return nil }
      let share = landmarks.leftEye.distance(to: landmarks.rightEye) / shown
      return share < 0.7 ? .small(photo: photo.reference.path, share: share) : nil
    }
  }
}
