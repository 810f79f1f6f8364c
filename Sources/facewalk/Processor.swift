import FoundationEssentials
import Glibc

/// How much of the machine this process may use.
enum Processor {
  /// The least of the cores it may run on, its group's quota, and what Slurm gave it; at least 1.
  static func threadCount() -> Int {
    let slurm = getenv("SLURM_CPUS_PER_TASK").flatMap { Int(String(cString: $0)) }
    return max(
      1, [ProcessInfo.processInfo.activeProcessorCount, quota(), slurm].compactMap(\.self).min() ?? 1)
  }

  /// The whole cores that `cpu.max` of the control group grants, rounded up.
  private static func quota() -> Int? {
    guard let file = fopen("/sys/fs/cgroup/cpu.max", "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 64)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return nil }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let parts = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    guard parts.count == 2, let quota = parts[0], let period = parts[1], period > 0 else { return nil }
    return Int((quota / period).rounded(.up))
  }
}
