/// Which settings of the command line do something for some job of a file.
///
/// Not safe to share between tasks.
final class OverrideUse {
  private var used: Set<String> = []
  private var idle: [String: MorphError] = [:]

  /// Notes what the settings of these keys do for a job; `errors` says why some do nothing.
  func note(_ keys: [String], idle errors: [String: MorphError]) {
    for key in keys {
      if let error = errors[key] {
        idle[key] = idle[key] ?? error
      } else {
        used.insert(key)
      }
    }
  }

  /// Why settings do nothing for any job, by their keys.
  var idleKeys: [String: MorphError] { idle.filter { !used.contains($0.key) } }
}

extension JobFile {
  /// Throws when a setting of the command line does nothing in any of these files.
  public static func refuseIdleOverrides(_ files: [JobFile]) throws(MorphError) {
    guard let first = files.first else { return }
    for (key, error) in first.idleOverrides.sorted(by: { $0.key < $1.key })
    where files.allSatisfy({ $0.idleOverrides[key] != nil }) {
      throw error
    }
  }
}
