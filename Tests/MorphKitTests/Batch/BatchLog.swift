internal import Synchronization

@testable import MorphKit

/// Keeps what `renderAll` tells.
final class BatchLog: Sendable {
  private let kept = Mutex<[BatchEvent]>([])

  func note(_ event: BatchEvent) {
    kept.withLock { $0.append(event) }
  }

  /// Jobs that ended, with what was said of those that failed.
  var ends: [String] {
    kept.withLock { events in
      events.compactMap { event in
        switch event {
        case .started, .rendering: nil
        case .finished(let job, let result): "\(job) \(result.isNew ? "done" : "up to date")"
        case .failed(let job, let reason, let again): "\(job) \(again ? "again: " : "")\(reason)"
        case .kept(let job, let reason): "\(job) kept: \(reason)"
        }
      }
    }
  }

  var matchCount: Int {
    kept.withLock { events in
      events.count { if case .rendering(_, .matched) = $0 { true } else { false } }
    }
  }
}
