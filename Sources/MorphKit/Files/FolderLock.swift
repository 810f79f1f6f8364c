internal import Glibc

/// Does something while no other process of this machine, and no other task, does the like in the same folder.
///
/// A process that ends gives the lock back, however it ends. Where there is none to be had, or not within five seconds,
/// as in some network file systems, it is done without; never in two places at once on one local disk.
func withLock<Value, Failure: Error>(
  onFolder path: String, _ body: () throws(Failure) -> Value
) throws(Failure) -> Value {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  defer {
    if descriptor >= 0 { close(descriptor) }
  }
  for _ in 0..<500 {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR else { break }
    usleep(10_000)
  }
  return try body()
}
