internal import CFFmpeg
internal import Glibc
internal import Synchronization

/// What libav and its codecs say while they work: kept from stderr, and the last line kept for errors.
///
/// The log belongs to the process, so `silence` holds for every thread. Lines are kept for the thread that
/// listens, so that two writers don't mix theirs.
enum LibavLog {
  private static let lastLines = Mutex<[pthread_t: String]>([:])

  /// Once used, libav never again writes to stderr.
  static let silence: Void = av_log_set_callback { context, level, format, arguments in
    guard level <= AV_LOG_ERROR, let arguments else { return }
    var text = [CChar](repeating: 0, count: 512)
    var showsPrefix: Int32 = 0
    av_log_format_line2(context, level, format, arguments, &text, Int32(text.count), &showsPrefix)
    let line = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    keep(line.split(whereSeparator: \.isNewline).last.map(String.init) ?? "")
  }

  /// The result of `body`, and the last line of an error that it logged on this thread.
  static func listen<Result>(to body: () -> Result) -> (Result, line: String?) {
    _ = silence
    let thread = pthread_self()
    lastLines.withLock { $0[thread] = "" }
    let result = body()
    let line = lastLines.withLock { $0.removeValue(forKey: thread) } ?? ""
    return (result, line.isEmpty ? nil : line)
  }

  private static func keep(_ line: String) {
    guard !line.isEmpty else { return }
    lastLines.withLock { lines in
      guard lines[pthread_self()] != nil else { return }
      lines[pthread_self()] = line
    }
  }
}
