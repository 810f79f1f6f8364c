/// A record may be a stranger's, whose digest fits all the same: only what a job can state is taken from it.
extension RunRecord {
  /// Whether all that it says can be.
  var isPossible: Bool {
    let sides = 1...GridLayout.sideLimit
    let paths =
      [model.name, model.path, result.name] + inputs.map(\.path) + [singles?.path].compactMap(\.self)
    return (0...2 * MorphJob.frameLimit).contains(result.frames) && sides.contains(result.width)
      && sides.contains(result.height) && result.sheets.isAbsent(orIn: JobLimits.sheets)
      && paths.allSatisfy { !$0.utf8.contains(0) } && job.isPossible
  }
}

extension JobFacts {
  fileprivate var isPossible: Bool {
    let sides = 1...JobLimits.longerSides.upperBound
    return sides.contains(width) && sides.contains(height) && crf.isAbsent(orIn: JobLimits.crf)
      && columns.isAbsent(orIn: JobLimits.columns) && gap.isAbsent(orIn: JobLimits.gap)
      && detail.isAbsent(orIn: JobLimits.detail) && view.isAbsent(orIn: JobLimits.view)
      && margin.isAbsent(orIn: JobLimits.margin) && temperature.isAbsent(orIn: JobLimits.temperature)
      && swing.isAbsent(orIn: JobLimits.swing) && count.isAbsent(orIn: JobLimits.draws)
      && tile.isAbsent(orIn: 1...(GridLayout.sideLimit * GridLayout.sideLimit))
      && cells.isAbsent(orIn: JobLimits.cells) && hasPossibleTexts && hasPossibleTimes
      && hasPossibleOutput && hasPossibleKeyframes
  }

  private var hasPossibleTexts: Bool {
    do throws(SettingProblem) {
      if let preset { _ = try MorphJob.VideoSettings.preset(named: preset) }
      if let frameRate { _ = try FrameRate(parsing: frameRate) }
      if let steps {
        let sides = steps.split(separator: "x", omittingEmptySubsequences: false).map { UInt32(digits: $0) }
        guard sides.allSatisfy({ $0.map { JobLimits.steps.contains(Int($0)) } ?? false }) else {
          return false
        }
      }
      if let at { _ = try StillPositions(parsing: at) }
      guard let seeds else { return true }
      return try (1...MorphJob.frameLimit).contains(SeedList(parsing: seeds).count)
    } catch {
      return false
    }
  }

  private var hasPossibleTimes: Bool {
    let lengths = [transitions, holds].compactMap(\.self).flatMap(\.self)
    guard lengths.allSatisfy({ (0...MorphJob.frameLimit).contains($0) }) else { return false }
    // Stills have no times.
    return lengths.reduce(0, +) <= MorphJob.frameLimit && (at == nil || (pace == nil && lengths.isEmpty))
  }

  /// Whether its command can make its result.
  private var hasPossibleOutput: Bool {
    // Another version may know more commands.
    guard let command = JobCommand(rawValue: command) else { return true }
    let kind: OutputTarget.Kind
    switch output {
    case JobFacts.video: kind = .video
    case JobFacts.grid: kind = .grid
    case JobFacts.frames: kind = .frames
    default: kind = .latents
    }
    return command.outputKinds.contains(kind)
  }

  private var hasPossibleKeyframes: Bool {
    let keyframes = keyframes ?? []
    guard keyframes.allSatisfy({ $0.isPossible(asTerm: false) }) else { return false }
    return keyframes.reduce(0) { $0 + ($1.rowCount ?? 0) } <= MorphJob.frameLimit
  }
}

extension JobFacts.KeyframeFact {
  fileprivate func isPossible(asTerm isTerm: Bool) -> Bool {
    let numbers = 0...Int(UInt32.max)
    guard [photo != nil, seed != nil, latents != nil, terms != nil].count(where: \.self) == 1,
      face.isAbsent(orIn: 1...numbers.upperBound), row.isAbsent(orIn: numbers),
      firstRow.isAbsent(orIn: numbers), rowCount.isAbsent(orIn: 1...MorphJob.frameLimit)
    else { return false }
    guard let terms else { return true }
    return !isTerm && !terms.isEmpty
      && terms.allSatisfy {
        $0.factor.magnitude <= KeyframeTerm.factorLimit && $0.keyframe.isPossible(asTerm: true)
      }
  }
}

extension Optional where Wrapped: Comparable {
  fileprivate func isAbsent(orIn range: ClosedRange<Wrapped>) -> Bool {
    map { range.contains($0) } ?? true
  }
}
