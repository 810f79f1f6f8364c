/// Reads from an ONNX file, which is a protocol buffer, where its weights lie.
///
/// Field numbers as onnx.proto states them. Broken files give no names: reading the network will tell.
enum ONNXFile {
  /// The names, sorted, of the files that hold weights outside this one.
  static func externalDataNames(inFile path: String, limit: Int) throws(FileProblem) -> [String] {
    let bytes = try bytes(ofFile: path, limit: limit)
    var names: Set<String> = []
    bytes.withUnsafeBytes { buffer in
      for field in Message(buffer) where field.number == 7 {
        collect(fromGraph: field.content, into: &names, level: 0)
      }
      // Functions of the model's own, which have nodes.
      for field in Message(buffer) where field.number == 25 {
        for node in Message(field.content) where node.number == 7 {
          collect(fromNode: node.content, into: &names, level: 0)
        }
      }
    }
    return names.sorted()
  }

  private static let levelLimit = 32

  private static func collect(
    fromGraph graph: UnsafeRawBufferPointer, into names: inout Set<String>, level: Int
  ) {
    guard level < levelLimit else { return }
    for field in Message(graph) {
      switch field.number {
      case 1: collect(fromNode: field.content, into: &names, level: level)
      case 5: collect(fromTensor: field.content, into: &names)
      case 15: collect(fromSparseTensor: field.content, into: &names)
      default: break
      }
    }
  }

  private static func collect(
    fromNode node: UnsafeRawBufferPointer, into names: inout Set<String>, level: Int
  ) {
    for attribute in Message(node) where attribute.number == 5 {
      for field in Message(attribute.content) {
        switch field.number {
        case 5, 10: collect(fromTensor: field.content, into: &names)
        case 6, 11: collect(fromGraph: field.content, into: &names, level: level + 1)
        case 22, 23: collect(fromSparseTensor: field.content, into: &names)
        default: break
        }
      }
    }
  }

  /// Values and their places, each a tensor.
  private static func collect(fromSparseTensor tensor: UnsafeRawBufferPointer, into names: inout Set<String>)
  {
    for field in Message(tensor) where field.number == 1 || field.number == 2 {
      collect(fromTensor: field.content, into: &names)
    }
  }

  private static func collect(fromTensor tensor: UnsafeRawBufferPointer, into names: inout Set<String>) {
    for entry in Message(tensor) where entry.number == 13 {
      var key = ""
      var value = ""
      for field in Message(entry.content) {
        let text = String(decoding: field.content, as: UTF8.self)
        if field.number == 1 {
          key = text
        } else if field.number == 2 {
          value = text
        }
      }
      if key == "location" {
        names.insert(value)
      }
    }
  }

  /// The fields of a protocol buffer message that hold bytes; others are passed over, and a broken rest ends it.
  private struct Message: Sequence, IteratorProtocol {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    /// How many groups are open; what is in a group is of a field that ONNX does not know.
    private var groupDepth = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func next() -> (number: UInt64, content: UnsafeRawBufferPointer)? {
      while offset < bytes.count {
        guard let key = variableLengthNumber() else { return nil }
        switch key & 7 {
        case 0:
          guard variableLengthNumber() != nil else { return nil }
        case 1:
          offset += 8
        case 5:
          offset += 4
        case 2:
          guard let length = variableLengthNumber(), length <= UInt64(bytes.count - offset) else {
            return nil
          }
          let start = offset
          offset += Int(length)
          if groupDepth == 0 {
            return (key >> 3, UnsafeRawBufferPointer(rebasing: bytes[start..<offset]))
          }
        case 3:
          groupDepth += 1
        case 4:
          guard groupDepth > 0 else { return nil }
          groupDepth -= 1
        default:
          return nil
        }
      }
      return nil
    }

    private mutating func variableLengthNumber() -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard offset < bytes.count else { return nil }
        let byte = bytes[offset]
        offset += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte & 0x80 == 0 { return value }
      }
      return nil
    }
  }
}
