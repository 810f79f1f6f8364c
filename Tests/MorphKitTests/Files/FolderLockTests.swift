internal import Dispatch
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `A folder's lock` {
  @Test func `lets one in at a time`() async throws {
    try await withTemporaryFolder { folder in
      try write("0", to: "\(folder)/count")
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<8 {
          group.addTask {
            await withCheckedContinuation { done in
              // Threads of their own, since it waits.
              DispatchQueue(label: "lock").async {
                for _ in 0..<20 { withLock(onFolder: folder) { increment("\(folder)/count") } }
                done.resume()
              }
            }
          }
        }
      }
      #expect(try contents("\(folder)/count") == Array("160".utf8))
    }
  }

  @Test func `is none where there is no folder`() {
    #expect(withLock(onFolder: "/nowhere/at/all") { 1 } == 1)
  }

  private func increment(_ path: String) {
    do {
      let number = try Int(String(decoding: contents(path), as: UTF8.self)) ?? -1_000_000
      try write("\(number + 1)", to: path)
    } catch {
      Issue.record(error)
    }
  }
}
