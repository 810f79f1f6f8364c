extension MorphJob {
  /// Reads a job file that states one job; paths in it start from its own folder.
  ///
  /// `overrides` are `key=value` pairs that replace what the file states. Throws `MorphError` with file, line and
  /// key. `JobFile` reads those that state many.
  public init(
    contentsOf path: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    self = try JobFile(contentsOf: path, overrides: overrides, installation: installation).onlyJob()
  }

  /// Reads the text of a job file; `name` stands in errors, and paths start from `folder`.
  public init(
    yaml text: [UInt8], name: String, folder: String, overrides: [String] = [], installation: Installation
  ) throws(MorphError) {
    self = try JobFile(
      yaml: text, name: name, folder: folder, overrides: overrides, installation: installation
    ).onlyJob()
  }
}

extension JobFile {
  fileprivate func onlyJob() throws(MorphError) -> MorphJob {
    try JobFile.refuseIdleOverrides([self])
    guard jobs.count == 1, let job = jobs.first?.job else {
      throw MorphError(name, SettingProblem.manyJobs(jobs.count))
    }
    return job
  }
}
