import Digests
import Foundation
import Testing

struct `SHA-256` {
  static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", abc),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `known texts have their known digests`(text: String, hex: String) throws {
    #expect(SHA256Digest(of: text).hex == hex)
    #expect(SHA256Digest(of: Array(text.utf8)).hex == hex)
    let path = try TemporaryFile(containing: Data(text.utf8))
    #expect(try SHA256Digest(ofFileAt: path.path).hex == hex)
  }

  @Test func `where the pieces are cut does not matter`() {
    var hasher = SHA256Hasher()
    hasher.update("a")
    hasher.update([UInt8]())
    hasher.update([98].span)
    [UInt8(99)].withUnsafeBytes { hasher.update($0) }
    #expect(hasher.finish().description == Self.abc)
  }

  @Test func `text is hashed as UTF-8`() {
    #expect(SHA256Digest(of: "Zoë") == SHA256Digest(of: [0x5a, 0x6f, 0xc3, 0xab]))
    #expect(SHA256Digest(of: "Zoë") != SHA256Digest(of: "Zoe"))
  }

  @Test func `a file longer than one piece is hashed whole`() throws {
    let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 9) }
    let file = try TemporaryFile(containing: Data(content))
    #expect(try SHA256Digest(ofFileAt: file.path) == SHA256Digest(of: content))
  }

  @Test(arguments: [
    ("/proc/nowhere/at all", "No such file or directory"), ("/", "Is a directory"),
    ("/dev/zero", "Not a regular file"),
  ])
  func `what cannot be read says why`(path: String, reason: String) {
    let error = #expect(throws: DigestError.self) { try SHA256Digest(ofFileAt: path) }
    #expect(error == .cannotRead(reason: reason))
    #expect(error?.description == "cannot be read: \(reason)")
  }

  @Test func `a FIFO is refused, not waited for`() throws {
    let file = try TemporaryFile(containing: Data())
    let path = file.path + ".fifo"
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(throws: DigestError.cannotRead(reason: "Not a regular file")) { try SHA256Digest(ofFileAt: path) }
  }
}

/// A file that goes with its owner.
private final class TemporaryFile {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path

  init(containing data: Data) throws {
    try data.write(to: URL(filePath: path))
  }

  deinit { unlink(path) }
}
