/// Settings that a job does not state itself: where one does nothing, it is passed over and no error.
///
/// Not safe to share between tasks.
final class OptionalSettings {
  private let defaults: Set<String>
  private let overrides: Set<String>
  /// Why settings of the command line do nothing for this job, by their keys.
  private(set) var idleOverrides: [String: MorphError] = [:]

  init(defaults: Set<String> = [], overrides: Set<String> = []) {
    (self.defaults, self.overrides) = (defaults, overrides)
  }

  func contains(_ key: String) -> Bool { defaults.contains(key) || overrides.contains(key) }

  /// Whether this setting is for many jobs, some of which may not even know it.
  func isOverride(_ key: String) -> Bool { overrides.contains(key) }

  func passOver(_ key: String, _ error: MorphError) {
    if overrides.contains(key) { idleOverrides[key] = error }
  }
}
