internal import Glibc

/// A format that networks are read in, by its name in messages.
enum NetworkFormat: String {
  case onnx = "ONNX"
  case openVINO = "OpenVINO"
  case tensorFlowLite = "TensorFlow Lite"
}

/// A file that may hold a network, looked at before the runtime sees it.
///
/// OpenVINO offers a file that no reader claims by its first bytes to every reader that it has, one of which
/// prints to standard error. So what would end there is refused here.
struct NetworkFile: ~Copyable {
  private let descriptor: Int32
  private let size: Int

  /// The format that the name of the file at `path` ends in; throws unless the file begins like one.
  static func format(of path: String) throws(InferenceError) -> NetworkFormat {
    let file = try NetworkFile(path)
    let (format, holdsNetwork): (NetworkFormat, Bool) =
      switch true {
      case path.hasSuffix(".onnx"): (.onnx, file.beginsLikeONNX)
      case path.hasSuffix(".xml"): (.openVINO, file.bytes(at: 0, count: 512).contains("<net"))
      case path.hasSuffix(".tflite"):
        (.tensorFlowLite, file.bytes(at: 4, count: 4).elementsEqual("TFL3".utf8))
      default: throw .unknownEnding
      }
    guard holdsNetwork else { throw .notANetwork(format: format.rawValue) }
    return format
  }

  private init(_ path: String) throws(InferenceError) {
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(reason: String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .unreadable(reason: "Not a regular file")
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// At most `count` bytes from `offset` on.
  private func bytes(at offset: Int, count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, pread(descriptor, buffer.baseAddress, count, off_t(offset)))
    }
  }

  /// Whether three of the fields that an ONNX file consists of come first, none of them twice.
  private var beginsLikeONNX: Bool {
    var found: Set<UInt8> = []
    var offset = 0
    while found.count < 3 {
      let header = bytes(at: offset, count: 6)
      guard let key = header.first, let isNumber = Self.onnxFields[key], found.insert(key).inserted else {
        return false
      }
      guard let last = header.dropFirst().firstIndex(where: { $0 < 0x80 }) else { return false }
      let number = header[1...last].reversed().reduce(0) { $0 << 7 | Int($1 & 0x7f) }
      offset += last + 1 + (isNumber ? 0 : number)
      guard offset <= size else { return false }
    }
    return true
  }

  /// The fields' keys as the file has them, number × 8 + type, and whether each holds a number or bytes.
  private static let onnxFields: [UInt8: Bool] = [
    1 << 3: true, 5 << 3: true,
    2 << 3 | 2: false, 3 << 3 | 2: false, 4 << 3 | 2: false, 6 << 3 | 2: false, 7 << 3 | 2: false,
    8 << 3 | 2: false, 14 << 3 | 2: false,
  ]
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
