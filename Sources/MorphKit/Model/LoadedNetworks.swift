internal import Inference
internal import Synchronization

/// Networks that a run has loaded, for the next one that needs the same.
///
/// Keeps the model and the face finder that were used last. Safe to share between runs.
public final class LoadedNetworks: Sendable {
  private let kept = Mutex(Kept())

  private struct Kept {
    var runtime: Runtime?
    var model: FaceModel?
    var modelParts: Set<FaceModel.Part> = []
    var modelThreads: Int?
    var faceFinder: FaceFinder?
    var faceFinderSource: (folder: String, threads: Int?)?
  }

  public init() {}

  /// The runtime that all networks share.
  func runtime() throws(InferenceError) -> Runtime {
    try kept.withLock { kept throws(InferenceError) in
      if let runtime = kept.runtime { return runtime }
      let runtime = try Runtime()
      kept.runtime = runtime
      return runtime
    }
  }

  /// The model in `folder` with at least these parts, compiled unless the run before had it.
  func model(in folder: ModelFolder, parts: Set<FaceModel.Part>, threads: Int?) async throws -> FaceModel {
    let earlier = kept.withLock { kept -> FaceModel? in
      guard let model = kept.model, model.folder.identity == folder.identity,
        model.folder.path == folder.path,
        kept.modelParts.isSuperset(of: parts), kept.modelThreads == threads
      else { return nil }
      return model
    }
    if let earlier { return earlier }
    let model = try await FaceModel(in: folder, parts: parts, threads: threads, runtime: runtime())
    kept.withLock { kept in
      (kept.model, kept.modelParts, kept.modelThreads) = (model, parts, threads)
    }
    return model
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
