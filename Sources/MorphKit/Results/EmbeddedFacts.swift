internal import FoundationEssentials
internal import Glibc

/// What a video or picture says of the job that made it, in its comment.
struct EmbeddedFacts: Decodable {
  var facewalk: String
  var identity: String
  var job: JobFacts

  /// The comment stands before the pictures, and is far shorter.
  private static let reach = 4_000_000
  private static let start = Array("{\"facewalk\":\"".utf8)

  /// `nil` for a file that says nothing of the kind.
  init?(atPath path: String) {
    guard kind(ofPath: path) == .file, let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: EmbeddedFacts.reach) { buffer, count in
      count = fread(buffer.baseAddress, 1, EmbeddedFacts.reach, file)
    }
    guard let text = EmbeddedFacts.object(in: bytes) else { return nil }
    do {
      self = try JSONDecoder().decode(EmbeddedFacts.self, from: Data(text))
    } catch {
      return nil
    }
  }

  /// From the brace that opens the comment to the one that closes it.
  private static func object(in bytes: [UInt8]) -> ArraySlice<UInt8>? {
    guard let first = bytes.firstRange(of: start)?.lowerBound else { return nil }
    var (depth, isText, isEscaped) = (0, false, false)
    for index in first..<bytes.count {
      let byte = bytes[index]
      if isText {
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: "\"") {
        isText = true
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return bytes[first...index] }
      }
    }
    return nil
  }
}
