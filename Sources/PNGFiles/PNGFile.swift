internal import CPNG
internal import Glibc

/// One libpng writer and its file, closed at the latest when the last user lets go.
final class PNGFile {
  private var pointer: UnsafeMutablePointer<png_file>?

  /// Makes a new file, or empties the one that is there.
  init(creating path: String) throws(PNGError) {
    guard let file = png_file_open(path) else { throw .cannotWrite(reason: systemReason(errno)) }
    pointer = file
  }

  deinit { if let pointer { _ = png_file_close(pointer) } }

  /// Runs one call of the shim; must not follow `close`.
  func perform(_ call: (UnsafeMutablePointer<png_file>) -> Int32) throws(PNGError) {
    guard let pointer else { preconditionFailure("the file is closed") }
    guard call(pointer) != 0 else { return }
    if pointer.pointee.error_number != 0 {
      throw .cannotWrite(reason: systemReason(pointer.pointee.error_number))
    }
    let message = withUnsafeBytes(of: &pointer.pointee.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    throw .cannotWrite(reason: message)
  }

  /// Writes out what is still held back.
  func close() throws(PNGError) {
    guard let pointer else { return }
    self.pointer = nil
    let number = png_file_close(pointer)
    if number != 0 { throw .cannotWrite(reason: systemReason(number)) }
  }
}

private func systemReason(_ number: Int32) -> String {
  // Each thread has its own text in glibc.
  strerror(number).map { String(cString: $0) } ?? "error \(number)"
}
