/// Which picture each frame of a result is; the whole of it is known before the first is made.
struct FramePlan: Sendable {
  private enum Content: Sendable {
    /// `points` are the keyframes; `showsMeans` where photos' reconstructions are the path's own pictures.
    case path(LatentPath, points: [KeyframePoint], showsMeans: Bool)
    case seeds(SeedList, RandomLatents)
    case rows([MorphJob.LatentRows], JobInputs)
    case average([Keyframe], LatentReader)
    /// Rows of photos, each above a row of what the model makes of them.
    ///
    /// `samples` are the latents that are shown, where they aren't the means.
    case pairs([ReadPhoto], samples: [Latent]?, columns: Int)
    case photos([PhotoReference], LatentReader)
    case sheet(LatentSheet)
    /// `points` are the keyframes of each walk; `finisher` makes the pictures of the cells.
    case mosaic(LatentMosaic, points: [[KeyframePoint]], FrameFinisher, GridLayout)
  }

  private var content: Content
  let count: Int
  private let background: Color
  /// What finishes its pictures, at the result's size.
  let finisher: FrameFinisher
  /// The same at the size at which the model draws.
  private let nativeFinisher: FrameFinisher

  /// `photos` are those of the job's keyframes or pairs, in its order.
  init(
    _ prepared: PreparedJob, photos: [ReadPhoto], reader: LatentReader, by model: FaceModel
  ) async throws {
    let (job, inputs, columns) = (prepared.job, prepared.inputs, prepared.shape.columns)
    var keyframePoints: [KeyframePoint] = []
    switch job.content {
    case .morph, .traverse, .plane, .between:
      keyframePoints = FramePlan.points(of: job.keyframes, prepared, photos: photos)
    case .sample, .reconstruct, .align, .encode, .decode, .average, .direction, .posterior: break
    }
    var shapes: [FaceShape] = []
    if inputs.detail != nil, !keyframePoints.isEmpty {
      let faces = KeyframeFaces(aligner: reader.aligner, model: model, photos: photos)
      let mixes = try await faces.mixes(of: job.keyframes, at: keyframePoints.map(\.latent))
      for (number, mix) in mixes.enumerated() { keyframePoints[number].mix = mix }
      shapes = mixes.compactMap { $0?.shape }
    }
    func finisher(_ width: Int, _ height: Int) -> FrameFinisher {
      FrameFinisher(
        width: width, height: height,
        detail: inputs.detail.flatMap { settings in
          shapes.isEmpty
            ? nil
            : DetailReader(
              of: photos, shapes: shapes, amount: settings.amount,
              on: DetailCanvas(settings, model: inputs.model.description, width: width, height: height),
              reader: reader)
        })
    }
    let shape = prepared.shape
    self.finisher =
      shape.mosaicLayout == nil
      ? finisher(shape.width, shape.height)
      : FrameFinisher(width: shape.width, height: shape.height, detail: nil)
    let native = DetailCanvas.nativeSize(inputs.detail, of: inputs.model.description)
    nativeFinisher = finisher(native.width, native.height)
    let points = keyframePoints
    switch job.content {
    case .morph(_, let timeline):
      let pointsOfWalks = points.divided(into: job.mosaic?.cellCount ?? 1)
      let walks = pointsOfWalks.map {
        LatentPath(through: $0.map(\.latent), timeline: timeline, interpolation: job.interpolation)
      }
      if let layout = shape.mosaicLayout {
        content = .mosaic(
          .paths(walks), points: pointsOfWalks, finisher(layout.cellWidth, layout.cellHeight), layout)
      } else {
        content = .path(walks[0], points: points, showsMeans: job.latent == .mean)
      }
      count = timeline.frameCount
    case .traverse(let traversal):
      guard let dimensions = traversal.dimensionsInOrder else {
        preconditionFailure("the dimensions were put in order")
      }
      let path = TraversalPath(
        from: points[0].latent, along: dimensions, range: traversal.range, of: inputs.random)
      switch traversal.view {
      case .steps(let count): content = .sheet(.traversal(path, steps: count))
      case .swing(let frameCount):
        guard let layout = shape.mosaicLayout else { preconditionFailure("a mosaic has a layout") }
        content = .mosaic(
          .swings(path, frameCount: frameCount), points: [], finisher(layout.cellWidth, layout.cellHeight),
          layout)
      }
      count = job.pictureCount
    case .plane(let plane):
      content = .sheet(.plane(points, columns: plane.columns, rows: plane.rows))
      count = job.pictureCount
    case .posterior(let draws):
      content = .sheet(.posterior(photos[0], noiseSeed: draws.noiseSeed, inputs.random))
      count = job.pictureCount
    case .between:
      content = .sheet(.pairs(points))
      count = job.pictureCount
    case .sample(let seeds):
      content = .seeds(seeds, inputs.random)
      count = seeds.count
    case .reconstruct:
      let samples = FramePlan.latents(of: photos, prepared)
      content = .pairs(photos, samples: job.latent == .mean ? nil : samples, columns: columns)
      count = (photos.count + columns - 1) / columns * columns * 2
    case .align(let references):
      content = .photos(references, reader)
      count = references.count
    case .decode(let files):
      content = .rows(files, inputs)
      count = job.pictureCount
    case .average(let keyframes):
      content = .average(keyframes, reader)
      count = 1
    case .encode, .direction: preconditionFailure("these make no pictures")
    }
    if case .grid(let grid) = job.output.format {
      background = grid.background
    } else {
      background = job.mosaic?.background ?? .black
    }
  }

  /// The points that photos become.
  private static func latents(of photos: [ReadPhoto], _ prepared: PreparedJob) -> [Latent] {
    photos.enumerated().map { number, photo in
      switch prepared.job.latent {
      case .mean: photo.posterior.mean
      case .sample(let seed):
        photo.posterior.sample(prepared.inputs.random.noise(seed: seed &+ UInt32(number)))
      }
    }
  }

  /// The points of keyframes, which have all of `photos`.
  static func points(
    of keyframes: [Keyframe], _ prepared: PreparedJob, photos: [ReadPhoto]
  ) -> [KeyframePoint] {
    let (inputs, points) = (prepared.inputs, latents(of: photos, prepared))
    var number = 0
    func latent(of part: Keyframe) -> Latent {
      switch part {
      case .photo:
        number += 1
        return points[number - 1]
      case .seed(let seed): return inputs.random.face(seed: seed)
      case .latent(let file, let name, let row): return inputs.latent(file: file, name: name, row: row)
      case .sum(let terms): return .sum(terms.map { ($0.factor, latent(of: $0.keyframe)) })
      }
    }
    return keyframes.map { keyframe in
      let photo: ReadPhoto? = if case .photo = keyframe { photos[number] } else { nil }
      return KeyframePoint(latent: latent(of: keyframe), photo: photo)
    }
  }

  /// The path of a morph.
  var path: LatentPath? {
    if case .path(let path, _, _) = content { path } else { nil }
  }

  /// Times a morph anew.
  mutating func follow(_ pace: PacePlan) {
    guard case .path(let path, let points, let showsMeans) = content else { return }
    content = .path(path.paced(by: pace), points: points, showsMeans: showsMeans)
  }

  /// The finished picture of a place on the path, at the size at which the model draws.
  func nativePicture(at position: Timeline.Position, by model: FaceModel) async throws -> Image {
    guard case .path(let path, let points, _) = content else { preconditionFailure("no path") }
    return try await nativeFinisher.finish(
      model.decode(path.latent(at: position)), points.mix(at: position))
  }

  /// Makes frame `number`, finished, at the result's size.
  func picture<P: FinishedPicture>(ofFrame number: Int, by model: FaceModel) async throws -> P {
    if case .average(let keyframes, let reader) = content, let settings = reader.inputs.detail {
      let canvas = DetailCanvas(
        settings, model: model.folder.description, width: finisher.width, height: finisher.height)
      return try await AverageFace(keyframes: keyframes, reader: reader, model: model, settings: settings)
        .picture(on: canvas)
    }
    let frame = try await decodedFrame(number, by: model)
    return try await finisher.finish(frame.image, frame.mix)
  }

  /// Frame `number` as the model draws it, and what is to be added to it.
  private func decodedFrame(
    _ number: Int, by model: FaceModel
  ) async throws -> (image: Image, mix: DetailMix?) {
    switch content {
    case .path(let path, let points, let showsMeans):
      let mix = points.mix(at: path.timeline.position(ofFrame: number))
      if showsMeans, let keyframe = path.timeline.keyframe(atFrame: number),
        let photo = points[keyframe].photo
      {
        return (photo.reconstruction, mix)
      }
      return (try await model.decode(path.latent(ofFrame: number)), mix)
    case .sheet(let sheet):
      let (cell, mix) = sheet.cell(number)
      switch cell {
      case .background:
        let format = model.folder.description.image
        return (Image(width: format.width, height: format.height, filledWith: background), nil)
      case .picture(let picture): return (picture, mix)
      case .latent(let latent): return (try await model.decode(latent), mix)
      }
    case .mosaic(let mosaic, let points, let finisher, let layout):
      // One after the other, since other frames are made at the same time.
      var cells: [Image] = []
      for (cell, latent) in mosaic.latents(ofFrame: number).enumerated() {
        let mix = mosaic.position(ofFrame: number).flatMap { points[cell].mix(at: $0) }
        cells.append(try await finisher.finish(model.decode(latent), mix))
      }
      return (Image(cells, in: layout, background: background), nil)
    case .seeds, .rows, .average, .pairs, .photos: return (try await plainPicture(number, by: model), nil)
    }
  }

  /// Frame `number` of what is shown as the model draws it.
  private func plainPicture(_ number: Int, by model: FaceModel) async throws -> Image {
    switch content {
    case .path, .sheet, .mosaic: preconditionFailure("these may have detail")
    case .seeds(let seeds, let random):
      return try await model.decode(random.face(seed: seeds[number]))
    case .rows(let files, let inputs):
      return try await model.decode(inputs.latent(ofRow: number, among: files))
    case .average(let keyframes, let reader):
      return try await model.decode(reader.average(of: keyframes, by: model))
    case .pairs(let photos, let samples, let columns):
      let (index, isPhoto) = PairLayout(columns: columns).pair(ofCell: number)
      guard photos.indices.contains(index) else {
        let format = model.folder.description.image
        return Image(width: format.width, height: format.height, filledWith: background)
      }
      guard !isPhoto else { return photos[index].image }
      guard let samples else { return photos[index].reconstruction }
      return try await model.decode(samples[index])
    case .photos(let references, let reader):
      let photo = try await reader.aligner.align(reader.inputs.photo(references[number]), references[number])
      if let choice = photo.choice {
        reader.report(.chose(choice))
      }
      return photo.image
    }
  }
}

extension JobInputs {
  /// Row `number` of all rows of several files.
  fileprivate func latent(ofRow number: Int, among files: [MorphJob.LatentRows]) -> Latent {
    var number = number
    for rows in files {
      if number < rows.rows.count {
        return latent(file: rows.file, name: rows.name, row: rows.rows.lowerBound + number)
      }
      number -= rows.rows.count
    }
    preconditionFailure("no frame of this number")
  }
}
