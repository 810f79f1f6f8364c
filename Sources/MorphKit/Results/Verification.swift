internal import PhotoFiles
internal import VideoFiles

/// Decodes a result, holds it against its record, and says what is not as it should be; nothing is when it is as it
/// was made.
///
/// Throws `MorphError` when there is no record.
public func verify(_ path: String, records: String? = nil) throws -> [String] {
  let result = try RecordedResult(path, records: records)
  var verification = Verification(result)
  try verification.run()
  return verification.problems
}

private struct Verification {
  let place: ResultPlace
  let record: RunRecord
  private let result: RecordedResult
  let singlesPlace: ResultPlace?
  var problems: [String] = []

  init(_ result: RecordedResult) {
    self.result = result
    place = result.place
    record = result.record
    singlesPlace = result.singlesPlace
  }

  mutating func run() throws {
    do throws(FileProblem) {
      guard let digest = try place.digest() else {
        problems.append("it is missing")
        return
      }
      expect(record.result.sha256, digest) { "its SHA-256 is \($1), not \($0)" }
    } catch {
      problems.append("it can't be read: \(error.reason)")
      return
    }
    try Task.checkCancellation()
    switch place.shape {
    case .file where record.job.isLatents: checkLatents()
    case .file where record.result.color != nil || record.result.seconds != nil: try checkVideo()
    case .file:
      check(picture: place.path, width: record.result.width, height: record.result.height, name: "it")
    case .folder:
      let hasTable = record.job.at != nil
      try checkFrames(in: place.path) { !hasTable || $0 != StillPositions.tableName }
    case .pattern(let pattern):
      try checkFrames(in: folder(of: place.path)) { pattern.number(inFileName: $0) != nil }
    case .sheets:
      for (number, path) in place.sheetPaths.enumerated() {
        try Task.checkCancellation()
        // The last one may be lower.
        let isLast = number == place.sheetPaths.count - 1
        check(
          picture: path, width: record.result.width, height: isLast ? nil : record.result.height,
          name: fileName(path))
      }
    }
    try checkSingles()
  }

  private mutating func expect<Value: Equatable>(
    _ expected: Value, _ found: Value, _ text: (_ expected: Value, _ found: Value) -> String
  ) {
    if found != expected {
      problems.append(text(expected, found))
    }
  }

  private mutating func checkVideo() throws {
    var frameCount = 0
    do {
      var reader = try VideoReader(opening: place.path)
      let facts = reader.facts
      // An odd side was padded by one.
      expect([record.result.width, record.result.height].map { $0 + $0 % 2 }, [facts.width, facts.height]) {
        "it has \($1[0]) × \($1[1]) pixels, not \($0[0]) × \($0[1])"
      }
      if let seconds = record.result.seconds, abs(seconds - facts.seconds) > 1e-6 {
        problems.append("it plays \(decimal(facts.seconds)) s, not \(decimal(seconds)) s")
      }
      if let rate = record.job.frameRate {
        expect(rate, facts.frameRate.description) { "it has \($1) frames a second, not \($0)" }
      }
      if let color = record.result.color {
        expect(color, RunRecord.ColorFacts(facts.colour)) {
          "its colours are \($1.text), not \($0.text)"
        }
      }
      let step = Int64(facts.frameRate.denominator) * Int64(facts.ticksPerSecond.numerator)
      let unit = Int64(facts.frameRate.numerator) * Int64(facts.ticksPerSecond.denominator)
      while let frame = try reader.next() {
        if frame.time * unit != Int64(frameCount) * step {
          problems.append("frame \(frameCount) is not at its time")
          break
        }
        frameCount += 1
        try Task.checkCancellation()
      }
    } catch let error as VideoError {
      problems.append(
        "it can't be decoded" + (frameCount > 0 ? " behind frame \(frameCount - 1)" : "") + ": \(error)")
      return
    }
    expect(record.result.frames, frameCount) { "it has \($1) frames, not \($0)" }
  }

  private mutating func checkLatents() {
    do throws(MorphError) {
      _ = try LatentFile(at: place.path)
    } catch {
      problems.append("it can't be read as latents")
    }
  }

  private mutating func checkFrames(in folder: String, isFrame: (String) -> Bool) throws {
    let names: [String]
    do throws(FileProblem) {
      names = try namesInFolder(folder).filter(isFrame).sorted()
    } catch {
      problems.append("it can't be read: \(error.reason)")
      return
    }
    expect(record.result.frames, names.count) { "it has \($1) frames, not \($0)" }
    if let expected = frameNames {
      if let missing = expected.first(where: Set(expected).subtracting(names).contains) {
        problems.append("\(missing) is missing")
      }
      if let other = names.first(where: { !expected.contains($0) }) {
        problems.append("\(other) is no frame of it")
      }
    }
    for name in names {
      try Task.checkCancellation()
      check(
        picture: folder + "/" + name, width: record.job.width, height: record.job.height, name: name)
    }
  }

  /// The names of all frames; `nil` where the record does not tell them.
  private var frameNames: [String]? {
    let count = record.result.frames
    if case .pattern(let pattern) = place.shape { return (0..<count).map(pattern.fileName(ofFrame:)) }
    do throws(SettingProblem) {
      guard let command = JobCommand(rawValue: record.job.command) else { return nil }
      let job = MorphJob(
        content: try result.content(of: command, frameRate: .thirty), model: record.model.path,
        alignsFaces: true, size: .native, output: .init(path: place.path, format: .frames(.folder)))
      return job.pictureCount == count ? (0..<count).map(job.ranked(by: record.dimensions).frameNames) : nil
    } catch {
      return nil
    }
  }

  /// The folder of single pictures that a grid left besides.
  private mutating func checkSingles() throws {
    guard let facts = record.singles, let place = singlesPlace else { return }
    do throws(FileProblem) {
      guard let digest = try place.digest() else {
        problems.append("its single pictures, \(place.path), are missing")
        return
      }
      guard digest != facts.sha256 else { return }
      problems.append("its single pictures, \(place.path), were changed")
    } catch {
      problems.append("its single pictures, \(place.path), can't be read: \(error.reason)")
    }
  }

  /// A `height` of `nil` may be any.
  private mutating func check(picture path: String, width: Int, height: Int?, name: String) {
    do {
      let picture = try Picture(decoding: bytes(ofFile: path, limit: .max), pixelLimit: .max)
      expect([width, height ?? picture.height], [picture.width, picture.height]) {
        "\(name) has \($1[0]) × \($1[1]) pixels, not \($0[0]) × \($0[1])"
      }
    } catch let error as PhotoError {
      problems.append("\(name) can't be decoded: \(error)")
    } catch let error as FileProblem {
      problems.append("\(name) can't be read: \(error.reason)")
    } catch {
      problems.append("\(name) can't be decoded: \(error)")
    }
  }
}

extension RunRecord.ColorFacts {
  fileprivate var text: String { [primaries, transfer, matrix, range].joined(separator: ", ") }
}
