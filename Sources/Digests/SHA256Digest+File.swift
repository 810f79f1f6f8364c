internal import Glibc

/// Why a file has no digest.
package enum DigestError: Error, Equatable, CustomStringConvertible {
  /// The reason is the system's, such as "No such file or directory".
  case cannotRead(reason: String)

  package var description: String {
    switch self {
    case .cannotRead(let reason): "cannot be read: \(reason)"
    }
  }
}

extension SHA256Digest {
  /// The digest of a regular file's content, read in pieces, so that memory does not grow with the file.
  package init(ofFileAt path: String) throws(DigestError) {
    let file = try OpenFile(at: path)
    var hasher = SHA256Hasher()
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try file.read(into: &piece)
      guard count > 0 else { break }
      hasher.update(piece.span.extracting(..<count))
    }
    self = hasher.finish()
  }
}

/// An open file, closed with its owner.
private final class OpenFile {
  private let descriptor: Int32

  init(at path: String) throws(DigestError) {
    // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .cannotRead(reason: lastReason()) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { throw .cannotRead(reason: lastReason()) }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .cannotRead(reason: String(cString: strerror(EISDIR)))
    default: throw .cannotRead(reason: "Not a regular file")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// The number of bytes read, 0 at the end of the file.
  func read(into piece: inout [UInt8]) throws(DigestError) -> Int {
    while true {
      let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      guard errno == EINTR else { throw .cannotRead(reason: lastReason()) }
    }
  }
}

/// The system's words for the call that just failed.
private func lastReason() -> String { String(cString: strerror(errno)) }
