internal import Synchronization
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Making in order` {
  private struct Failure: Error, Equatable {
    var number: Int
  }

  /// Counts what is alive, and remembers the most that ever was.
  private final class Census: Sendable {
    private let counts = Mutex((alive: 0, most: 0, begun: 0))

    func begin() {
      counts.withLock {
        $0.alive += 1
        $0.begun += 1
        $0.most = max($0.most, $0.alive)
      }
    }

    func end() { counts.withLock { $0.alive -= 1 } }

    var most: Int { counts.withLock { $0.most } }
    var begun: Int { counts.withLock { $0.begun } }
    var alive: Int { counts.withLock { $0.alive } }
  }

  /// Lets other tasks run, a different number of times for each input.
  private func dawdle(_ number: Int) async {
    var random = SeededRandom(seed: UInt64(number))
    for _ in 0..<Int.random(in: 0...20, using: &random) {
      await Task.yield()
    }
  }

  @Test(arguments: [(0, 3), (1, 3), (2, 3), (3, 3), (100, 1), (100, 4), (500, 7)])
  func `outputs come in the order of their inputs, with at most the limit alive`(
    count: Int, limit: Int
  ) async throws {
    let census = Census()
    var consumed: [Int] = []
    try await forEachInOrder(count: count, limit: limit) { number in
      census.begin()
      await dawdle(number)
      return number * number
    } consume: { number, output in
      #expect(output == number * number)
      consumed.append(number)
      await dawdle(number)
      census.end()
    }
    #expect(consumed == Array(0..<count))
    #expect(census.most <= limit)
    #expect(census.most == min(count, limit) || census.most >= 1)
    #expect(census.alive == 0)
  }

  @Test func `the first error is thrown, and what has not begun never begins`() async throws {
    let census = Census()
    var consumed = 0
    let error = await #expect(throws: Failure.self) {
      try await forEachInOrder(count: 1_000, limit: 4) { number in
        census.begin()
        await dawdle(number)
        if number == 10 { throw Failure(number: number) }
        // Only a cancelled task comes to an end here.
        while number > 10, !Task.isCancelled { await Task.yield() }
        try Task.checkCancellation()
      } consume: { _, _ in
        consumed += 1
      }
    }
    #expect(error == Failure(number: 10))
    #expect(consumed <= 10)
    #expect(census.begun <= 14)
  }

  @Test func `an error while consuming ends all`() async throws {
    let census = Census()
    let error = await #expect(throws: Failure.self) {
      try await forEachInOrder(count: 1_000, limit: 3) { number in
        census.begin()
        while number > 5, !Task.isCancelled { await Task.yield() }
        try Task.checkCancellation()
      } consume: { number, _ in
        if number == 5 { throw Failure(number: 5) }
      }
    }
    #expect(error == Failure(number: 5))
    #expect(census.begun <= 8)
  }

  @Test func `cancellation reaches what is being made, and is thrown`() async throws {
    let census = Census()
    let task = Task {
      try await forEachInOrder(count: 1_000, limit: 3) { number in
        census.begin()
        while number > 5, !Task.isCancelled { await Task.yield() }
        try Task.checkCancellation()
      } consume: { _, _ in
      }
    }
    while census.begun < 7 { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(census.begun <= 9)
  }

  @Test func `nothing is consumed after cancellation`() async throws {
    let task = Task {
      var consumed = 0
      do {
        try await forEachInOrder(count: 10, limit: 2) {
          $0
        } consume: { number, _ in
          consumed += 1
          if number == 3 { withUnsafeCurrentTask { $0?.cancel() } }
        }
      } catch is CancellationError {
        return consumed
      }
      return -1
    }
    #expect(try await task.value == 4)
  }
}
