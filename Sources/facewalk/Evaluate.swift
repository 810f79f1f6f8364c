import ArgumentParser
import MorphKit

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how photos come back from a model, and how smoothly morphs change.",
    discussion: """
      facewalk evaluate photos/ -o report.json --html report.html

      Photos, folders of photos and job files may be named together. Photos without a face and broken files are listed \
      and left out. Documentation/evaluation.md says what each figure is.
      """)

  @Argument(help: ArgumentHelp("Photos, folders of them, or job files with morphs.", valueName: "photo"))
  var inputs: [String]

  @Option(
    name: [.short, .customLong("model"), .customLong("network")],
    help: ArgumentHelp("The photos' model: a folder, or the name of an installed one.", valueName: "name"))
  var model: String?

  @OptionGroup var decoder: DecoderOptions
  @OptionGroup var alignment: AlignmentOptions

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Replace a setting of the job files, as in --set fps=60.", valueName: "key=value"))
  var overrides: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the figures as JSON to this file; without it, a table is printed.", valueName: "file"))
  var output: String?

  @Flag(help: "Print the figures as JSON.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write a page with pictures and charts to this file; it asks for no other.", valueName: "file"))
  var html: String?

  @OptionGroup(title: "Run") var run: EvaluationRunOptions

  func validate() throws {
    if json, output != nil {
      throw ValidationError("--json can't be used together with --output. Leave out one of them.")
    }
  }

  func run() async throws {
    let options = RenderOptions(
      installation: .found(), threads: try run.threadCount() ?? Processor.threadCount(),
      overwrites: run.overwrite)
    var evaluation = try await Evaluation(
      of: inputs, overrides: overrides, model: model, decoder: decoder.decoder,
      alignsFaces: !alignment.noAlign, options: options)
    evaluation.keepsPictures = html != nil
    let jsonFile = try file(output, option: "--output", ending: ".json", options)
    let page = try file(html, option: "--html", ending: ".html", options)

    let printer = EvaluationPrinter(run)
    defer { printer.end() }
    let report = try await evaluate(evaluation, options: options, reporting: printer.report)
    printer.end()
    try jsonFile?.write(report.json(seenFrom: jsonFile?.folder))
    if let page { try page.write(EvaluationPage(report, seenFrom: page.folder).html) }
    if json {
      try Console.print(text: printableJSON(String(report.json(seenFrom: nil).dropLast())))
    } else if jsonFile == nil, page == nil {
      for line in report.lines { try Console.print(line) }
    } else {
      for path in [jsonFile?.path, page?.path].compactMap(\.self) { try Console.print(result: path) }
    }
    guard report.isComplete else {
      let message = report.title + "."
      if report.isEmpty { throw NotAsItShould(message: message) }
      throw SomeJobsFailed(message: message)
    }
  }

  /// A file that is to be written; on a terminal it may be asked whether another is replaced.
  private func file(
    _ path: String?, option: String, ending: String, _ options: RenderOptions
  ) throws -> ReportFile? {
    guard let path else { return nil }
    do {
      return try ReportFile(at: path, option: option, ending: ending, overwrites: options.overwrites)
    } catch {
      guard error.mayBeOverwritten, Console.canAsk,
        Console.asks("\(error.subject) exists already. Replace it?")
      else { throw error }
    }
    return try ReportFile(at: path, option: option, ending: ending, overwrites: true)
  }
}

/// What an evaluation takes from the machine.
struct EvaluationRunOptions: ParsableArguments {
  @Flag(name: [.customShort("y"), .long], help: "Replace other files of the reports' names.")
  var overwrite = false

  @Flag(name: .shortAndLong, help: "Print errors and results alone.")
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads to compute on; by default one for each core it may use.", valueName: "n"))
  var threads: String?

  @Option(help: ArgumentHelp("auto, json or none.", valueName: "kind"))
  var progress: ProgressKind = .auto

  func threadCount() throws -> Int? { try count("--threads", threads, in: threadCounts) }

  func validate() throws {
    _ = try threadCount()
  }
}

/// Tells, on standard error, how an evaluation goes.
private struct EvaluationPrinter: Sendable {
  private let kind: ProgressKind
  private let isQuiet: Bool
  private let progress: ProgressPrinter

  init(_ options: EvaluationRunOptions) {
    (kind, isQuiet) = (options.progress, options.quiet)
    progress = ProgressPrinter(kind: kind, isQuiet: isQuiet)
  }

  func end() { progress.end() }

  func report(_ event: EvaluationEvent) {
    switch event {
    case .started: progress.begin(counting: "photos")
    case .chose(let choice): progress.report(.chose(choice))
    case .failed(let failure):
      let reason = failure.kind == .photo ? "\(failure.name): \(failure.reason)" : failure.sentence
      progress.end()
      Console.note(
        kind == .json ? JSONLine(event: "failed", message: reason).text : "facewalk: \(reason)")
    case .photosDone(let done): progress.report(.progressed(done))
    case .framesDone(let done):
      if done.framesWritten == 1 { progress.begin(counting: "frames") }
      progress.report(.progressed(done))
    }
  }
}

extension EvaluationReport.Failure {
  /// A morph's reason names the job where it is not the job file that is at fault.
  fileprivate var sentence: String { reason.hasPrefix(name) ? reason : "\(name): \(reason)" }
}
