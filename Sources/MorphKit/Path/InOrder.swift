/// Makes an output of each of `count` inputs at once, and gives them to `consume` in their order.
///
/// At most `limit` outputs are alive: one starts only when one has been consumed. The first error, of `make` or
/// `consume`, cancels the rest and is thrown; so is cancellation. `consume` runs in the caller's task.
func forEachInOrder<Output: Sendable>(
  count: Int, limit: Int, make: @escaping @Sendable (Int) async throws -> Output,
  consume: (Int, Output) async throws -> Void
) async throws {
  precondition(limit > 0, "nothing can be made")
  try await withThrowingTaskGroup(of: (Int, Output).self) { group in
    var started = 0
    var waiting: [Int: Output] = [:]
    func startOne() {
      guard started < count else { return }
      let index = started
      started += 1
      group.addTask { (index, try await make(index)) }
    }
    for _ in 0..<min(limit, count) {
      startOne()
    }
    for next in 0..<count {
      while waiting[next] == nil {
        guard let (index, output) = try await group.next() else { throw CancellationError() }
        waiting[index] = output
      }
      guard let output = waiting.removeValue(forKey: next) else {
        preconditionFailure("the output just came")
      }
      try Task.checkCancellation()
      try await consume(next, output)
      startOne()
    }
  }
}
