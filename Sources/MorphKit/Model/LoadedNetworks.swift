internal import Inference
internal import Synchronization

/// Networks that a run has loaded, for the next one that needs the same.
///
/// Keeps the face finder and the four models that were used last. Safe to share between runs, also at once.
public final class LoadedNetworks: Sendable {
  private let kept = Mutex(Kept())
  private let models: SharedValues<ModelKey, FaceModel>

  private struct Kept {
    var runtime: Runtime?
    var faceFinder: FaceFinder?
    var faceFinderSource: (folder: String, threads: Int?)?
  }

  private struct ModelKey: Hashable {
    var identity: String
    var path: String
    var parts: Set<FaceModel.Part>
    var threads: Int?
  }

  public init() { models = SharedValues(costLimit: 4) }

  /// Keeps another number of models than four.
  init(modelLimit: Int) { models = SharedValues(costLimit: modelLimit) }

  /// How many models were loaded so far.
  var modelCount: Int { models.madeCount }

  /// The runtime that all networks share.
  func runtime() throws(InferenceError) -> Runtime {
    try kept.withLock { kept throws(InferenceError) in
      if let runtime = kept.runtime { return runtime }
      let runtime = try Runtime()
      kept.runtime = runtime
      return runtime
    }
  }

  /// The model in `folder` with at least these parts, compiled unless an earlier run had it.
  func model(in folder: ModelFolder, parts: Set<FaceModel.Part>, threads: Int?) async throws -> FaceModel {
    var key = ModelKey(
      identity: folder.identity, path: folder.path, parts: [.encoder, .decoder], threads: threads)
    if let whole = models.kept(for: key) { return whole }
    key.parts = parts
    return try await models.value(for: key) {
      try await FaceModel(in: folder, parts: parts, threads: threads, runtime: runtime())
    }
  }

  /// The face finder whose networks lie in `folder`; they are compiled when they are first needed.
  func faceFinder(filesIn folder: String, threads: Int?) throws -> FaceFinder {
    let runtime = try runtime()
    return try kept.withLock { kept in
      if let finder = kept.faceFinder, let source = kept.faceFinderSource, source == (folder, threads) {
        return finder
      }
      let finder = try FaceFinder(filesIn: folder, runtime: runtime, threads: threads)
      (kept.faceFinder, kept.faceFinderSource) = (finder, (folder, threads))
      return finder
    }
  }
}
