import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM: the run cleans up, then the process ends as the signal says.
///
/// SIGUSR1, with which schedulers warn of the end of a job's time, counts as SIGTERM.
///
/// Safe to share: its sources are made once and only kept alive.
final class StopSignals: @unchecked Sendable {
  private let received = Mutex<Int32?>(nil)
  private let stop = Mutex<(@Sendable () -> Void)?>(nil)
  private let sources: [any DispatchSourceSignal]

  private static let numbers = [SIGINT, SIGTERM, SIGUSR1]

  /// How long cleaning up may take.
  private static let patience = DispatchTimeInterval.seconds(5)

  /// Watches from now on; a second signal ends the process at once.
  init() {
    let queue = DispatchQueue(label: "signals")
    sources = StopSignals.numbers.map { number in
      signal(number, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: number, queue: queue)
    }
    for (source, number) in zip(sources, StopSignals.numbers) {
      source.setEventHandler { [self] in
        received.withLock { $0 = number == SIGUSR1 ? SIGTERM : number }
        for number in StopSignals.numbers { signal(number, SIG_DFL) }
        stop.withLock { $0 }?()
        queue.asyncAfter(deadline: .now() + StopSignals.patience) { [self] in raiseIfReceived() }
      }
      source.resume()
    }
  }

  /// Calls `stop` at the first signal, at once if it came already.
  func onSignal(_ stop: @escaping @Sendable () -> Void) {
    self.stop.withLock { $0 = stop }
    if received.withLock({ $0 }) != nil {
      stop()
    }
  }

  /// Ends the process by the signal that came, if one did.
  func raiseIfReceived() {
    guard let number = received.withLock({ $0 }) else { return }
    signal(number, SIG_DFL)
    // Dispatch blocks the signals that it watches, in its own threads too.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
  }
}
