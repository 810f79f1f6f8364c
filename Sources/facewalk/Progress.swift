import MorphKit
import Synchronization

/// Tells people or programs, on standard error, how a run goes.
final class ProgressPrinter: Sendable {
  private let kind: ProgressKind
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())

  private struct State {
    var start = ContinuousClock.now
    var lastLine = ContinuousClock.now
    var lastTenth = 0
    var lineIsOpen = false
    /// What is counted.
    var noun = "frames"
  }

  /// Elsewhere than on a terminal, a line comes at most this often.
  private static let pause = Duration.seconds(30)

  init(kind: ProgressKind, isQuiet: Bool) {
    self.kind = kind
    self.isQuiet = isQuiet
    isTerminal = Console.errorIsTerminal
  }

  convenience init(_ options: RunOptions) {
    self.init(kind: options.progress, isQuiet: options.quiet)
  }

  /// Starts to count anew.
  func begin(counting noun: String) {
    state.withLock { $0 = State(noun: noun) }
  }

  func report(_ event: RenderEvent) {
    guard !isQuiet else { return }
    if kind == .json {
      Console.note(JSONLine(event).text)
      return
    }
    switch event {
    case .started(let summary):
      state.withLock { state in
        state = State()
        if summary.form == .latents { state.noun = "photos" }
      }
      Console.note(summary.text)
    case .chose(let choice):
      for line in choice.lines { Console.note(line) }
    case .matched(let match):
      Console.note("\(match.photo)\(match.face.map { "#\($0)" } ?? ""): \(match.text)")
    case .leftOut, .heldOut, .detail: Console.note(event.note)
    case .paced(let transitions):
      for line in transitions.lines { Console.note(line) }
    case .ranked(let ranking):
      for line in ranking.lines { Console.note(line) }
    case .progressed(let progress):
      guard kind == .auto else { return }
      state.withLock { draw(progress, &$0) }
    }
  }

  /// Ends the line that is being drawn over.
  func end() {
    state.withLock { state in
      if state.lineIsOpen { Console.redraw("") }
      state.lineIsOpen = false
    }
  }

  private func draw(_ progress: RenderProgress, _ state: inout State) {
    let now = ContinuousClock.now
    let isLast = progress.framesWritten == progress.frameCount
    if isTerminal {
      guard isLast || now - state.lastLine >= .milliseconds(100) || !state.lineIsOpen else { return }
      state.lastLine = now
      state.lineIsOpen = true
      Console.redraw(line(progress, of: state.noun, after: now - state.start))
      return
    }
    let tenth = progress.framesWritten * 10 / max(progress.frameCount, 1)
    guard tenth > state.lastTenth, isLast || now - state.lastLine >= ProgressPrinter.pause else { return }
    state.lastTenth = tenth
    state.lastLine = now
    Console.note(line(progress, of: state.noun, after: now - state.start))
  }

  private func line(_ progress: RenderProgress, of noun: String, after time: Duration) -> String {
    let seconds = time / .seconds(1)
    let rate = Double(progress.framesWritten - progress.framesFound) / max(seconds, 0.001)
    let left = Double(progress.frameCount - progress.framesWritten) / max(rate, 0.001)
    return "\(progress.framesWritten) of \(progress.frameCount) \(noun), \(Int(rate.rounded())) a second"
      + (left >= 0.5 ? ", \(timeText(left)) left" : "")
  }
}

/// `3 s`, `2 min 5 s`, `1 h 12 min`.
func timeText(_ seconds: Double) -> String {
  let seconds = Int(seconds.rounded(.up))
  if seconds < 60 { return "\(seconds) s" }
  if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
  return "\(seconds / 3600) h \(seconds / 60 % 60) min"
}

extension RenderSummary {
  /// `2 faces, 61 frames, 2.0 s, 512 × 512`.
  var text: String {
    var parts = [faceCount == 1 ? "1 face" : "\(faceCount) faces"]
    guard form != .latents else { return parts[0] + ", latents" }
    parts.append(frameCount == 1 ? "1 frame" : "\(frameCount) frames")
    if let seconds {
      let tenths = Int((seconds * 10).rounded())
      parts.append("\(tenths / 10).\(tenths % 10) s")
    }
    parts.append((sheetCount > 1 ? "\(sheetCount) sheets of " : "") + "\(width) × \(height)")
    return (parts + [decoderText].compactMap(\.self)).joined(separator: ", ")
  }

  /// `fast decoder`; `nil` where the model has only one.
  var decoderText: String? {
    decoder.map { "\($0.rawValue) decoder" }
  }
}

extension RenderEvent {
  /// A line about what was left out, or how a classifier did.
  var note: String {
    switch self {
    case .leftOut(let photo): "\(photo): shows no face, and is left out"
    case .detail(let note): note.text
    case .heldOut(let right, let count):
      "held-out accuracy: \(right) of \(count) faces, \((100 * right + count / 2) / max(count, 1)) %"
    case .started, .chose, .matched, .paced, .ranked, .progressed: ""
    }
  }
}

extension [TransitionPace] {
  /// `transition 1: 41 frames instead of 30; its steps varied by 35.2 %, now by 4.1 %`.
  var lines: [String] {
    func percent(_ number: Double) -> String {
      let tenths = Int((number * 1000).rounded())
      return "\(tenths / 10).\(tenths % 10) %"
    }
    return enumerated().map { index, pace in
      "transition \(index + 1): \(pace.frames) frames instead of \(pace.framesBefore); its steps varied by "
        + "\(percent(pace.unevennessBefore)), now by \(percent(pace.unevennessAfter))"
    }
  }
}

extension DimensionRanking {
  /// `dimension 17: changes the picture by 0.0521`; the many behind the first ten in one line.
  var lines: [String] {
    let shown = dimensions.prefix(10).map { figure in
      "dimension \(figure.dimension): "
        + (order == .latentLoss
          ? "latent loss \(fourDecimals(figure.value)) nats"
          : "changes the picture by \(fourDecimals(figure.value))")
    }
    return shown
      + (dimensions.count > 10 ? ["and \(dimensions.count - 10) more, which the record lists"] : [])
  }
}

/// A number with four decimals.
private func fourDecimals(_ number: Double) -> String {
  let units = Int((number * 10_000).rounded())
  let decimals = String(units % 10_000)
  return "\(units / 10_000)." + String(repeating: "0", count: 4 - decimals.count) + decimals
}

extension FaceChoice {
  /// How many there are, and which one is taken.
  var summary: String { "\(photo): \(faces.count) faces; face \(chosen), the largest, is taken." }

  var lines: [String] {
    ["\(summary) Pick another with \(photo)#N:"]
      + faces.enumerated().map { index, face in
        "  #\(index + 1)  at (\(face.centerX), \(face.centerY)), \(face.width) pixels wide"
      }
  }
}
