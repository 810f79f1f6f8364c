internal import Foundation
internal import TestSupport
internal import Testing

/// A job file of six jobs, of every kind of result, and what an undisturbed run makes of it.
///
/// 3 + 2 + 2 + 2 + 1 + 1 chunks.
struct SixJobs {
  struct Job {
    let output: String
    let frameCount: Int
    /// As the job file states it.
    let work: String

    var chunkCount: Int { (frameCount + 239) / 240 }

    func frameCount(ofChunk number: Int) -> Int { min(240, frameCount - 240 * number) }
  }

  static let jobs = [
    Job(output: "long.mp4", frameCount: 600, work: "morph: {keyframes: [seed:1, seed:2], frames: 599}"),
    Job(output: "photo.mp4", frameCount: 261, work: "morph: {keyframes: [face.png, seed:2], frames: 260}"),
    Job(output: "frames", frameCount: 250, work: "morph: {keyframes: [seed:3, face.png], frames: 249}"),
    Job(
      output: "beside_####.png", frameCount: 245, work: "morph: {keyframes: [seed:3, seed:5], frames: 244}"),
    Job(output: "grid.png", frameCount: 100, work: "sample: {seeds: 1-100}"),
    Job(output: "short.mp4", frameCount: 21, work: "morph: {keyframes: [seed:1, seed:2], frames: 20}"),
  ]

  let folder: CommandFolder
  /// What lies in the folder before a run.
  let inputs: [String]
  /// What an undisturbed run leaves.
  let undisturbed: Results
  /// Every piece that a run makes on its way, by its path.
  let pieces: [String: JobPiece]
  /// Their files, by name.
  private let pieceFiles: [String: [UInt8]]

  private static let lineOfFirstJob = 3

  private static var jobFile: String {
    let lines = jobs.map { "  - {output: '\($0.output)\($0.output == "frames" ? "/" : "")', \($0.work)}\n" }
    return "defaults: {model: tiny, morph: {size: native}}\njobs:\n" + lines.joined()
  }

  /// Calls `body` with a folder that holds the job file and its inputs.
  static func with(_ body: (SixJobs) async throws -> Void) async throws {
    try await withCommandFolder { folder in
      try addInputs(to: folder)
      try await body(SixJobs(in: folder))
    }
  }

  static func addInputs(to folder: CommandFolder) throws {
    try folder.addTinyModel()
    try folder.write(jobFile, to: "jobs.yaml")
  }

  private init(in folder: CommandFolder) throws {
    self.folder = folder
    inputs = folder.names()
    #expect(try folder.facewalk(SixJobs.line).ending == .exited(0))
    undisturbed = try Results(in: folder, besides: inputs)
    try clear(folder, but: inputs)
    // A shard leaves its chunks.
    #expect(try folder.facewalk(SixJobs.line + ["--shard", "1/1"]).ending == .exited(0))
    let names = folder.names()
    var pieces: [String: JobPiece] = [:]
    for job in SixJobs.jobs {
      let record = try #require(undisturbed.records[job.output])
      let work = "\(job.output).parts/\(record.identity.prefix(16))"
      let digits = record.result.sha256.prefix(16)
      let whole = job.chunkCount == 1 ? "000000-\(digits)" : "result-\(digits)"
      pieces["\(work)/\(whole)"] = JobPiece(output: job.output, chunk: nil, files: [:])
      for name in names where job.chunkCount > 1 && name.hasPrefix(work + "/0") {
        let parts = name.dropFirst(work.count + 1).split(separator: "/")
        let number = try #require(Int(parts[0].prefix(6)))
        let path = "\(work)/\(parts[0])"
        var piece = pieces[path] ?? JobPiece(output: job.output, chunk: number, files: [:])
        if parts.count == 2 || name.hasSuffix(".mp4") { piece.files[name] = try folder.bytes(name) }
        pieces[path] = piece
      }
    }
    self.pieces = pieces
    pieceFiles = pieces.values.reduce(into: [:]) { $0.merge($1.files) { $1 } }
    #expect(pieces.values.count { $0.chunk != nil } == 9)
    try clear(folder, but: inputs)
  }

  /// Runs the job file, and tells of every frame.
  static let line = ["run", "jobs.yaml", "--threads", "1", "--progress", "json"]

  /// The folder in which a job is made.
  func workFolder(_ job: Job) -> String {
    "\(job.output).parts/\(undisturbed.records[job.output]?.identity.prefix(16) ?? "")"
  }

  /// How many frames of each job lie there finished, in pieces or as the result.
  func framesKept() -> [String: Int] {
    let names = Set(folder.names())
    var kept: [String: Int] = [:]
    for job in SixJobs.jobs {
      let there = pieces.filter { $0.value.output == job.output && names.contains($0.key) }.values
      let isWhole =
        names.contains(job.output + ".json") || names.contains(workFolder(job) + "/record.json")
        || there.contains { $0.chunk == nil }
      kept[job.output] =
        isWhole
        ? job.frameCount : there.reduce(0) { $0 + job.frameCount(ofChunk: $1.chunk ?? 0) }
    }
    return kept
  }

  /// Expects that a run made no frame of those that were there finished, and each of the others once.
  func expectNothingTwice(
    _ result: CommandResult, kept: [String: Int], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    struct Line: Decodable {
      var event: String
      var job: String?
      var written: Int?
    }
    var written: [String: [Int]] = [:]
    for text in result.errors.split(separator: "\n") where text.hasSuffix("}") {
      let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
      if line.event == "progressed", let job = line.job, let number = line.written {
        written[job, default: []].append(number)
      }
    }
    for (index, job) in SixJobs.jobs.enumerated() {
      let made = written["jobs.yaml: line \(SixJobs.lineOfFirstJob + index)"] ?? []
      let first = (kept[job.output] ?? 0) + 1
      let last = result.ending == .exited(0) ? job.frameCount : first + made.count - 1
      #expect(made == Array(first..<(last + 1)), "\(job.output)", sourceLocation: sourceLocation)
    }
  }

  /// Expects that whatever lies under a final name or as a finished piece is as an undisturbed run makes it, and
  /// returns how many files were compared.
  @discardableResult
  func expectWholeFiles(sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
    var compared = 0
    for name in folder.names() where !inputs.contains(name) {
      if let bytes = undisturbed.files[name] ?? pieceFiles[name] {
        let isSame = try folder.bytes(name) == bytes
        #expect(isSame, "\(name)", sourceLocation: sourceLocation)
        compared += 1
      } else {
        #expect(
          undisturbed.names.contains(name) || name.contains(".parts") || name.hasSuffix(".failed.json"),
          "\(name)", sourceLocation: sourceLocation)
      }
      let parts = name.split(separator: "/")
      if parts.count == 3, !parts[2].hasPrefix("unfinished-"),
        !["record.json", "replaced.json"].contains(parts[2])
      {
        #expect(pieces[name] != nil, "\(name)", sourceLocation: sourceLocation)
      }
    }
    return compared
  }

  /// Expects just what an undisturbed run leaves.
  func expectUndisturbed(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let results = try Results(in: folder, besides: inputs)
    // Only what differs is told: there is much of it.
    let names = Set(results.names).symmetricDifference(undisturbed.names)
    #expect(names.isEmpty, sourceLocation: sourceLocation)
    let files = undisturbed.files.filter { results.files[$0.key] != $0.value }.keys.sorted()
    #expect(files.isEmpty, sourceLocation: sourceLocation)
    #expect(results.records == undisturbed.records, sourceLocation: sourceLocation)
  }

  /// Runs all jobs, and expects that nothing is made twice and all is as if nothing had happened.
  func expectMended(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let kept = framesKept()
    let result = try folder.facewalk(SixJobs.line)
    #expect(result.ending == .exited(0), "\(result.errors.suffix(500))", sourceLocation: sourceLocation)
    try expectNothingTwice(result, kept: kept, sourceLocation: sourceLocation)
    try expectUndisturbed(sourceLocation: sourceLocation)
  }

  /// Starts a run, and ends it by a signal when `path` is there.
  func stop(_ signal: Int32, at path: String, _ options: [String] = []) throws -> CommandResult {
    let run = try folder.start(SixJobs.line + options)
    #expect(comesTrue { isThere(folder.path(path)) || run.hasEnded })
    run.kill(signal)
    return try run.result()
  }

  /// The path of a chunk of a job.
  func chunk(_ number: Int, of output: String) throws -> String {
    try #require(pieces.first { $0.value.output == output && $0.value.chunk == number }).key
  }
}

/// A chunk of a job, or the whole of it before it gets its name.
struct JobPiece {
  let output: String
  /// `nil` for the whole.
  let chunk: Int?
  /// Its files, by name.
  var files: [String: [UInt8]]
}

/// What runs have left in a folder.
struct Results: Equatable {
  /// Of all files and folders.
  let names: [String]
  /// What is no record.
  let files: [String: [UInt8]]
  /// By output.
  let records: [String: RecordFacts]

  init(in folder: CommandFolder, besides inputs: [String]) throws {
    names = folder.names().filter { !inputs.contains($0) }
    files = try names.filter { $0.hasSuffix(".mp4") || $0.hasSuffix(".png") }
      .reduce(into: [:]) { $0[$1] = try folder.bytes($1) }
    records = try names.filter { $0.hasSuffix(".json") && !$0.hasSuffix("failed.json") }
      .reduce(into: [:]) { $0[String($1.dropLast(5))] = try folder.record(of: String($1.dropLast(5))) }
  }
}
