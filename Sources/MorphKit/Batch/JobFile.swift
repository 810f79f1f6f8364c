/// A file that states one job or many.
///
/// Many jobs stand in a list under `jobs`, with what they share under `defaults`; `for` and `pairs` make one job of
/// the file many.
public struct JobFile: Sendable {
  /// As the file was named.
  public var name: String
  /// In the order in which they stand in the file; those of an expansion in its order.
  public var jobs: [BatchJob] = []

  /// Why settings of the command line do nothing for any job of the file, by their keys.
  var idleOverrides: [String: MorphError] = [:]

  /// A file states at most this many jobs.
  public static let jobLimit = 100_000

  /// Reads a job file; paths in it start from its own folder.
  ///
  /// `overrides` are `key=value` pairs that replace what the file states, in every job that they do something for; see
  /// `refuseIdleOverrides`. Throws `MorphError` with file, line and key.
  public init(
    contentsOf path: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    try self.init(
      yaml: JobFile.text(at: path), name: path, folder: folder(of: path), overrides: overrides,
      installation: installation)
  }

  /// The same, also with photos all of whose faces are named: they are looked for.
  public init(
    contentsOf path: String, overrides: [String] = [], countingWith run: RenderOptions
  ) async throws {
    try await self.init(
      yaml: JobFile.text(at: path), name: path, folder: folder(of: path), overrides: overrides,
      countingWith: run)
  }

  private static func text(at path: String) throws(MorphError) -> [UInt8] {
    do throws(FileProblem) {
      return try bytes(ofFile: path, limit: YAMLFile.byteLimit)
    } catch {
      switch error {
      case .missing: throw MorphError(path, SettingProblem.missingFile)
      case .tooLarge: throw MorphError(path, SettingProblem.fileTooLarge)
      case .notRegular, .failed: throw MorphError(path, SettingProblem.unreadable(reason: error.reason))
      }
    }
  }

  /// Reads the text of a job file; `name` stands in errors, and paths start from `folder`.
  public init(
    yaml text: [UInt8], name: String, folder: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    try self.init(
      yaml: text,
      JobSource(name: name, folder: folder, overrides: overrides, installation: installation))
  }

  /// The same, also with photos all of whose faces are named: they are looked for.
  public init(
    yaml text: [UInt8], name: String, folder: String, overrides: [String] = [],
    countingWith run: RenderOptions
  ) async throws {
    self = try await countingFaces(run) { counts in
      try JobFile(
        yaml: text,
        JobSource(
          name: name, folder: folder, overrides: overrides, installation: run.installation, counts: counts))
    }
  }

  init(yaml text: [UInt8], _ source: JobSource) throws(MorphError) {
    name = source.name
    defer { idleOverrides = source.overrideUse.idleKeys }
    let entries = try YAMLFile.table(in: text, name: name)
    guard entries.contains(where: { $0.key == "jobs" || $0.key == "defaults" }) else {
      let place = SettingPlace.line(1, file: name)
      try add(JobTemplate(entries, defaults: [], subject: name, at: place, source), at: nil, source)
      return
    }
    // All are read before the first is expanded, which may take a while.
    for template in try JobFile.templates(of: entries, source) {
      try add(template, at: template.place.position, source)
    }
  }

  /// Adds the one job of a template, or those that it expands to; `position` is where a file of several states it.
  private mutating func add(
    _ template: JobTemplate, at position: String?, _ source: JobSource
  ) throws(MorphError) {
    guard let expansion = template.expansion else {
      return try add(BatchJob(template.job(nil, index: jobs.count, source), file: name, position: position))
    }
    let line = template.place.position
    var table: String?
    if case .rows(_, let name) = expansion { table = path(name, from: source.folder) }
    try expansion.forEach(budget: source.budget) { variables throws(MorphError) in
      var job = BatchJob(
        try template.job(variables, source), file: name, position: "\(line) (\(variables.note))")
      job.table = table
      try add(job)
    }
  }

  private mutating func add(_ job: BatchJob) throws(MorphError) {
    guard jobs.count < JobFile.jobLimit else { throw MorphError(name, SettingProblem.tooManyJobs) }
    jobs.append(job)
  }

  /// Throws when two jobs have one result, since the second would replace the first.
  public static func refuseSharedOutputs(_ jobs: [BatchJob]) throws(MorphError) {
    var owners: [PathKey: Int] = [:]
    var folders: [PathKey: String] = [:]
    var places: [(index: Int, output: String, place: String)] = []
    var wholeFolders: Set<PathKey> = []
    for (index, job) in jobs.enumerated() {
      for output in [job.job.output.path, job.job.singlesFolder].compactMap(\.self) {
        let home = folder(of: output)
        let homePlace = folders[PathKey(home)] ?? placeOfFolder(home)
        folders[PathKey(home)] = homePlace
        var name = fileName(output)
        if case .frames(.pattern(let pattern)) = job.job.output.format { name = pattern.usualText }
        let place = relativePath("\(homePlace)/\(name)", from: "/")
        if let owner = owners.updateValue(index, forKey: PathKey(place)) {
          throw MorphError(job.label, .sharedOutput(output, owner: jobs[owner].label))
        }
        places.append((index, output, place))
        if output == job.job.singlesFolder { wholeFolders.insert(PathKey(place)) }
        if case .frames(.folder) = job.job.output.format { wholeFolders.insert(PathKey(place)) }
      }
    }
    // A folder of frames is replaced whole, so nothing else can lie in it.
    for (index, output, place) in places {
      var parent = folder(of: place)
      while parent != ".", parent != "/" {
        if let owner = owners[PathKey(parent)], wholeFolders.contains(PathKey(parent)) {
          throw MorphError(jobs[index].label, .sharedOutput(output, owner: jobs[owner].label))
        }
        parent = folder(of: parent)
      }
    }
  }
}

/// A folder's path without links and dots, also of one that is not there yet.
private func placeOfFolder(_ path: String) -> String {
  let parent = folder(of: path)
  guard realPath(path) == nil, parent != path else { return realPath(path) ?? path }
  return placeOfFolder(parent) + "/" + fileName(path)
}

extension JobFile {
  private static func templates(
    of entries: [Setting.Entry], _ source: JobSource
  ) throws(MorphError) -> [JobTemplate] {
    var table = try SettingTable(entries, at: .line(1, file: source.name))
    let defaults = try table.take("defaults").map { setting throws(MorphError) in
      try JobFile.defaults(setting)
    }
    guard let list = table.take("jobs") else { throw MorphError(source.name, .missingKey("jobs")) }
    try table.refuseOthers()
    if case .list([]) = list.value {
      throw MorphError(list.place.subject, .wrongKind(key: "jobs", expected: "a list of at least one job"))
    }
    guard case .list(let items) = list.value else {
      throw MorphError(list.place.subject, .wrongKind(key: "jobs", expected: "a list of jobs"))
    }
    return try items.map { item throws(MorphError) in
      guard case .table(let entries) = item.value else {
        throw MorphError(item.place.subject, .wrongKind(key: "jobs", expected: "a list of jobs"))
      }
      return try JobTemplate(
        entries, defaults: defaults ?? [], subject: item.place.subject, at: item.place, source)
    }
  }

  /// Settings for jobs that don't state them: `model`, `output` and those of commands.
  private static func defaults(_ setting: Setting) throws(MorphError) -> [Setting.Entry] {
    guard case .table(let entries) = setting.value else {
      throw MorphError(setting.place.subject, .wrongKind(key: "defaults", expected: "a mapping of settings"))
    }
    let names = JobCommand.allCases.map(\.rawValue)
    var table = try SettingTable(entries.filter { !names.contains($0.key) }, at: setting.place)
    for key in ["model", "output"] + names {
      _ = table.take(key)
    }
    try table.refuseOthers()
    return entries
  }
}
