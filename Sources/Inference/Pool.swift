internal import Synchronization

/// Lends each of its elements to one task at a time.
///
/// Tasks that find none free wait without blocking a thread, first come, first served.
final class Pool<Element: Sendable>: Sendable {
  let count: Int
  private let state: Mutex<State>

  private struct State {
    var free: [Element]
    var waiters: [Waiter] = []
    var lastTicket = 0
  }

  private struct Waiter {
    let ticket: Int
    let continuation: CheckedContinuation<Element, any Error>
  }

  init(_ elements: [Element]) {
    count = elements.count
    state = Mutex(State(free: elements))
  }

  /// How many tasks wait now.
  var waiterCount: Int { state.withLock { $0.waiters.count } }

  /// An element for the caller alone, until it gives it back.
  ///
  /// Throws `CancellationError` when the task is cancelled before it has one.
  func take() async throws -> Element {
    try Task.checkCancellation()
    let (free, ticket) = state.withLock { state in
      state.lastTicket += 1
      return (state.free.popLast(), state.lastTicket)
    }
    if let free { return free }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Element, any Error>? = state.withLock { state in
          // A handler that ran before this point found no waiter, one that runs later will.
          if Task.isCancelled { return .failure(CancellationError()) }
          if let free = state.free.popLast() { return .success(free) }
          state.waiters.append(Waiter(ticket: ticket, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Hands `element` to the task that has waited longest, if one does.
  func giveBack(_ element: Element) {
    let waiter: Waiter? = state.withLock { state in
      guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
      state.free.append(element)
      return nil
    }
    waiter?.continuation.resume(returning: element)
  }
}
