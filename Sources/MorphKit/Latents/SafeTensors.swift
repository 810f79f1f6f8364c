internal import FoundationEssentials

/// The tensors in a `.safetensors` file: the length of a header, the header as JSON, the numbers.
///
/// The format is that of https://huggingface.co/docs/safetensors; of types float32 and float64 are read.
struct SafeTensors: Sendable {
  private struct Entry: Codable, Sendable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  private var entries: [String: Entry] = [:]
  private let content: [UInt8]
  /// Where the numbers begin.
  private let start: Int
  private(set) var metadata: [String: String] = [:]

  private static let headerLimit = 10_000_000

  init(safetensors content: [UInt8]) throws(LatentFileProblem) {
    self.content = content
    guard content.count >= 8, content[4...7].allSatisfy({ $0 == 0 }) else { throw .notSafeTensors }
    let length = (0..<8).reduce(0) { $0 | Int(content[$1]) << (8 * $1) }
    guard length <= SafeTensors.headerLimit, 8 + length <= content.count else { throw .notSafeTensors }
    start = 8 + length
    do {
      let header = try JSONDecoder().decode(Header.self, from: Data(content[8..<start]))
      (entries, metadata) = (header.entries, header.metadata)
    } catch {
      throw .notSafeTensors
    }
  }

  private struct Header: Decodable {
    var entries: [String: Entry] = [:]
    var metadata: [String: String] = [:]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for key in container.allKeys {
        if key.stringValue == "__metadata__" {
          metadata = try container.decode([String: String].self, forKey: key)
        } else {
          entries[key.stringValue] = try container.decode(Entry.self, forKey: key)
        }
      }
    }
  }

  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Sorted, since the file has no order of its own.
  var names: [String] { entries.keys.sorted() }

  /// The shape of the tensor of a name; `nil` when there is none.
  func shape(named name: String) throws(LatentFileProblem) -> [Int]? { entries[name]?.shape }

  /// The tensor of a name; `nil` when there is none.
  func array(named name: String) throws(LatentFileProblem) -> NumPyArray? {
    guard let entry = entries[name] else { return nil }
    let size: Int
    switch entry.dtype {
    case "F32": size = 4
    case "F64": size = 8
    default: throw .wrongType(entry.dtype)
    }
    guard entry.shape.count <= 8, entry.shape.allSatisfy({ $0 >= 0 }), let count = product(entry.shape),
      count <= content.count
    else { throw .tooManyNumbers }
    guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0,
      entry.data_offsets[0] <= entry.data_offsets[1],
      entry.data_offsets[1] - entry.data_offsets[0] == count * size
    else { throw .notSafeTensors }
    guard entry.data_offsets[1] <= content.count - start else {
      throw .truncated(expectedBytes: entry.data_offsets[1], bytes: content.count - start)
    }
    let first = start + entry.data_offsets[0]
    return NumPyArray(shape: entry.shape, values: floats(in: content, at: first, count: count, size: size))
  }

  /// The bytes of a file with these tensors of float32, one after the other, and texts beside them.
  static func bytes(
    _ tensors: [(name: String, array: NumPyArray)], metadata: [String: String]
  ) throws -> [UInt8] {
    struct File: Encodable {
      var entries: [String: Entry]
      var metadata: [String: String]

      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for (key, value) in entries {
          guard let name = Name(stringValue: key) else { continue }
          try container.encode(value, forKey: name)
        }
        if let name = Name(stringValue: "__metadata__") { try container.encode(metadata, forKey: name) }
      }
    }
    var entries: [String: Entry] = [:]
    var offset = 0
    for (name, array) in tensors {
      let end = offset + array.values.count * 4
      entries[name] = Entry(dtype: "F32", shape: array.shape, data_offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var header = Array(try encoder.encode(File(entries: entries, metadata: metadata)))
    // So that the numbers begin at a multiple of eight.
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
    bytes.reserveCapacity(bytes.count + offset)
    for (_, array) in tensors {
      append(array.values, to: &bytes)
    }
    return bytes
  }
}

/// Numbers of 4 or 8 bytes each, lowest byte first.
func floats(in content: [UInt8], at start: Int, count: Int, size: Int, isBigEndian: Bool = false) -> [Float] {
  content.withUnsafeBytes { buffer in
    (0..<count).map { index -> Float in
      let offset = start + index * size
      if size == 4 {
        let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return Float(bitPattern: isBigEndian ? bits.byteSwapped : bits)
      }
      let bits = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      return Float(Double(bitPattern: isBigEndian ? bits.byteSwapped : bits))
    }
  }
}

/// Puts float32 numbers behind `bytes`, lowest byte first.
func append(_ values: [Float], to bytes: inout [UInt8]) {
  for value in values {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
