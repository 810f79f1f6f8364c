/// How much the expansions of one file may take, so that a small file of a stranger's can't fill the memory or never
/// come to an end.
///
/// Not safe to share between tasks.
final class ExpansionBudget {
  private var text: Int
  private var names: Int

  static let textLimit = 256_000_000
  /// As many names of files are looked at.
  static let nameLimit = 1_000_000

  init(text: Int = textLimit, names: Int = nameLimit) {
    (self.text, self.names) = (text, names)
  }

  /// Counts a text of this many bytes that is kept.
  func spend(bytes: Int) throws(SettingProblem) {
    // A value takes more than its letters.
    text -= bytes + 64
    guard text >= 0 else { throw .expandsTooFar }
  }

  /// Counts a name that is looked at.
  func spendName() throws(SettingProblem) {
    names -= 1
    guard names >= 0 else { throw .tooManyFiles }
  }
}
