internal import Glibc

/// The processor's instructions that multiply bytes, for which 8-bit networks are made.
///
/// They are read from Linux, since OpenVINO states INT8 among a processor's capabilities without them too: it then
/// does with others, which gains less.
package struct ByteInstructions: Equatable, Sendable {
  /// As Linux names them; empty where there are none.
  package let names: [String]

  /// All that there are.
  package static let known = ["avx_vnni", "avx512_vnni", "amx_int8"]

  /// Those of the processor that this process runs on.
  package static let here = ByteInstructions(processorText: text(ofFile: "/proc/cpuinfo"))

  /// From the text of `/proc/cpuinfo`, or its beginning: all cores are taken to be alike.
  package init(processorText text: String) {
    let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") } ?? ""
    names = flags.split { $0 == " " || $0 == "\t" }.map(String.init).filter(ByteInstructions.known.contains)
  }

  /// The first 16,384 bytes of a file; nothing where it can't be read.
  private static func text(ofFile path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    let bytes = [UInt8](unsafeUninitializedCapacity: 16_384) { buffer, initialized in
      initialized = fread(buffer.baseAddress, 1, buffer.count, file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
