/// The formats that are decoded.
///
/// The first bytes decide, and each format goes to its own decoder: no other decoder ever sees the file,
/// whatever libvips was built with.
enum PhotoFormat {
  case jpeg, png, webp, tiff, heif, gif

  init(of bytes: RawSpan) throws(PhotoError) {
    guard bytes.byteCount > 0 else { throw .empty }
    if bytes.has([0xFF, 0xD8, 0xFF], at: 0) {
      self = .jpeg
    } else if bytes.has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0) {
      self = .png
    } else if bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) {
      self = .webp
    } else if ["II*\0", "MM\0*", "II+\0", "MM\0+"].contains(where: { bytes.has($0, at: 0) }) {
      self = .tiff
    } else if bytes.has("ftyp", at: 4), Self.isHEIF(bytes) {
      self = .heif
    } else if bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) {
      self = .gif
    } else if let format = Self.refused(bytes) {
      throw .unsupported(format: format)
    } else {
      throw .notAPicture
    }
  }

  /// Whether a JPEG goes over its picture so often that decoding would take for ever.
  ///
  /// Progressive files have about ten scans. Within a scan the marker's bytes can't stand, so all that are found count.
  func hasTooManyScans(_ bytes: RawSpan) -> Bool {
    guard self == .jpeg else { return false }
    var scans = 0
    var previous: UInt8 = 0
    for place in 0..<bytes.byteCount {
      let byte = bytes.unsafeLoad(fromByteOffset: place, as: UInt8.self)
      if previous == 0xFF, byte == 0xDA {
        scans += 1
      }
      previous = byte
    }
    return scans > Self.scanLimit
  }

  private static let scanLimit = 200

  /// Whether the file's own lengths say that its end is missing; meant for files that failed to decode.
  ///
  /// JPEG and GIF carry no lengths: their decoders say it themselves.
  func isCutShort(_ bytes: RawSpan) -> Bool {
    let count = bytes.byteCount
    switch self {
    case .jpeg, .gif: return false
    case .webp:
      return bytes.integer(at: 4, bytes: 4, bigEndian: false).map { $0 + 8 > count } ?? true
    case .png:
      var place = 8
      while !bytes.has("IEND", at: place + 4) {
        guard let length = bytes.integer(at: place, bytes: 4, bigEndian: true) else { return true }
        place += length + 12
      }
      return false
    case .tiff:
      // The directory often stands at the end. BigTIFF has longer offsets.
      let bigEndian = bytes.has("MM", at: 0)
      let isBig = bytes.has("+", at: bigEndian ? 3 : 2)
      let directory = bytes.integer(at: isBig ? 8 : 4, bytes: isBig ? 8 : 4, bigEndian: bigEndian)
      return directory.map { $0 >= count - 1 } ?? true
    case .heif:
      var place = 0
      while place < count {
        guard let length = bytes.integer(at: place, bytes: 4, bigEndian: true) else { return true }
        if length < 8 { return false }  // to the end of the file, or a length of 64 bits
        place += length
      }
      return place > count
    }
  }

  /// Whether a brand of the file type box, the main one or a compatible one, is HEIC's or AVIF's.
  private static func isHEIF(_ bytes: RawSpan) -> Bool {
    let brands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis"]
    let end = min(bytes.integer(at: 0, bytes: 4, bigEndian: true) ?? 0, 256)
    return stride(from: 8, to: max(end, 9), by: 4).contains { place in
      place != 12 && brands.contains { bytes.has($0, at: place) }
    }
  }

  /// The name of a format that people may well try and that is not decoded.
  private static func refused(_ bytes: RawSpan) -> String? {
    if bytes.has("%PDF", at: 0) { return "PDF" }
    if bytes.has("<svg", at: 0) || bytes.has("<?xml", at: 0) { return "SVG" }
    if bytes.has("BM", at: 0), bytes.has([0, 0, 0, 0], at: 6) { return "BMP" }
    if bytes.has([0xFF, 0x0A], at: 0) || bytes.has("JXL ", at: 4) { return "JPEG XL" }
    if bytes.has("jP  ", at: 4) || bytes.has([0xFF, 0x4F, 0xFF, 0x51], at: 0) { return "JPEG 2000" }
    if bytes.has("ftyp", at: 4) || bytes.has([0x1A, 0x45, 0xDF, 0xA3], at: 0) { return "video" }
    return nil
  }
}

extension RawSpan {
  /// Whether `signature` stands at `place`.
  fileprivate func has(_ signature: String, at place: Int) -> Bool { has(Array(signature.utf8), at: place) }

  fileprivate func has(_ signature: [UInt8], at place: Int) -> Bool {
    guard place >= 0, place + signature.count <= byteCount else { return false }
    return signature.indices.allSatisfy {
      unsafeLoad(fromByteOffset: place + $0, as: UInt8.self) == signature[$0]
    }
  }

  /// The unsigned integer of `count` bytes at `place`, at most `Int32.max`; nil past the end.
  fileprivate func integer(at place: Int, bytes count: Int, bigEndian: Bool) -> Int? {
    guard place >= 0, place + count <= byteCount else { return nil }
    let order = bigEndian ? Array(0..<count) : (0..<count).reversed()
    let value = order.reduce(UInt64(0)) { value, offset in
      value << 8 | UInt64(unsafeLoad(fromByteOffset: place + offset, as: UInt8.self))
    }
    return Int(min(value, UInt64(Int32.max)))
  }
}
