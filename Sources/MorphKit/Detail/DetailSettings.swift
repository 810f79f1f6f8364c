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
  private var mayHaveDetail: Bool {
    switch content {
    case .morph, .plane, .between: return true
    case .average: if case .latents = output.format { return false } else { return true }
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
