import ArgumentParser
import Glibc
import MorphKit

/// One start of the command: from its arguments to its exit code.
enum Session {
  /// What the jobs of one command line share.
  private static let loaded = LoadedNetworks()

  /// Runs the command that `arguments` ask for, and exits: 0 done, 1 failed, 2 wrong use, 3 some jobs failed, 130 or 143 after a signal.
  static func run(_ arguments: [String]) async -> Never {
    Console.open()
    signal(SIGPIPE, SIG_IGN)
    // A write over a limit on file sizes then fails like one to a full disk.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try FirstWord.check(arguments)
      let command = try parse(arguments)
      let stop = StopSignals()
      let task = Task { try await perform(command) }
      stop.onSignal { task.cancel() }
      let result = await task.result
      stop.raiseIfReceived()
      try result.get()
      leave(0)
    } catch {
      let isJSON = arguments.contains("--progress=json") || arguments.adjacent("--progress", "json")
      leave(code(of: error, isJSON: isJSON))
    }
  }

  /// The command that `arguments` ask for; for an option that is gone, the error says what came in its place.
  private static func parse(_ arguments: [String]) throws -> ParsableCommand {
    do {
      return try Facewalk.parseAsRoot(FirstWord.withSumsMarked(arguments))
    } catch let error where isOfArgumentParser(error) {
      guard let sentence = arguments.lazy.compactMap({ RetiredSetting.sentence(ofOption: $0) }).first else {
        throw error
      }
      throw WrongUse(message: sentence)
    }
  }

  /// Ends the process at once: taking networks down would cost time and free what is freed anyway.
  private static func leave(_ code: Int32) -> Never {
    _exit(code)
  }

  private static func perform(_ command: ParsableCommand) async throws {
    var command = command
    if var asynchronous = command as? AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }

  /// Says what went wrong, on standard error, and returns the exit code.
  private static func code(of error: any Error, isJSON: Bool) -> Int32 {
    func say(_ message: String, isText: Bool = false) {
      if isJSON {
        Console.note(JSONLine(event: "error", message: message).text)
      } else if isText {
        Console.note(text: "facewalk: \(message)")
      } else {
        Console.note("facewalk: \(message)")
      }
    }
    switch error {
    case let error as MorphError:
      say(error.description)
      return error.isWrongUse ? 2 : 1
    case let error as WrongUse:
      say(error.message)
      return 2
    case let error as OutputLost:
      say(error.message)
      return 1
    case let error as NotAsItShould:
      if !error.message.isEmpty {
        say(error.message)
      }
      return 1
    case let error as SomeJobsFailed:
      say(error.message)
      return 3
    case is CancellationError:
      return 1
    default:
      if Facewalk.exitCode(for: error).isSuccess {
        // Help and version are no errors.
        do {
          try Console.print(text: Facewalk.message(for: error))
          return 0
        } catch {
          return 1
        }
      }
      if error is CleanExit || isOfArgumentParser(error) {
        say(Facewalk.message(for: error), isText: true)
        return 2
      }
      say("\(error)")
      return 1
    }
  }

  private static func isOfArgumentParser(_ error: any Error) -> Bool {
    error is ValidationError || Facewalk.exitCode(for: error) == .validationFailure
  }

  /// Renders the job of a command line.
  static func render(
    _ command: JobCommand, settings: [JobOption], output: some ResultOptions
  ) async throws {
    let installation = Installation.found()
    let job = try await MorphJob(
      command, options: settings.map(\.withoutMarks), model: output.place.model, output: output.place.output,
      countingWith: try renderOptions(output.run, installation: installation))
    try await render(job, options: output.run, installation: installation)
  }

  /// What a run takes from the machine.
  static func renderOptions(
    _ options: RunOptions, records: String? = nil, mends: Bool = false, installation: Installation
  ) throws -> RenderOptions {
    var render = RenderOptions(
      installation: installation, threads: try options.threadCount() ?? Processor.threadCount(),
      overwrites: options.overwrite, records: records, loaded: loaded)
    render.mends = mends
    return render
  }

  /// Renders a job and prints the result's path.
  static func render(
    _ job: MorphJob, options: RunOptions, records: String? = nil, mends: Bool = false,
    installation: Installation
  ) async throws {
    let printer = ProgressPrinter(options)
    defer { printer.end() }
    var render = try renderOptions(options, records: records, mends: mends, installation: installation)
    if let shard = try options.part() {
      render.share = .shard(shard, firstChunk: 0)
    }
    let result: RenderResult
    do {
      result = try await MorphKit.render(job, options: render, reporting: printer.report)
    } catch let error as MorphError where error.mayBeOverwritten && Console.canAsk {
      guard Console.asks("\(error.subject) exists already. Replace it?") else { throw error }
      render.overwrites = true
      result = try await MorphKit.render(job, options: render, reporting: printer.report)
    }
    printer.end()
    if !options.quiet {
      // What is of a job file may be mended, and joined.
      let text = result.stateText(joinedBy: mends ? "'facewalk join'" : "the same command without --shard")
      if options.progress == .json {
        Console.note(JSONLine(result, text: text).text)
      } else if !result.isNew || !result.isComplete {
        Console.note("\(result.path): \(text)")
      }
    }
    if result.isComplete {
      for path in result.paths { try Console.print(result: path) }
    }
  }

  /// All of standard input, at most 1 MB.
  static func standardInput() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= 1_000_000 {
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}

/// What a command looked at is not complete, or not as it was made.
struct NotAsItShould: Error {
  var message: String
}

/// Jobs failed in a run that kept going; each was told.
struct SomeJobsFailed: Error {
  var message: String
}

/// The command line makes no sense.
struct WrongUse: Error {
  var message: String
}

extension [String] {
  fileprivate func adjacent(_ first: String, _ second: String) -> Bool {
    zip(self, dropFirst()).contains { $0 == (first, second) }
  }
}

extension JobOption {
  /// Without the spaces that kept sums from being taken for options.
  fileprivate var withoutMarks: JobOption {
    func plain(_ text: String) -> String { text.hasPrefix(" -") ? String(text.dropFirst()) : text }
    let plainValue: Value
    switch value {
    case .text(let text): plainValue = .text(plain(text))
    case .list(let texts): plainValue = .list(texts.map(plain))
    }
    return JobOption(key, plainValue, option: option)
  }
}
