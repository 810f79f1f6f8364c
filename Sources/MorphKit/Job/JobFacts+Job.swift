internal import Digests

extension JobFacts {
  init(_ job: MorphJob, inputs: JobInputs, shape: ResultShape) {
    command = ""
    model = inputs.model.identity
    decoder = job.needsDecoder && inputs.model.decoder == .fast ? DecoderKind.fast.rawValue : nil
    faceFinder = inputs.faceFinder
    width = shape.width
    height = shape.height
    output = ""
    margin = job.margin == 1 ? nil : job.margin
    align = job.photos.isEmpty ? nil : inputs.faceFinder != nil

    switch job.content {
    case .morph(let keyframes, let timeline):
      command = JobCommand.morph.rawValue
      self.keyframes = keyframes.map { KeyframeFact($0, inputs: inputs) }
      transitions = timeline.transitionLengths
    case .sample(let seeds):
      command = JobCommand.sample.rawValue
      self.seeds = seeds.text
    case .reconstruct(let photos):
      command = JobCommand.reconstruct.rawValue
      keyframes = photos.map { KeyframeFact(.photo($0), inputs: inputs) }
    case .align(let photos):
      command = JobCommand.align.rawValue
      keyframes = photos.map { KeyframeFact(.photo($0), inputs: inputs) }
    }

    switch job.output.format {
    case .video(let video):
      output = JobFacts.video
      frameRate = video.frameRate.description
      crf = video.crf
      preset = video.preset
    case .grid(let grid):
      output = JobFacts.grid
      columns = shape.columns
      gap = grid.gap
      background = grid.background.description
    case .frames:
      output = JobFacts.frames
      let name = job.frameNames
      var hasher = SHA256Hasher()
      for number in 0..<shape.frameCount {
        hasher.update(name(number) + "\n")
      }
      names = hasher.finish().hex
    }
  }
}

extension JobFacts.KeyframeFact {
  fileprivate init(_ keyframe: Keyframe, inputs: JobInputs) {
    switch keyframe {
    case .photo(let reference):
      photo = inputs.photo(reference).sha256
      face = reference.face
    case .seed(let seed):
      self.seed = seed
    case .latent(let file, let row):
      latents = inputs.latentFile(at: file)?.sha256
      self.row = row
    }
  }
}
