/// The arrays in a NumPy `.npz` file, a ZIP archive of `.npy` files.
///
/// Names and places come from the archive's own directory at its end. Nothing is unpickled, and an array that is not
/// asked for is not unpacked.
struct NumPyArchive {
  private let content: [UInt8]
  private var members: [(name: String, method: Int, packedSize: Int, size: Int, offset: Int)] = []

  /// No more members are looked at.
  private static let memberLimit = 65_535

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
      var name = String(decoding: content[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      if name.hasSuffix(".npy") { name.removeLast(4) }
      members.append(
        (
          name, NumPyArchive.number(content, place + 10, bytes: 2),
          NumPyArchive.number(content, place + 20, bytes: 4),
          NumPyArchive.number(content, place + 24, bytes: 4),
          NumPyArchive.number(content, place + 42, bytes: 4)
        ))
      place += 46 + nameLength + rest
    }
  }

  /// In the order of the file.
  var names: [String] { members.map(\.name) }

  /// The array of a name; `nil` when there is none.
  func array(named name: String) throws(LatentFileProblem) -> NumPyArray? {
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    guard member.offset + 30 <= content.count,
      NumPyArchive.number(content, member.offset, bytes: 4) == 0x0403_4B50
    else { throw .damagedArchive }
    let start =
      member.offset + 30 + NumPyArchive.number(content, member.offset + 26, bytes: 2)
      + NumPyArchive.number(content, member.offset + 28, bytes: 2)
    guard start + member.packedSize <= content.count else { throw .damagedArchive }
    guard member.size <= LatentFile.byteLimit else { throw .fileTooLarge(megabytes: member.size / 1_000_000) }
    let packed = content[start..<(start + member.packedSize)]
    let bytes: [UInt8]
    switch member.method {
    case 0: bytes = Array(packed)
    case 8: bytes = try Inflate.bytes(of: packed, limit: member.size)
    default: throw .damagedArchive
    }
    guard bytes.count == member.size else { throw .damagedArchive }
    return try NumPyArray(npy: bytes)
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
