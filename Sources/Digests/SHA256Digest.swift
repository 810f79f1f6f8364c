/// A SHA-256 digest: 32 bytes that stand for any number of bytes.
package struct SHA256Digest: Equatable, Hashable, Sendable, CustomStringConvertible {
  static let byteCount = 32

  /// 64 lower-case hexadecimal digits.
  package let hex: String

  package var description: String { hex }

  package init(of bytes: [UInt8]) {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    self = hasher.finish()
  }

  /// The digest of the string's UTF-8 bytes.
  package init(of string: String) {
    var hasher = SHA256Hasher()
    hasher.update(string)
    self = hasher.finish()
  }

  init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount)
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    hex = String(decoding: text, as: UTF8.self)
  }
}
