internal import Inference
internal import Synchronization

/// How many keyframes photos and files of latents stand for: what of a job's inputs its frames depend on.
///
/// Rows are counted at once. Faces can only be found by a network, which takes a while: a photo whose faces were not
/// counted yet is noted, so that they can be. Safe to use from several tasks at once.
final class InputCounts: Sendable {
  private let state: Mutex<State>
  private let countsFaces: Bool

  private struct State {
    var models: [PathKey: ModelDescription?] = [:]
    var rows: [PathKey: Int?] = [:]
    /// The last file of several arrays, since the next one asked for may be in it too.
    var open: LatentContent?
    var faces: [PathKey: Int] = [:]
    var wanted: [String] = []
    /// How many keyframes groups stood for so far.
    var keyframeCount = 0

    mutating func content(of file: String) throws(MorphError) -> LatentContent {
      if let open, open.path.isSameName(as: file) { return open }
      let content = try LatentContent(at: file)
      if content.holdsSeveral { open = content }
      return content
    }
  }

  /// Small files of many jobs can't ask for more memory than this many keyframes take.
  private static let keyframeLimit = 1_000_000

  /// `countsFaces` says that photos that are noted will be counted.
  init(countsFaces: Bool = false) {
    self.countsFaces = countsFaces
    state = Mutex(State())
  }

  /// The photos that were asked for and not counted yet.
  var wantedPhotos: [String] { state.withLock { $0.wanted } }

  /// Starts counting keyframes anew, since what asked for them is read again.
  func beginReading() {
    state.withLock { $0.keyframeCount = 0 }
  }

  private func spend(_ count: Int) throws(SettingProblem) {
    let total = state.withLock { state in
      state.keyframeCount += count
      return state.keyframeCount
    }
    guard count <= MorphJob.keyframeLimit, total <= InputCounts.keyframeLimit else { throw .tooManyKeyframes }
  }

  func note(faceCount: Int, of photo: String) {
    state.withLock { state in
      state.faces[PathKey(photo)] = faceCount
      state.wanted.removeAll { $0.isSameName(as: photo) }
    }
  }

  /// What a model's folder says; `nil` when it can't be read, which reading the job's inputs will tell.
  private func description(ofModel folder: String) -> ModelDescription? {
    state.withLock { state in
      if let known = state.models[PathKey(folder)] { return known }
      var description: ModelDescription?
      do {
        let path = folder + "/model.yaml"
        description = try ModelDescription(yaml: bytes(ofFile: path, limit: YAMLFile.byteLimit), name: path)
      } catch {
        description = nil
      }
      state.models[PathKey(folder)] = .some(description)
      return description
    }
  }

  /// How many numbers a model's latent has; `nil` when its folder can't be read.
  func dimension(ofModel folder: String) -> Int? { description(ofModel: folder)?.latent.dimension }

  /// The rows of a file; `nil` when it can't be used, which reading the job's inputs will tell.
  private func rowCount(of file: String, name: String?, model: String) -> Int? {
    guard let shape = description(ofModel: model)?.latent.shape else { return nil }
    let key = PathKey([model, file, name ?? ""].joined(separator: "\0"))
    return state.withLock { state in
      if let known = state.rows[key] { return known }
      var count: Int?
      do {
        count = try LatentFile.rowCount(
          of: state.content(of: file).shape(named: name), at: file, shape: shape)
      } catch {
        count = nil
      }
      state.rows[key] = .some(count)
      return count
    }
  }

  /// The rows of a file; throws when it can't be used.
  func knownRowCount(of file: String, name: String?, model: String) throws(MorphError) -> Int {
    if let count = rowCount(of: file, name: name, model: model) { return count }
    let folder = try ModelFolder(at: model)
    return try LatentFile(at: file, name: name).rowCount(shape: folder.description.latent.shape)
  }

  /// The faces of a photo; two for the time being where they are not counted yet.
  private func faceCount(of photo: String) throws(SettingProblem) -> Int {
    guard countsFaces else { throw .facesNotCounted(photo + "#all") }
    return state.withLock { state in
      if let count = state.faces[PathKey(photo)] { return count }
      if !state.wanted.contains(where: { $0.isSameName(as: photo) }) { state.wanted.append(photo) }
      return 2
    }
  }
}

extension InputCounts {
  /// Each keyframe that a group stands for, for a model's folder.
  func keyframes(
    of group: KeyframeGroup, model: String, looksForFaces: Bool, at place: SettingPlace
  ) throws(MorphError) -> [Keyframe] {
    switch group {
    case .one(let keyframe): return [keyframe]
    case .faces(let photo):
      guard looksForFaces, description(ofModel: model).map({ $0.crop != nil }) ?? true else {
        throw MorphError(place.subject, .noFaceLookedFor(photo + "#all"))
      }
      let count = try PlacedText(text: photo, place: place).read { photo throws(SettingProblem) in
        try faceCount(of: photo)
      }
      guard count > 0 else { throw MorphError(photo, PhotoProblem.noFace) }
      _ = try PlacedText(text: "", place: place).read { _ throws(SettingProblem) in try spend(count) }
      return (0..<count).map { .photo(PhotoReference(path: photo, face: $0 + 1)) }
    case .rows(let file, let name, let stated):
      let count = rowCount(of: file, name: name, model: model)
      guard let range = stated ?? count.flatMap({ $0 > 1 ? 0...($0 - 1) : nil }) else {
        return [.latent(file: file, name: name, row: nil)]
      }
      if stated != nil, let count, range.upperBound >= count {
        throw MorphError(file, LatentFileProblem.noSuchRow(range.upperBound, count: count))
      }
      _ = try PlacedText(text: "", place: place).read { _ throws(SettingProblem) in try spend(range.count) }
      return range.map { .latent(file: file, name: name, row: $0) }
    }
  }
}

extension MorphJob {
  /// A morph through more keyframes is a slip of the pen.
  static let keyframeLimit = 100_000
}

/// Reads something that depends on how many faces photos show, and looks for those faces.
func countingFaces<Value>(
  _ options: RenderOptions, read: (InputCounts) throws -> Value
) async throws -> Value {
  let counts = InputCounts(countsFaces: true)
  while true {
    counts.beginReading()
    do {
      let value = try read(counts)
      if counts.wantedPhotos.isEmpty { return value }
    } catch {
      // What was read may have stumbled over a number that is not known yet.
      if counts.wantedPhotos.isEmpty { throw error }
    }
    for photo in counts.wantedPhotos {
      let finder = try options.loaded.faceFinder(
        filesIn: options.installation.facesFolder, threads: options.threads)
      let picture = try PhotoFile(at: photo).picture()
      do {
        counts.note(faceCount: try await finder.faces(in: picture).count, of: photo)
      } catch let error as InferenceError {
        throw MorphError(photo, PhotoProblem.unreadable(reason: error.description))
      }
    }
  }
}
