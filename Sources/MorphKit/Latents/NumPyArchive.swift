/// The arrays in a NumPy `.npz` file, a ZIP archive of `.npy` files.
///
/// Names and places come from the archive's own directory at its end. Nothing is unpickled, and an array that is not
/// asked for is not unpacked.
struct NumPyArchive: Sendable {
  private let content: [UInt8]
  private var members: [Member] = []

  private struct Member {
    var name: String
    /// 0 for stored as it is, 8 for packed.
    var method: Int
    var checksum: UInt32
    /// How many bytes it has when it is unpacked.
    var size: Int
    /// Where its header and its bytes lie.
    var range: Range<Int>
    var packed: Range<Int>
  }

  /// No more members are looked at.
  private static let memberLimit = 65_535

  /// So far a header of a `.npy` file may reach.
  private static let headerLimit = 65_536 + 12

  /// A small file that unpacks to more than this, and to so many times its size, is not read: latents are noise, which
  /// can't be packed.
  private static let tightSize = 16_000_000
  private static let tightness = 20

  /// Throws when the directory can't be read, or two members share bytes.
  init(npz content: [UInt8]) throws(LatentFileProblem) {
    self.content = content
    guard let end = NumPyArchive.endOfDirectory(in: content) else { throw .notNumPyArchive }
    let count = NumPyArchive.number(content, end + 10, bytes: 2)
    var place = NumPyArchive.number(content, end + 16, bytes: 4)
    for _ in 0..<min(count, NumPyArchive.memberLimit) {
      guard place + 46 <= end, NumPyArchive.number(content, place, bytes: 4) == 0x0201_4B50 else {
        throw .damagedArchive
      }
      let nameLength = NumPyArchive.number(content, place + 28, bytes: 2)
      let rest =
        NumPyArchive.number(content, place + 30, bytes: 2)
        + NumPyArchive.number(content, place + 32, bytes: 2)
      guard place + 46 + nameLength <= end else { throw .damagedArchive }
      members.append(try NumPyArchive.member(content, at: place, nameLength: nameLength))
      place += 46 + nameLength + rest
    }
    let ranges = members.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
    guard zip(ranges, ranges.dropFirst()).allSatisfy({ $0.upperBound <= $1.lowerBound }) else {
      throw .damagedArchive
    }
  }

  /// The member that the directory tells of at a place.
  private static func member(
    _ content: [UInt8], at place: Int, nameLength: Int
  ) throws(LatentFileProblem) -> Member {
    var name = String(decoding: content[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
    if name.hasSuffix(".npy") { name.removeLast(4) }
    let offset = number(content, place + 42, bytes: 4)
    guard offset + 30 <= content.count, number(content, offset, bytes: 4) == 0x0403_4B50 else {
      throw .damagedArchive
    }
    let start =
      offset + 30 + number(content, offset + 26, bytes: 2) + number(content, offset + 28, bytes: 2)
    let end = start + number(content, place + 20, bytes: 4)
    guard end <= content.count else { throw .damagedArchive }
    return Member(
      name: name, method: number(content, place + 10, bytes: 2),
      checksum: UInt32(number(content, place + 16, bytes: 4)), size: number(content, place + 24, bytes: 4),
      range: offset..<end, packed: start..<end)
  }

  /// In the order of the file.
  var names: [String] { members.map(\.name) }

  /// The shape of the array of a name, from its header alone; `nil` when there is none.
  func shape(named name: String) throws(LatentFileProblem) -> [Int]? {
    guard let member = members.first(where: { $0.name.isSameName(as: name) }) else { return nil }
    return try layout(of: member).shape
  }

  /// The array of a name; `nil` when there is none.
  func array(named name: String) throws(LatentFileProblem) -> NumPyArray? {
    guard let member = members.first(where: { $0.name.isSameName(as: name) }) else { return nil }
    guard member.size <= LatentFile.byteLimit else { throw .fileTooLarge(megabytes: member.size / 1_000_000) }
    guard member.size <= NumPyArchive.tightSize || member.size / NumPyArchive.tightness <= member.packed.count
    else { throw .packedTooTightly(megabytes: member.size / 1_000_000) }
    // Before it is unpacked, its header must state as many numbers as it promises to have.
    let stated = try layout(of: member).byteCount
    guard stated <= member.size else { throw .truncated(expectedBytes: stated, bytes: member.size) }
    guard stated == member.size else { throw .damagedArchive }
    let packed = content[member.packed]
    let bytes = member.method == 0 ? Array(packed) : try Inflate.bytes(of: packed, limit: member.size)
    guard bytes.count == member.size, crc32(of: bytes) == member.checksum else { throw .damagedArchive }
    return try NumPyArray(npy: bytes)
  }

  private func layout(of member: Member) throws(LatentFileProblem) -> NumPyLayout {
    let packed = content[member.packed]
    switch member.method {
    case 0: return try NumPyLayout(npy: packed.prefix(NumPyArchive.headerLimit))
    case 8:
      return try NumPyLayout(npy: Inflate.start(of: packed, count: NumPyArchive.headerLimit)[...])
    default: throw .damagedArchive
    }
  }

  /// Where the record stands that says where the directory is; a comment of up to 65,535 bytes may follow it.
  private static func endOfDirectory(in content: [UInt8]) -> Int? {
    guard content.starts(with: [0x50, 0x4B]), content.count >= 22 else { return nil }
    var place = content.count - 22
    while place >= 0, place >= content.count - 22 - 65_535 {
      if content[place] == 0x50, number(content, place, bytes: 4) == 0x0605_4B50 { return place }
      place -= 1
    }
    return nil
  }

  /// A number with its lowest byte first.
  private static func number(_ content: [UInt8], _ place: Int, bytes: Int) -> Int {
    (0..<bytes).reduce(0) { $0 | Int(content[place + $1]) << (8 * $1) }
  }
}
