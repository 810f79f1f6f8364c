internal import Foundation
internal import Glibc

/// How a process ended.
package enum CommandEnding: Equatable, Sendable {
  case exited(Int32)
  case killed(signal: Int32)
}

/// What one run of the command said, and how it ended.
package struct CommandResult: Equatable, Sendable {
  package let ending: CommandEnding
  /// Standard output.
  package let output: String
  /// Standard error.
  package let errors: String

  /// The lines of standard error.
  package var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  /// The same, but for those that tell how far a run has come, of which a slow machine gets more.
  package var messages: [String] { errorLines.filter { $0.prefixMatch(of: #/[0-9]+ of [0-9]+ /#) == nil } }
}

/// A run of the command that has begun.
package struct RunningCommand: Sendable {
  private let process: pid_t
  private let outputPath: String
  private let errorPath: String

  /// A run that takes longer is killed, so that a test that would hang fails; on a busy machine, some take minutes.
  private static let patience = DispatchTimeInterval.seconds(600)

  /// Starts `words`, found through `PATH`, in `folder`.
  ///
  /// Standard input is `inputPath`; standard output and error go into files beside `logPath`.
  init(
    _ words: [String], in folder: String, environment: [String: String], inputPath: String, logPath: String
  )
    throws
  {
    outputPath = logPath + ".out"
    errorPath = logPath + ".err"
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, inputPath, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)

    // Signals as a shell gives them, whatever this process does with its own.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGUSR1, SIGPIPE, SIGXFSZ] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // `env` changes the folder and then becomes the command, so it is one process.
    let arguments = (["env", "-C", folder] + words).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    let status = posix_spawnp(&process, "env", &actions, &attributes, arguments, variables)
    guard status == 0 else { throw CommandNotStarted(command: words[0], errorNumber: status) }
    self.process = process
  }

  /// Sends a signal.
  package func kill(_ signal: Int32) {
    Glibc.kill(process, signal)
  }

  /// Whether it has come to its end; before `result()`.
  package var hasEnded: Bool {
    var information = siginfo_t()
    let status = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    return status != 0 || information.si_signo != 0
  }

  /// Waits for the end; may be called once.
  package func result() throws -> CommandResult {
    let process = process
    let watchdog = DispatchWorkItem { Glibc.kill(process, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + RunningCommand.patience, execute: watchdog)
    defer { watchdog.cancel() }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return CommandResult(
      ending: signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal),
      output: try String(contentsOfFile: outputPath, encoding: .utf8),
      errors: try String(contentsOfFile: errorPath, encoding: .utf8))
  }
}

/// The system did not start a command.
package struct CommandNotStarted: Error {
  package let command: String
  package let errorNumber: Int32
}

/// Waits until something has happened; false when it did not within `hangLimit`.
package func comesTrue(_ condition: () -> Bool) -> Bool {
  let deadline = ContinuousClock.now + hangLimit
  while !condition() {
    guard ContinuousClock.now < deadline else { return false }
    // Short enough to be there in time, long enough to leave the processor to what is waited for.
    usleep(50)
  }
  return true
}
