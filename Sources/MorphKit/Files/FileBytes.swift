internal import Glibc

/// What keeps a file from being read.
enum FileProblem: Error, Equatable {
  case missing
  case notRegular
  case tooLarge(bytes: Int)
  case failed(reason: String)

  /// For messages that have no sentence of their own for each case.
  var reason: String {
    switch self {
    case .missing: "no such file"
    case .notRegular: "it is not a regular file"
    case .tooLarge(let bytes): "it has \(bytes) bytes, which is too many"
    case .failed(let reason): reason
    }
  }
}

/// Reads a regular file of at most `limit` bytes, whole.
///
/// Never waits: a pipe or a device is refused before anything is read from it.
func bytes(ofFile path: String, limit: Int) throws(FileProblem) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .failed(reason: errorText()) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .failed(reason: errorText()) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
  guard status.st_size <= limit else { throw .tooLarge(bytes: Int(status.st_size)) }

  let size = Int(status.st_size)
  var failure: Int32 = 0
  let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let received = read(descriptor, buffer.baseAddress?.advanced(by: count), size - count)
      if received < 0, errno == EINTR { continue }
      if received < 0 { failure = errno }
      guard received > 0 else { return }
      count += received
    }
  }
  guard failure == 0 else { throw .failed(reason: errorText(failure)) }
  return bytes
}

/// What the system says of an error number, `No space left on device`.
func errorText(_ number: Int32 = errno) -> String {
  String(cString: strerror(number))
}
