import Glibc

/// Standard output and standard error.
enum Console {
  /// A result, on standard output.
  static func print(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// Anything else, on standard error.
  static func note(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  /// Draws over the current line of a terminal.
  static func redraw(_ line: String) { write("\r\u{1B}[K" + line, to: STDERR_FILENO) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var canAsk: Bool { isatty(STDIN_FILENO) == 1 && errorIsTerminal }

  /// Asks a question that is answered with y or n; no is the default.
  static func asks(_ question: String) -> Bool {
    write(question + " [y/N] ", to: STDERR_FILENO)
    return readLine()?.lowercased().hasPrefix("y") ?? false
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        sent += count
      }
    }
  }
}
