internal import CFFmpeg

/// Why a video could not be written or read.
package enum VideoError: Error, Equatable, CustomStringConvertible {
  /// The file system refused; the reason is the system's, such as "No space left on device".
  case cannotWrite(reason: String)

  /// The file cannot be opened, or is no video; the reason is libav's.
  case cannotRead(reason: String)

  /// The file holds no picture stream.
  case noVideo

  /// A packet of the file is cut short or damaged.
  case damaged

  /// A call of libav failed: its name, libav's reason, and the last line it logged, if any.
  case failed(call: String, reason: String, line: String?)

  /// Two encoders of one video came up with different headers, so their packets cannot share a file.
  case headersDiffer

  package var description: String {
    switch self {
    case .cannotWrite(let reason): "cannot be written: \(reason)"
    case .cannotRead(let reason): "cannot be read as a video: \(reason)"
    case .noVideo: "holds no video"
    case .damaged: "is a video that is cut short or damaged"
    case .failed(let call, let reason, let line?): "\(call) failed: \(reason) (\(line))"
    case .failed(let call, let reason, nil): "\(call) failed: \(reason)"
    case .headersDiffer: "two encoders of one video made different headers"
    }
  }
}

/// Makes one call of libav; a negative status throws, any other is returned.
@discardableResult
func attempt(_ call: StaticString, _ body: () -> Int32) throws(VideoError) -> Int32 {
  let (status, line) = LibavLog.listen(to: body)
  guard status >= 0 else { throw .failed(call: "\(call)", reason: reason(for: status), line: line) }
  return status
}

/// Returns what one call of libav made; nothing throws.
func create<Thing>(_ call: StaticString, _ constructor: () -> Thing?) throws(VideoError) -> Thing {
  let (thing, line) = LibavLog.listen(to: constructor)
  guard let thing else {
    throw .failed(call: "\(call)", reason: reason(for: AVERROR_NO_MEMORY), line: line)
  }
  return thing
}

/// Libav's words for a status; for an `errno` the system's own.
func reason(for status: Int32) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { text in
    guard let start = text.baseAddress else { return "error \(status)" }
    av_strerror(status, start, text.count)
    return String(cString: start)
  }
}
