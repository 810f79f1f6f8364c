/// A setting as the command line states it.
public struct JobOption: Equatable, Sendable {
  /// The key that it has in a job file.
  public var key: String
  public var value: Value
  /// What errors call it: `--fps`.
  public var option: String

  public enum Value: Equatable, Sendable {
    case text(String)
    /// Arguments of the command itself, each named by its own text in errors.
    case list([String])
  }

  public init(_ key: String, _ value: Value, option: String) {
    self.key = key
    self.value = value
    self.option = option
  }
}

extension MorphJob {
  /// The job that a command line asks for; relative paths start from the current folder.
  ///
  /// Throws `MorphError` for the first option that can't be.
  public init(
    _ command: JobCommand, options: [JobOption], model: String?, output: String?, installation: Installation
  ) throws(MorphError) {
    try self.init(
      command, options: options, model: model, output: output, installation: installation,
      counts: InputCounts())
  }

  /// The same, also with photos all of whose faces are named: they are looked for.
  public init(
    _ command: JobCommand, options: [JobOption], model: String?, output: String?,
    countingWith run: RenderOptions
  ) async throws {
    self = try await countingFaces(run) { counts in
      try MorphJob(
        command, options: options, model: model, output: output, installation: run.installation,
        counts: counts)
    }
  }

  private init(
    _ command: JobCommand, options: [JobOption], model: String?, output: String?, installation: Installation,
    counts: InputCounts
  ) throws(MorphError) {
    let entries = options.map { option in
      let place = SettingPlace.option(option.option)
      let value: Setting
      switch option.value {
      case .text(let text):
        value = .text(text, at: place)
      case .list(let texts):
        value = Setting(value: .list(texts.map { .text($0, at: .option($0)) }), place: place)
      }
      return Setting.Entry(key: option.key, place: place, value: value)
    }
    try self.init(
      command, SettingTable(entries, at: .option(command.rawValue)),
      model: model.map { PlacedText(text: $0, place: .option("--model")) },
      output: output.map { PlacedText(text: $0, place: .option("--output")) },
      folder: ".", installation: installation, counts: counts)
  }
}
