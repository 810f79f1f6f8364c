/// Which picture each frame of a result is; the whole of it is known before the first is made.
struct FramePlan: Sendable {
  private enum Content: Sendable {
    /// `photos` has those of keyframes; `showsMeans` where their reconstructions are the path's own pictures.
    case path(LatentPath, photos: [ReadPhoto?], showsMeans: Bool)
    case seeds(SeedList, RandomLatents)
    case rows([MorphJob.LatentRows], JobInputs)
    case average([Keyframe], LatentReader)
    /// Rows of photos, each above a row of what the model makes of them.
    ///
    /// `samples` are the latents that are shown, where they aren't the means.
    case pairs([ReadPhoto], samples: [Latent]?, columns: Int)
    case photos([PhotoReference], LatentReader)
    case sheet(LatentSheet)
    case mosaic(LatentMosaic, ResultShape)
  }

  private var content: Content
  let count: Int
  private let background: Color

  /// `photos` are those of the job's keyframes or pairs, in its order.
  init(_ prepared: PreparedJob, photos: [ReadPhoto], reader: LatentReader) {
    let (job, inputs, columns) = (prepared.job, prepared.inputs, prepared.shape.columns)
    switch job.content {
    case .morph(let keyframes, let timeline):
      let points = FramePlan.points(of: keyframes, prepared, photos: photos)
      let walks = points.divided(into: job.mosaic?.cellCount ?? 1).map {
        LatentPath(through: $0.map(\.latent), timeline: timeline, interpolation: job.interpolation)
      }
      content =
        job.mosaic == nil
        ? .path(walks[0], photos: points.map(\.photo), showsMeans: job.latent == .mean)
        : .mosaic(.paths(walks), prepared.shape)
      count = timeline.frameCount
    case .traverse(let traversal):
      guard let dimensions = traversal.dimensionsInOrder else {
        preconditionFailure("the dimensions were put in order")
      }
      let path = TraversalPath(
        from: FramePlan.points(of: [traversal.keyframe], prepared, photos: photos)[0].latent,
        along: dimensions, range: traversal.range, of: inputs.random)
      switch traversal.view {
      case .steps(let count): content = .sheet(.traversal(path, steps: count))
      case .swing(let frameCount): content = .mosaic(.swings(path, frameCount: frameCount), prepared.shape)
      }
      count = job.pictureCount
    case .plane(let plane):
      let corners = FramePlan.points(of: plane.corners, prepared, photos: photos).map(\.latent)
      content = .sheet(.plane(corners, columns: plane.columns, rows: plane.rows))
      count = job.pictureCount
    case .posterior(let draws):
      content = .sheet(.posterior(photos[0], noiseSeed: draws.noiseSeed, inputs.random))
      count = job.pictureCount
    case .between(let keyframes):
      content = .sheet(.pairs(FramePlan.points(of: keyframes, prepared, photos: photos)))
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
    guard case .path(let path, let photos, let showsMeans) = content else { return }
    content = .path(path.paced(by: pace), photos: photos, showsMeans: showsMeans)
  }

  /// Makes frame `number`, at the model's size.
  func picture(ofFrame number: Int, by model: FaceModel) async throws -> Image {
    switch content {
    case .path(let path, let photos, let showsMeans):
      guard let keyframe = path.timeline.keyframe(atFrame: number), let photo = photos[keyframe] else {
        return try await model.decode(path.latent(ofFrame: number))
      }
      return showsMeans ? photo.reconstruction : try await model.decode(path.latent(ofFrame: number))
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
    case .sheet(let sheet):
      switch sheet.cell(number) {
      case .background:
        let format = model.folder.description.image
        return Image(width: format.width, height: format.height, filledWith: background)
      case .picture(let picture): return picture
      case .latent(let latent): return try await model.decode(latent)
      }
    case .mosaic(let mosaic, let shape):
      guard let layout = shape.mosaicLayout else { preconditionFailure("a mosaic has a layout") }
      // One after the other, since other frames are made at the same time.
      var cells: [Image] = []
      for latent in mosaic.latents(ofFrame: number) {
        cells.append(
          try await model.decode(latent).resized(toWidth: layout.cellWidth, height: layout.cellHeight))
      }
      return Image(cells, in: layout, background: background)
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
