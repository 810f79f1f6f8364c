/// Where jobs are read from, and what holds for all of them.
struct JobSource {
  /// What errors call the file.
  let name: String
  /// Relative paths start from here.
  let folder: String
  /// `key=value` pairs that replace what the file states.
  let overrides: [String]
  let installation: Installation
  /// Shared by all expansions of the file.
  var budget = ExpansionBudget()
  /// Shared by all jobs of the file.
  var overrideUse = OverrideUse()
  /// What is known of how many keyframes files stand for.
  var counts = InputCounts()
}
