/// A ZIP archive as a stranger may write it.
struct ArchiveBuilder {
  struct Member {
    var name: String
    var method = 0
    var checksum: UInt32
    var size: Int
    var offset: Int
    var packedSize: Int
  }

  private(set) var bytes: [UInt8] = []
  var members: [Member] = []

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Adds a file; `size` and `checksum` are those of `content`, as it is or unpacked.
  mutating func add(_ name: String, _ content: [UInt8], method: Int = 0, size: Int, checksum: UInt32) {
    let offset = bytes.count
    bytes += [0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 22) + number(name.utf8.count, 2) + [0, 0]
    bytes += Array(name.utf8) + content
    members.append(
      Member(
        name: name, method: method, checksum: checksum, size: size, offset: offset,
        packedSize: bytes.count - offset - 30 - name.utf8.count))
  }

  /// The whole archive.
  var archive: [UInt8] {
    var directory: [UInt8] = []
    for member in members {
      directory += [0x50, 0x4B, 1, 2] + number(0, 6) + number(member.method, 2) + number(0, 4)
      directory += number(Int(member.checksum), 4) + number(member.packedSize, 4) + number(member.size, 4)
      directory += number(member.name.utf8.count, 2) + number(0, 12) + number(member.offset, 4)
      directory += Array(member.name.utf8)
    }
    let end = [0x50, 0x4B, 5, 6] + number(0, 4) + number(members.count, 2) + number(members.count, 2)
    return bytes + directory + end + number(directory.count, 4) + number(bytes.count, 4) + [0, 0]
  }
}

/// `start`, and then `repeats` × 258 bytes of zero, packed with the fixed code of RFC 1951.
func packed(_ start: [UInt8], zeroRuns repeats: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  var (waiting, count) = (0, 0)
  func put(_ code: Int, _ length: Int) {
    // Codes come with their highest bit first.
    for bit in (0..<length).reversed() {
      waiting |= (code >> bit & 1) << count
      count += 1
      if count == 8 {
        bytes.append(UInt8(waiting))
        (waiting, count) = (0, 0)
      }
    }
  }
  // The last block, of the fixed code.
  put(0b110, 3)
  for byte in start + [0] {
    byte < 144 ? put(0x30 + Int(byte), 8) : put(0x190 + Int(byte) - 144, 9)
  }
  for _ in 0..<repeats {
    put(0b1100_0101, 8)
    put(0, 5)
  }
  put(0, 7)
  put(0, 7)
  return bytes
}
