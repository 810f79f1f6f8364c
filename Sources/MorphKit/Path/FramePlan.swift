/// Which picture each frame of a result is; the whole of it is known before the first is made.
struct FramePlan: Sendable {
  private enum Content: Sendable {
    /// `photos` has those of keyframes, which were decoded already.
    case path(LatentPath, photos: [ReadPhoto?])
    case seeds(SeedList, dimension: Int)
    /// Rows of photos, each above a row of what the model makes of them.
    case pairs([ReadPhoto], columns: Int)
    case photos([PhotoReference], JobInputs, PhotoAligner, reporting: @Sendable (RenderEvent) -> Void)
  }

  private var content: Content
  let count: Int
  private let background: Color

  /// `photos` are those of the job's keyframes or pairs, in its order.
  init(
    _ job: MorphJob, inputs: JobInputs, photos: [ReadPhoto], aligner: PhotoAligner, columns: Int,
    reporting report: @escaping @Sendable (RenderEvent) -> Void
  ) {
    let latent = inputs.model.description.latent
    switch job.content {
    case .morph(let keyframes, let timeline):
      var remaining = photos[...]
      var ofKeyframes: [ReadPhoto?] = []
      let latents = keyframes.map { keyframe in
        ofKeyframes.append(nil)
        switch keyframe {
        case .photo:
          guard let photo = remaining.popFirst() else { preconditionFailure("every photo was read") }
          ofKeyframes[ofKeyframes.count - 1] = photo
          return photo.latent
        case .seed(let seed):
          return Latent(seed: seed, dimension: latent.dimension)
        case .latent(let file, let row):
          return inputs.latent(file: file, row: row)
        }
      }
      content = .path(
        LatentPath(through: latents, timeline: timeline, interpolation: job.interpolation),
        photos: ofKeyframes)
      count = timeline.frameCount
    case .sample(let seeds):
      content = .seeds(seeds, dimension: latent.dimension)
      count = seeds.count
    case .reconstruct:
      content = .pairs(photos, columns: columns)
      count = (photos.count + columns - 1) / columns * columns * 2
    case .align(let references):
      content = .photos(references, inputs, aligner, reporting: report)
      count = references.count
    }
    if case .grid(let grid) = job.output.format { background = grid.background } else { background = .black }
  }

  /// The path of a morph.
  var path: LatentPath? {
    if case .path(let path, _) = content { path } else { nil }
  }

  /// Times a morph anew.
  mutating func follow(_ pace: PacePlan) {
    guard case .path(let path, let photos) = content else { return }
    content = .path(path.paced(by: pace), photos: photos)
  }

  /// Makes frame `number`, at the model's size.
  func picture(ofFrame number: Int, by model: FaceModel) async throws -> Image {
    switch content {
    case .path(let path, let photos):
      guard let keyframe = path.timeline.keyframe(atFrame: number), let photo = photos[keyframe] else {
        return try await model.decode(path.latent(ofFrame: number))
      }
      guard let dissolve = path.timeline.dissolve(atFrame: number) else { return photo.reconstruction }
      return photo.reconstruction.mixed(with: photo.image, share: dissolve.photoShare)
    case .seeds(let seeds, let dimension):
      return try await model.decode(Latent(seed: seeds[number], dimension: dimension))
    case .pairs(let photos, let columns):
      let (row, column) = (number / columns, number % columns)
      let index = row / 2 * columns + column
      guard photos.indices.contains(index) else {
        let format = model.folder.description.image
        return Image(width: format.width, height: format.height, filledWith: background)
      }
      return row % 2 == 0 ? photos[index].image : photos[index].reconstruction
    case .photos(let references, let inputs, let aligner, let report):
      let photo = try await aligner.align(inputs.photo(references[number]), references[number])
      if let choice = photo.choice {
        report(.chose(choice))
      }
      return photo.image
    }
  }
}
