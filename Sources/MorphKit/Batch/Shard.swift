/// One of `count` parts of all the work of a run, made with no server and no lock: `3/40`.
public struct Shard: Equatable, Sendable, CustomStringConvertible {
  /// From 1 to `count`.
  public let number: Int
  public let count: Int

  public static let limit = 1_000_000

  public init(_ number: Int, of count: Int) {
    precondition((1...count).contains(number), "no shard of this number")
    self.number = number
    self.count = count
  }

  /// Reads the value of the option `--shard`.
  public init(option text: String) throws(MorphError) {
    do throws(SettingProblem) {
      try self.init(parsing: text)
    } catch {
      throw MorphError("--shard", error)
    }
  }

  /// Reads `3/40`.
  init(parsing text: String) throws(SettingProblem) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw .value(text, allowed: Shard.form) }
    guard !parts[0].isEmpty else { throw .emptyShardNumber(text) }
    guard !parts[1].isEmpty else { throw .emptyShardCount(text) }
    guard let number = UInt32(digits: parts[0][...]).map(Int.init),
      let count = UInt32(digits: parts[1][...]).map(Int.init), count <= Shard.limit
    else { throw .value(text, allowed: Shard.form) }
    guard count > 0 else { throw .noShards(text) }
    guard number > 0 else { throw .shardZero(text, count: count) }
    guard number <= count else { throw .shardBeyond(number, count: count) }
    self.init(number, of: count)
  }

  private static let form = "I/N, as in 3/40: the third of 40 parts"

  public var description: String { "\(number)/\(count)" }

  /// Whether it makes chunk `number` of the run, counted from 0 over all jobs.
  public func takes(_ number: Int) -> Bool { number % count == self.number - 1 }
}

/// Which chunks of a job a run makes.
public enum ChunkShare: Equatable, Sendable {
  /// All that are missing; then they become the result.
  case all
  /// Those of one shard, which are left for `join`; `firstChunk` is how many chunks the jobs before this one have.
  ///
  /// A job of one chunk has nothing to join: the shard that makes it makes the result.
  case shard(Shard, firstChunk: Int)
  /// None; what is there becomes the result, if nothing is missing.
  case none

  func takes(_ chunk: Int) -> Bool {
    switch self {
    case .all: true
    case .shard(let shard, let firstChunk): shard.takes(firstChunk + chunk)
    case .none: false
    }
  }

  /// Whether several chunks become a result.
  var joins: Bool {
    if case .shard = self { false } else { true }
  }
}
