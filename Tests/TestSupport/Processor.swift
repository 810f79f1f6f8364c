internal import Foundation
internal import Glibc

/// The number of a core that this process may use.
package func allowedCore() throws -> String {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") } ?? ""
  return line.split { "\t ,-".contains($0) }.dropFirst().first.map(String.init) ?? "0"
}

/// How long a test lets something take that would otherwise take far longer, or never end.
package let hangLimit = Duration.seconds(120)

/// The processor time that this thread spends on `body`: other work on the machine does not count.
package func processorTime(of body: () throws -> Void) rethrows -> Duration {
  let start = processorTime()
  try body()
  return processorTime() - start
}

/// The processor time that this thread has spent.
private func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}
