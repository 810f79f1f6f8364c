import MorphKit
import Synchronization

/// Tells people or programs how a run of many jobs goes; results on standard output, everything else on standard error.
final class BatchPrinter: Sendable {
  private let jobs: [BatchJob]
  private let kind: ProgressKind
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let tellsMissing: Bool
  private let state = Mutex(State())

  private struct State {
    var start = ContinuousClock.now
    var lastLine = ContinuousClock.now
    var lineIsOpen = false
    var endedCount = 0
    /// Jobs to render that have ended, of how many.
    var renderedCount = 0
    var toRender = 0
    /// What was said of photos, so that a photo of a hundred jobs is told of once.
    var told: Set<[UInt8]> = []
    /// How far the job is that told of itself last.
    var current: (job: Int, progress: RenderProgress)?
    var lost: OutputLost?
  }

  /// Elsewhere than on a terminal, a line comes at most this often.
  private static let pause = Duration.seconds(30)

  /// `tellsMissing` says that missing chunks are told of, even when nothing else is.
  init(_ jobs: [BatchJob], _ options: RunOptions, tellsMissing: Bool = false) {
    self.jobs = jobs
    self.tellsMissing = tellsMissing
    kind = options.progress
    isQuiet = options.quiet
    isTerminal = Console.errorIsTerminal
  }

  /// That results could not be told, when that happened.
  var lost: OutputLost? { state.withLock { $0.lost } }

  func report(_ event: BatchEvent) {
    switch event {
    case .started(let count, let total):
      state.withLock { state in
        state = State()
        state.toRender = count
      }
      note("\(total) jobs, \(count) to render")
    case .rendering(let job, let event):
      guard !isQuiet else { return }
      if kind == .json {
        Console.note(JSONLine(event, job: jobs[job].label).text)
      } else {
        tell(event, of: job)
      }
    case .finished(let job, let result):
      state.withLock { state in
        closeLine(&state)
        do throws(OutputLost) {
          if result.isComplete {
            for path in result.paths { try Console.print(result: path) }
          }
        } catch {
          state.lost = error
        }
        if kind == .json, !isQuiet {
          Console.note(JSONLine(result, job: jobs[job].label).text)
        } else if !result.isComplete, tellsMissing {
          Console.note("\(result.path): \(result.stateText)")
        }
        countOne(&state, wasRendered: result.isNew)
      }
    case .failed(let job, let reason, let again):
      tellNotMade(job, "failed", reason + (again ? " It was not tried again." : ""), wasRendered: !again)
    case .kept(let job, let reason): tellNotMade(job, "stale", reason, wasRendered: false)
    }
  }

  private func tellNotMade(_ job: Int, _ event: String, _ message: String, wasRendered: Bool) {
    state.withLock { state in
      closeLine(&state)
      let label = jobs[job].label
      Console.note(
        kind == .json
          ? JSONLine(event: event, message: message, output: jobs[job].job.output.path, job: label).text
          : "facewalk: \(label): \(message)")
      countOne(&state, wasRendered: wasRendered)
    }
  }

  /// Says something unless nothing is to be said.
  func note(_ text: String) {
    guard !isQuiet else { return }
    state.withLock { closeLine(&$0) }
    Console.note(kind == .json ? JSONLine(event: "jobs", message: text).text : text)
  }

  /// Ends the line that is being drawn over.
  func end() {
    state.withLock { closeLine(&$0) }
  }

  /// Of a photo only what one may want to mend.
  private func tell(_ event: RenderEvent, of job: Int) {
    let lines: [String]
    switch event {
    case .chose(let choice): lines = choice.lines
    case .matched(let match) where match.grade == .poor:
      lines = ["\(match.photo)\(match.face.map { "#\($0)" } ?? ""): \(match.text)"]
    case .leftOut, .heldOut, .detail: lines = [event.note]
    case .progressed(let progress):
      state.withLock { state in
        state.current = (job, progress)
        draw(&state)
      }
      return
    case .started, .matched, .paced, .ranked: return
    }
    state.withLock { state in
      guard state.told.insert(Array(lines[0].utf8)).inserted else { return }
      closeLine(&state)
      for line in lines { Console.note(line) }
    }
  }

  private func closeLine(_ state: inout State) {
    if state.lineIsOpen { Console.redraw("") }
    state.lineIsOpen = false
  }

  private func countOne(_ state: inout State, wasRendered: Bool) {
    state.endedCount += 1
    state.renderedCount += wasRendered ? 1 : 0
    state.current = nil
    draw(&state)
  }

  private func draw(_ state: inout State) {
    guard kind == .auto, !isQuiet else { return }
    let now = ContinuousClock.now
    let pause = isTerminal ? Duration.milliseconds(100) : BatchPrinter.pause
    guard now - state.lastLine >= pause else { return }
    state.lastLine = now
    let line = line(state, after: now - state.start)
    if isTerminal {
      state.lineIsOpen = true
      Console.redraw(line)
    } else {
      Console.note(line)
    }
  }

  private func line(_ state: State, after time: Duration) -> String {
    let seconds = time / .seconds(1)
    let left = max(0, state.toRender - state.renderedCount)
    let rest = state.renderedCount > 0 ? seconds / Double(state.renderedCount) * Double(left) : 0
    var line = "\(state.endedCount) of \(jobs.count) jobs"
    if rest >= 0.5 {
      line += ", \(timeText(rest)) left"
    }
    if let (job, progress) = state.current {
      let name = jobs[job].job.output.path ?? jobs[job].label
      line += "; \(name): \(progress.framesWritten) of \(progress.frameCount) frames"
    }
    return line
  }
}
