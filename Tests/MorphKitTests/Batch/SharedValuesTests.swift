internal import Synchronization
internal import Testing

@testable import MorphKit

struct `Shared values` {
  private struct Failure: Error {}

  private final class Attempts: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  @Test func `are made once, however many ask at a time`() async throws {
    let values = SharedValues<Int, Int>(costLimit: 100)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<400 {
        group.addTask {
          try await values.value(for: number % 7) {
            for _ in 0..<20 { await Task.yield() }
            return number % 7 * 10
          }
        }
      }
      for try await value in group {
        #expect(value % 10 == 0)
      }
    }
    #expect(values.madeCount == 7)
    #expect(values.kept(for: 3) == 30)
    #expect(values.kept(for: 8) == nil)
  }

  @Test func `that could not be made are made by the next who waits`() async throws {
    let values = SharedValues<Int, Int>(costLimit: 100)
    let attempts = Attempts()
    let results = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do {
            return try await values.value(for: 1) {
              await Task.yield()
              let attempt = attempts.next()
              guard attempt > 3 else { throw Failure() }
              return attempt
            }
          } catch {
            return nil
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count { $0 == nil } == 3)
    #expect(results.count { $0 == 4 } == 17)
  }

  @Test func `that were not used for longest are given up first`() async throws {
    let values = SharedValues<Int, Int>(costLimit: 30)
    for key in [1, 2, 3, 1, 4] {
      _ = try await values.value(for: key, cost: { _ in 10 }) { key }
    }
    #expect(values.kept(for: 2) == nil)
    #expect([1, 3, 4].allSatisfy { values.kept(for: $0) == $0 })
    _ = try await values.value(for: 5, cost: { _ in 1_000 }) { 5 }
    #expect(values.kept(for: 5) == 5)
    #expect([1, 3, 4].allSatisfy { values.kept(for: $0) == nil })
  }
}
