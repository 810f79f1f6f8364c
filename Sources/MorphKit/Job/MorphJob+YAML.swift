extension MorphJob {
  /// Reads a job file; paths in it start from its own folder.
  ///
  /// `overrides` are `key=value` pairs that replace what the file states. Throws `MorphError` with file, line and
  /// key.
  public init(
    contentsOf path: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    let text: [UInt8]
    do throws(FileProblem) {
      text = try bytes(ofFile: path, limit: YAMLFile.byteLimit)
    } catch {
      switch error {
      case .missing: throw MorphError(path, SettingProblem.missingFile)
      case .tooLarge: throw MorphError(path, SettingProblem.fileTooLarge)
      case .notRegular, .failed: throw MorphError(path, SettingProblem.unreadable(reason: error.reason))
      }
    }
    try self.init(
      yaml: text, name: path, folder: folder(of: path), overrides: overrides, installation: installation)
  }

  /// Reads the text of a job file; `name` stands in errors, and paths start from `folder`.
  public init(
    yaml text: [UInt8], name: String, folder: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    var entries = try YAMLFile.table(in: text, name: name)
    let commands = JobCommand.allCases.filter { command in entries.contains { $0.key == command.rawValue } }
    guard commands.count == 1, let command = commands.first,
      let index = entries.firstIndex(where: { $0.key == command.rawValue })
    else {
      if commands.isEmpty {
        // A misspelt command is an unknown key.
        var known = try SettingTable(entries, at: .line(1, file: name))
        for key in ["model", "output"] + JobCommand.allCases.map(\.rawValue) {
          _ = known.take(key)
        }
        try known.refuseOthers()
      }
      throw MorphError(name, .needsOneOf(JobCommand.allCases.map(\.rawValue)))
    }
    var settings: [Setting.Entry]
    switch entries[index].value.value {
    case .table(let table): settings = table
    case .nothing: settings = []
    case .text, .list:
      throw MorphError(
        entries[index].place.subject, .wrongKind(key: command.rawValue, expected: "a mapping of settings"))
    }
    let place = entries.remove(at: index).place
    for override in overrides {
      try MorphJob.apply(override, to: &entries, and: &settings)
    }
    var table = try SettingTable(entries, at: .line(1, file: name))
    let model = try table.text("model")
    let output = try table.required("output")
    try table.refuseOthers()
    try self.init(
      command, SettingTable(settings, at: place), model: model, output: output, folder: folder,
      installation: installation)
  }

  /// Puts `key=value` in the place of what a job file states.
  private static func apply(
    _ override: String, to entries: inout [Setting.Entry], and settings: inout [Setting.Entry]
  ) throws(MorphError) {
    let place = SettingPlace.option("--set \(override)")
    guard let equals = override.firstIndex(of: "="), equals != override.startIndex else {
      throw MorphError(place.subject, .value(override, allowed: "KEY=VALUE, as in --set fps=60"))
    }
    let key = String(override[..<equals])
    let entry = Setting.Entry(
      key: key, place: place, value: .text(String(override[override.index(after: equals)...]), at: place))
    if key == "model" || key == "output" {
      entries.removeAll { $0.key == key }
      entries.append(entry)
    } else {
      // One way of timing takes the place of the other.
      let timing = ["frames", "seconds"]
      settings.removeAll { $0.key == key || (timing.contains(key) && timing.contains($0.key)) }
      settings.append(entry)
    }
  }
}
