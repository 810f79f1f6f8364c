import Glibc
import MorphKit

/// Standard output and standard error.
enum Console {
  /// Makes sure that the three standard descriptors are something, so that no other file gets their numbers.
  static func open() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = Glibc.open("/dev/null", O_RDWR)
    }
  }

  /// The path of a result, on standard output, to the byte; throws when it does not get there.
  static func print(result path: String) throws(OutputLost) { try put(path) }

  /// A line about results; names in it can't move the cursor, colour the text or begin another line.
  static func print(_ line: String) throws(OutputLost) { try put(printable(line)) }

  /// Several lines.
  static func print(text: String) throws(OutputLost) { try put(printableLines(text)) }

  /// Several lines of columns, which tabs part.
  static func print(table text: String) throws(OutputLost) {
    try put(
      text.split(separator: "\t", omittingEmptySubsequences: false).map { printableLines(String($0)) }
        .joined(separator: "\t"))
  }

  private static func put(_ text: String) throws(OutputLost) {
    guard write(text + "\n", to: STDOUT_FILENO) else {
      throw OutputLost(reason: String(cString: strerror(errno)))
    }
  }

  /// Anything else, a line on standard error, with names as `print` shows them.
  static func note(_ line: String) { _ = write(printable(line) + "\n", to: STDERR_FILENO) }

  /// Several lines.
  static func note(text: String) { _ = write(printableLines(text) + "\n", to: STDERR_FILENO) }

  private static func printableLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
      .joined(separator: "\n")
  }

  /// Draws over the current line of a terminal.
  static func redraw(_ line: String) { _ = write("\r\u{1B}[K" + printable(line), to: STDERR_FILENO) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && errorIsTerminal }

  /// Asks a question that is answered with y or n; no is the default, also when the task is cancelled.
  static func asks(_ question: String) -> Bool {
    _ = write(printable(question) + " [y/N] ", to: STDERR_FILENO)
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !Task.isCancelled {
      if poll(&input, 1, 100) > 0 {
        return readLine()?.lowercased().hasPrefix("y") ?? false
      }
    }
    return false
  }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
  }
}

/// A result could not be told.
struct OutputLost: Error {
  var reason: String
  var message: String { "standard output can't be written: \(reason). The result is where it should be." }
}
