internal import Synchronization

/// The requests of a network, lent to one task each.
///
/// Tasks that find none free wait without blocking a thread, first come, first served.
final class RequestPool: Sendable {
  let count: Int
  private let state: Mutex<State>

  private struct State {
    var free: [Request]
    var waiters: [Waiter] = []
    var nextTicket = 0
  }

  private struct Waiter {
    let ticket: Int
    let continuation: CheckedContinuation<Request, any Error>
  }

  init(_ requests: [Request]) {
    count = requests.count
    state = Mutex(State(free: requests))
  }

  /// A request for the caller alone, until it gives it back.
  func take() async throws -> Request {
    try Task.checkCancellation()
    let (free, ticket) = state.withLock { state in
      state.nextTicket += 1
      return (state.free.popLast(), state.nextTicket)
    }
    if let free { return free }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Request, any Error>? = state.withLock { state in
          // The handler below ran before this point, or will find the waiter.
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

  /// Hands `request` to the task that has waited longest, if one does.
  func giveBack(_ request: Request) {
    let waiter: Waiter? = state.withLock { state in
      guard state.waiters.isEmpty else { return state.waiters.removeFirst() }
      state.free.append(request)
      return nil
    }
    waiter?.continuation.resume(returning: request)
  }
}
