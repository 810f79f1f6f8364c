internal import Synchronization

/// Makes a value for each key once, however many tasks ask for it, and keeps those that were used last.
///
/// Safe to use from several tasks at once. A task that asks for what another is making waits for it; when the other
/// fails, it makes the value itself.
final class SharedValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let state = Mutex(State())
  /// What all that is kept may cost together; the value used last is kept whatever it costs.
  private let costLimit: Int

  private struct State {
    var entries: [Key: Entry] = [:]
    /// Those who wait for a value that is being made.
    var waiting: [Key: [CheckedContinuation<Void, Never>]] = [:]
    var cost = 0
    var useCount = 0
    var madeCount = 0
  }

  private struct Entry {
    var value: Value
    var cost: Int
    var lastUse: Int
  }

  private enum Answer {
    case found(Value)
    case mine
    case waited
  }

  init(costLimit: Int) { self.costLimit = costLimit }

  /// How many values were made so far.
  var madeCount: Int { state.withLock { $0.madeCount } }

  /// The value of a key that is there already.
  func kept(for key: Key) -> Value? {
    state.withLock { state in use(key, &state) }
  }

  /// The value of a key, which `make` makes unless it is there.
  func value(
    for key: Key, cost: (Value) -> Int = { _ in 1 }, make: () async throws -> Value
  ) async throws -> Value {
    while true {
      switch await claim(key) {
      case .found(let value): return value
      case .waited: continue
      case .mine:
        do {
          let value = try await make()
          end(key, with: value, cost: cost(value))
          return value
        } catch {
          end(key, with: nil, cost: 0)
          throw error
        }
      }
    }
  }

  private func claim(_ key: Key) async -> Answer {
    let answer = state.withLock { state -> Answer? in
      if let value = use(key, &state) { return .found(value) }
      guard state.waiting[key] == nil else { return nil }
      state.waiting[key] = []
      return .mine
    }
    if let answer { return answer }
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        guard state.waiting[key] != nil else { return true }
        state.waiting[key]?.append(continuation)
        return false
      }
      if isOver {
        continuation.resume()
      }
    }
    return .waited
  }

  private func end(_ key: Key, with value: Value?, cost: Int) {
    let waiting = state.withLock { state in
      if let value {
        state.madeCount += 1
        state.useCount += 1
        state.entries[key] = Entry(value: value, cost: cost, lastUse: state.useCount)
        state.cost += cost
        forgetOldest(&state)
      }
      return state.waiting.removeValue(forKey: key) ?? []
    }
    for continuation in waiting {
      continuation.resume()
    }
  }

  private func use(_ key: Key, _ state: inout State) -> Value? {
    guard let value = state.entries[key]?.value else { return nil }
    state.useCount += 1
    state.entries[key]?.lastUse = state.useCount
    return value
  }

  private func forgetOldest(_ state: inout State) {
    while state.cost > costLimit, state.entries.count > 1,
      let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      state.entries[oldest.key] = nil
      state.cost -= oldest.value.cost
    }
  }
}
