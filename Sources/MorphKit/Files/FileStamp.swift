internal import Glibc

/// By what one sees that a file was not written since: which file it is, its size and its times.
struct FileStamp: Equatable, Sendable {
  private let numbers: [Int]

  /// `nil` when nothing is there.
  init?(ofFile path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    numbers =
      [Int(bitPattern: UInt(status.st_dev)), Int(bitPattern: UInt(status.st_ino)), Int(status.st_size)]
      + [status.st_mtim, status.st_ctim].flatMap { [$0.tv_sec, $0.tv_nsec] }
  }
}
