internal import TestSupport

/// The ways in which a result can lie on the disk.
enum ResultKind: String, CaseIterable {
  case video = "out.mp4"
  case grid = "out.png"
  case folder = "out"
  case pattern = "out-##.png"

  /// The result's path, which its record and its work folder lie beside.
  var path: String { rawValue }

  /// A morph of `frameCount` frames with the tiny model.
  func morph(frameCount: Int) -> [String] {
    var line = ["morph", "seed:1", "seed:2", "-m", "tiny", "--frames", "\(frameCount - 1)", "-q"]
    line += ["--size", "native", "-o", self == .folder ? path + "/" : path]
    return line
  }

  /// The file or files of the result in `folder`, by name.
  func files(in folder: CommandFolder) throws -> [String: [UInt8]] {
    let names = folder.names().filter { name in
      switch self {
      case .video, .grid: name == path
      case .folder: name.hasPrefix("out/")
      case .pattern: name.hasPrefix("out-") && name.hasSuffix(".png") && !name.contains("/")
      }
    }
    var files: [String: [UInt8]] = [:]
    for name in names { files[name] = try folder.bytes(name) }
    return files
  }

  /// Everything that a finished run leaves in a folder that held nothing but `others`.
  func names(of files: [String: [UInt8]], besides others: [String]) -> [String] {
    (others + files.keys + [path + ".json"] + (self == .folder ? [path] : [])).sorted()
  }
}
