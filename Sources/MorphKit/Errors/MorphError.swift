/// What stopped a run: the file, option or line, what is wrong with it, and what to do.
public struct MorphError: Error, Equatable, CustomStringConvertible {
  /// The file, option or line of a job file that is at fault, as the user wrote it.
  public var subject: String
  public var problem: Problem

  /// The kinds of fault, each with its own facts.
  public enum Problem: Equatable, Sendable {
    /// The command line or a job file states something that can't be.
    case setting(SettingProblem)
    case photo(PhotoProblem)
    case latents(LatentFileProblem)
    case model(ModelProblem)
    case output(OutputProblem)
  }

  /// One or two sentences: what is wrong, and what to do.
  public var description: String { "\(subject): \(message)" }

  /// The same where `name` stands before it already, so that no name stands twice.
  public func description(behind name: String) -> String { subject == name ? message : description }

  /// What was probably meant by the name of a file that isn't there.
  private var hint: String {
    let endings = /\.(jpe?g|png|webp|tiff?|hei[cf]|avif|gif|npy|npz|safetensors)(#\d+|:\w+)? *[-+*\/−–—]/
    let name = fileName(subject)
    if name.contains("*"), name.firstMatch(of: /\*[^ \d]/) != nil, !name.contains(" "),
      !subject.contains(endings),
      name.firstMatch(of: /\d\*/) == nil
    {
      return " The shell fills in names with *; job files read them under 'for' and 'pairs' alone."
    }
    guard
      name.contains(where: { "+*()−–—".contains($0) }) || subject.contains(" / ") || subject.contains(endings)
    else { return "" }
    return " A sum has a space on both sides of +, - and *, no / and no parentheses: "
      + "\"ada.jpg + 1.5 * smile.npy\"."
  }

  private var message: String {
    switch problem {
    case .setting(let problem): problem.message
    case .photo(.missing): PhotoProblem.missing.message + hint
    case .photo(let problem): problem.message
    case .latents(.missing): LatentFileProblem.missing.message + hint
    case .latents(let problem): problem.message
    case .model(let problem): problem.message
    case .output(let problem): problem.message
    }
  }

  /// Whether the command line or the job file is at fault, and not what it names.
  public var isWrongUse: Bool {
    if case .setting = problem { true } else { false }
  }

  /// Whether the run can go on when the user lets it replace a file.
  public var mayBeOverwritten: Bool {
    switch problem {
    case .output(.anotherFile), .output(.changedSince), .output(.earlierResult), .output(.otherResult),
      .output(.frameMissing), .output(.reportExists):
      true
    default: false
    }
  }

  /// Whether nothing is wrong but that an earlier result is kept until the user lets it be replaced.
  public var keepsEarlierResult: Bool {
    if case .output(.earlierResult) = problem { true } else { false }
  }

  init(_ subject: String, _ problem: SettingProblem) {
    self.subject = subject
    self.problem = .setting(problem)
  }

  init(_ subject: String, _ problem: PhotoProblem) {
    self.subject = subject
    self.problem = .photo(problem)
  }

  init(_ subject: String, _ problem: LatentFileProblem) {
    self.subject = subject
    self.problem = .latents(problem)
  }

  init(_ subject: String, _ problem: ModelProblem) {
    self.subject = subject
    self.problem = .model(problem)
  }

  init(_ subject: String, _ problem: OutputProblem) {
    self.subject = subject
    self.problem = .output(problem)
  }
}
