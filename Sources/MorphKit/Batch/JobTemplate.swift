/// A job as a file states it, before its variables have values.
struct JobTemplate {
  let place: SettingPlace
  let expansion: Expansion?
  private let command: JobCommand
  private let commandPlace: SettingPlace
  private let settings: [Setting.Entry]
  /// What the defaults hold for this command.
  private let usual: [Setting.Entry]
  /// What the command line puts in the place of what the file states.
  private let overrides: [Setting.Entry]
  /// `model` and `output`.
  private var others: [Setting.Entry] = []

  /// Reads the entries of a job; what it leaves out comes from `defaults`.
  ///
  /// `subject` stands before errors about the job as a whole.
  init(
    _ entries: [Setting.Entry], defaults: [Setting.Entry], subject: String, at place: SettingPlace,
    _ source: JobSource
  ) throws(MorphError) {
    self.place = place
    let names = JobCommand.allCases.map(\.rawValue)
    // A command may have nothing to state.
    let stated = entries.filter { names.contains($0.key) }
    let usual = defaults.filter { names.contains($0.key) }
    var table = try SettingTable(entries.filter { !names.contains($0.key) }, at: place)
    let (repetition, pairs) = (table.take("for"), table.take("pairs"))
    for key in ["model", "output"] + names {
      _ = table.take(key)
    }
    try table.refuseOthers()
    let choices = stated.isEmpty ? usual : stated
    guard choices.count == 1, let choice = choices.first, let command = JobCommand(rawValue: choice.key)
    else { throw MorphError(subject, .needsOneOf(names)) }
    (self.command, commandPlace) = (command, choice.place)

    switch (repetition, pairs) {
    case (let setting?, nil): expansion = try Expansion(for: setting, source)
    case (nil, let setting?): expansion = try Expansion(pairs: setting, source)
    case (nil, nil): expansion = nil
    case (let setting?, _?): throw MorphError(setting.place.subject, .exclusive("for", "pairs"))
    }

    var settings = stated.isEmpty ? [] : try JobTemplate.entries(of: choice)
    self.usual =
      try usual.first { $0.key == choice.key }.map { more throws(MorphError) in
        try JobTemplate.entries(of: more)
      } ?? []
    if case .pairs? = expansion, command == .morph,
      !(settings + self.usual).contains(where: { $0.key == "keyframes" })
    {
      let pair = ["{from}", "{to}"].map { Setting.text($0, at: place) }
      settings.append(.init(key: "keyframes", place: place, value: Setting(value: .list(pair), place: place)))
    }
    self.settings = settings
    let own = entries.filter { ["model", "output"].contains($0.key) }
    others =
      own
      + defaults.filter { entry in
        ["model", "output"].contains(entry.key) && !own.contains { $0.key == entry.key }
      }
    var overrides: [Setting.Entry] = []
    for override in source.overrides {
      let entry = try JobTemplate.entry(of: override)
      if ["model", "output"].contains(entry.key) {
        others.removeAll { $0.key == entry.key }
        others.append(entry)
      } else {
        overrides.removeAll { $0.key == entry.key }
        overrides.append(entry)
      }
    }
    self.overrides = overrides
  }

  /// The job, with its variables filled in; `index` is its number where it has none.
  func job(_ variables: Variables?, index: Int = 0, _ source: JobSource) throws(MorphError) -> MorphJob {
    var (settings, usual, overrides, others) = (settings, usual, overrides, others)
    if variables == nil {
      // What defaults hold may stand in many jobs.
      for entry in usual + settings + overrides {
        try PlacedText(text: "", place: entry.place).read { _ throws(SettingProblem) in
          try entry.value.spend(source.budget)
        }
      }
    }
    if let variables {
      func fill(_ entries: [Setting.Entry]) throws(MorphError) -> [Setting.Entry] {
        try entries.map { entry throws(MorphError) in try entry.filled(with: variables) }
      }
      (settings, usual, overrides) = (try fill(settings), try fill(usual), try fill(overrides))
      others = try others.map { entry throws(MorphError) in
        try entry.filled(with: variables, isOutput: entry.key == "output")
      }
    }
    var table = try SettingTable(others, at: place)
    let model = try table.text("model")
    var output = try table.required("output")
    if variables == nil { output.text = output.text.numbered(index) }
    settings = settings.besides(overrides) + overrides
    usual = usual.besides(settings)
    let optional = OptionalSettings(
      defaults: Set(usual.map(\.key)), overrides: Set(overrides.map(\.key)))
    let job = try MorphJob(
      command, SettingTable(settings + usual, at: commandPlace, optional: optional), model: model,
      output: output, folder: source.folder, installation: source.installation, counts: source.counts)
    source.overrideUse.note(overrides.map(\.key), idle: optional.idleOverrides)
    return job
  }

  /// What stands under a command.
  private static func entries(of command: Setting.Entry) throws(MorphError) -> [Setting.Entry] {
    switch command.value.value {
    case .table(let table): return table
    case .nothing: return []
    case .text, .list:
      throw MorphError(
        command.place.subject, .wrongKind(key: command.key, expected: "a mapping of settings"))
    }
  }

  /// Reads `key=value`.
  private static func entry(of override: String) throws(MorphError) -> Setting.Entry {
    let place = SettingPlace.option("--set \(override)")
    guard let equals = override.firstIndex(of: "="), equals != override.startIndex else {
      throw MorphError(place.subject, .value(override, allowed: "KEY=VALUE, as in --set fps=60"))
    }
    return Setting.Entry(
      key: String(override[..<equals]), place: place,
      value: .text(String(override[override.index(after: equals)...]), at: place))
  }
}

extension String {
  /// With a number in the place of `{index}` and `{index:06}`; other braces stay, since nothing is expanded.
  fileprivate func numbered(_ index: Int) -> String {
    replacing(/\{index(?::0(\d|1[0-2]))?\}/) { match in padded(index, to: match.1.flatMap { Int($0) } ?? 1) }
  }
}

extension Setting.Entry {
  fileprivate func filled(with variables: Variables, isOutput: Bool = false) throws(MorphError) -> Self {
    Setting.Entry(
      key: key, place: place.noted(variables.note),
      value: try value.filled(with: variables, isOutput: isOutput))
  }
}

extension Setting {
  /// Counts all its texts.
  fileprivate func spend(_ budget: ExpansionBudget) throws(SettingProblem) {
    switch value {
    case .text(let text): try budget.spend(bytes: text.utf8.count)
    case .list(let items): for item in items { try item.spend(budget) }
    case .table(let entries): for entry in entries { try entry.value.spend(budget) }
    case .nothing: break
    }
  }

  fileprivate func filled(with variables: Variables, isOutput: Bool = false) throws(MorphError) -> Setting {
    let place = place.noted(variables.note)
    switch value {
    case .text(let text):
      return try PlacedText(text: text, place: place).read { text throws(SettingProblem) in
        .text(try variables.fill(text, isOutput: isOutput), at: place)
      }
    case .list(let items):
      return Setting(
        value: .list(try items.map { item throws(MorphError) in try item.filled(with: variables) }),
        place: place)
    case .table(let entries):
      return Setting(
        value: .table(try entries.map { entry throws(MorphError) in try entry.filled(with: variables) }),
        place: place)
    case .nothing: return Setting(value: .nothing, place: place)
    }
  }
}
