import MorphKit

extension RenderResult {
  /// `done`, `up to date`, or which chunks are missing.
  var stateText: String { stateText(joinedBy: "'facewalk join'") }

  /// The same, where something else puts chunks together.
  func stateText(joinedBy joiner: String) -> String {
    guard !isComplete else { return isNew ? "done" : "up to date" }
    guard !missingChunks.isEmpty else {
      return "all \(chunkCount) chunks are there; \(joiner) puts them together"
    }
    guard chunkCount > 1 else { return "not made yet" }
    return "\(missingChunks.count) of \(chunkCount) chunks are missing: \(rangesText(missingChunks))"
  }
}
