internal import Inference
internal import PNGFiles
internal import PhotoFiles

/// Makes a model folder from two networks and a picture like those that they were trained on.
///
/// Tensors, sizes and layout are read off the networks; range, channel order and activation are those that bring the
/// picture back best; where a face is found in the picture, the crop is measured on it. Writes the networks, a
/// commented model.yaml and the check. Throws `MorphError` for what can't be found out, naming the option that states
/// it; then nothing is left.
public func makeModelFolder(
  at path: String, encoder: String, decoder: String, image: String, hints: ModelHints, options: RenderOptions
) async throws -> ModelReport {
  var path = path
  while path.count > 1, path.hasSuffix("/") {
    path.removeLast()
  }
  guard ![".", "..", "/", ""].contains(fileName(path)), !isTakenByAnything(path) else {
    throw MorphError(path, OutputProblem.modelFolderExists)
  }
  let file = try PhotoFile(at: image)
  let picture = try file.picture()
  let work = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36)).parts"
  defer { removeAll(work) }
  do throws(FileProblem) {
    try makeFolder(work)
  } catch {
    throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
  }
  do {
    return try await makeModel(
      in: work, thenAt: path, encoder: encoder, decoder: decoder, picture: picture, hints: hints,
      options: options)
  } catch var error as MorphError {
    // Not by the name that it had only while it was made.
    error.subject = error.subject.replacing(work, with: path)
    throw error
  }
}

private func makeModel(
  in work: String, thenAt path: String, encoder: String, decoder: String, picture: Picture, hints: ModelHints,
  options: RenderOptions
) async throws -> ModelReport {
  let names = (encoder: "encoder" + fileEnding(encoder), decoder: "decoder" + fileEnding(decoder))
  try copyNetwork(encoder, to: work, as: names.encoder)
  try copyNetwork(decoder, to: work, as: names.decoder)

  let runtime = try options.loaded.runtime()
  let survey = try ModelSurvey(
    encoder: graph(encoder, at: "\(work)/\(names.encoder)", runtime: runtime),
    decoder: graph(decoder, at: "\(work)/\(names.decoder)", runtime: runtime), hints: hints, name: path)
  var draft = ModelDraft(survey, name: hints.name ?? fileName(path), files: names, hints: hints)
  let transform = PixelTransform(centering: picture, width: survey.image.width, height: survey.image.height)
  var check = Image(
    picture.transformed(by: transform, width: survey.image.width, height: survey.image.height))
  if survey.image.channels == .gray {
    // Colours that the model can't give back would drown what it can.
    var format = survey.image
    format.activation = .none
    let codec = PixelCodec(format: format, range: .init(black: 0, white: 1, channelCount: 1))
    check = codec.image(from: codec.values(of: check).span)
  }
  guard check.isColourfulEnough else { throw MorphError(path, ModelProblem.flatPicture) }
  draft.psnr = try await draft.settle(on: check, in: work, path: path, options: options, runtime: runtime)
  draft.crop = try await measuredCrop(in: check, options: options)

  do {
    try write(Array(draft.yaml.utf8), toFile: work + "/model.yaml")
    var writer = try PNGWriter(creating: work + "/check.png", width: check.width, height: check.height)
    try writer.writeRows(check.pixels.span)
    try writer.finish()
  } catch let error as FileProblem {
    throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
  } catch let error as PNGError {
    throw MorphError(path, OutputProblem(error))
  }
  do {
    var report = try await inspectModel(at: work, options: options)
    try move(work, to: path)
    report.path = path
    return report
  } catch let error as FileProblem {
    throw MorphError(path, OutputProblem.cannotWrite(reason: error.reason))
  }
}

/// Copies a network and the files that hold its weights.
private func copyNetwork(_ source: String, to folder: String, as name: String) throws(MorphError) {
  do throws(FileProblem) {
    try write(bytes(ofFile: source, limit: ModelFolder.networkByteLimit), toFile: "\(folder)/\(name)")
    switch fileEnding(source) {
    case ".xml":
      let weights = String(source.dropLast(4)) + ".bin"
      try write(
        bytes(ofFile: weights, limit: ModelFolder.networkByteLimit), toFile: "\(folder)/\(fileStem(name)).bin"
      )
    case ".onnx":
      for data in try ONNXFile.externalDataNames(inFile: source, limit: ModelFolder.networkByteLimit) {
        // The network names the file, so it keeps that name.
        guard !data.contains("/"), data != ".." else {
          throw FileProblem.failed(reason: "it keeps weights in '\(data)', outside its folder")
        }
        guard kind(ofPath: "\(folder)/\(data)") == .nothing else {
          throw FileProblem.failed(reason: "encoder and decoder both keep weights in a file called '\(data)'")
        }
        try write(
          bytes(ofFile: path(data, from: MorphKit.folder(of: source)), limit: ModelFolder.networkByteLimit),
          toFile: "\(folder)/\(data)")
      }
    default:
      break
    }
  } catch {
    throw MorphError(source, ModelProblem.network(file: "the network", reason: error.reason))
  }
}

private func graph(_ name: String, at path: String, runtime: Runtime) throws(MorphError) -> Graph {
  do throws(InferenceError) {
    return try Graph(reading: path, runtime: runtime)
  } catch {
    throw MorphError(name, ModelProblem.network(file: "the network", reason: error.description))
  }
}

/// Where eyes and mouth lie in a picture that shows one face; `nil` when it does not, or no face finder is there.
private func measuredCrop(in image: Image, options: RenderOptions) async throws -> FaceCrop? {
  guard FaceFinder.files.allSatisfy({ kind(ofPath: "\(options.installation.facesFolder)/\($0)") == .file })
  else {
    return nil
  }
  let finder = try options.loaded.faceFinder(
    filesIn: options.installation.facesFolder, threads: options.threads)
  let faces = try await finder.faces(
    in: Picture(width: image.width, height: image.height, pixels: image.pixels))
  guard faces.count == 1, let face = faces.first else { return nil }
  func fraction(_ point: Point) -> Point {
    Point(x: point.x / Double(image.width), y: point.y / Double(image.height))
  }
  let points = face.landmarks.points.map(fraction)
  guard points.allSatisfy({ (0.05...0.95).contains($0.x) && (0.05...0.95).contains($0.y) }) else {
    return nil
  }
  return FaceCrop(
    leftEye: points[0], rightEye: points[1], mouth: points[2],
    aspect: Double(image.width) / Double(image.height))
}
