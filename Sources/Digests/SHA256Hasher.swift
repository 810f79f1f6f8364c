internal import CCrypto

/// Computes a digest from bytes that come piece by piece.
///
/// Where the pieces are cut does not matter. `finish()` uses the hasher up, so nothing can follow the end.
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  package init() {
    // These calls fail only without memory, or where OpenSSL is set up to refuse SHA-256.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("OpenSSL has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let status = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    precondition(status == 1, "OpenSSL could not hash")
  }

  package mutating func update(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBytes { update($0) }
  }

  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Adds the string's UTF-8 bytes.
  package mutating func update(_ string: String) {
    var string = string
    string.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  package consuming func finish() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
    let status = EVP_DigestFinal_ex(context, &bytes, nil)
    precondition(status == 1, "OpenSSL could not hash")
    return SHA256Digest(bytes: bytes)
  }
}
