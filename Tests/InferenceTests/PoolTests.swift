import Testing

@testable import Inference

struct `A pool` {
  @Test func `serves those that wait in the order in which they came`() async throws {
    let pool = Pool(["only one"])
    let element = try await pool.take()
    let served = Shared<[Int]>([])
    try await withThrowingTaskGroup { group in
      for number in 0..<10 {
        group.addTask {
          let element = try await pool.take()
          served.change { $0.append(number) }
          pool.giveBack(element)
        }
        while pool.waiterCount <= number { await Task.yield() }
      }
      pool.giveBack(element)
      try await group.waitForAll()
    }
    #expect(served.value == Array(0..<10))
    #expect(pool.waiterCount == 0)
  }

  @Test func `lends no element twice at once`() async throws {
    let pool = Pool([0, 1, 2])
    let lent = Shared<Set<Int>>([])
    try await withThrowingTaskGroup { group in
      for _ in 0..<300 {
        group.addTask {
          let element = try await pool.take()
          #expect(lent.change { $0.insert(element).inserted })
          await Task.yield()
          lent.change { _ = $0.remove(element) }
          pool.giveBack(element)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test func `forgets a waiter that is cancelled`() async throws {
    let pool = Pool(["only one"])
    let element = try await pool.take()
    let impatient = Task { try await pool.take() }
    while pool.waiterCount < 1 { await Task.yield() }
    let patient = Task { try await pool.take() }
    while pool.waiterCount < 2 { await Task.yield() }
    impatient.cancel()
    await #expect(throws: CancellationError.self) { try await impatient.value }
    pool.giveBack(element)
    #expect(try await patient.value == "only one")
  }
}
