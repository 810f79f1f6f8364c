internal import Foundation

/// The content of a file.
package func contents(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(filePath: path)))
}

/// Writes a file, and the folder that it lies in.
package func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  let url = URL(filePath: path)
  try FileManager.default.createDirectory(
    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
  try Data(bytes).write(to: url)
}

package func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}

/// The names of what a folder holds, sorted; none for a folder that isn't there.
package func names(in folder: String) throws -> [String] {
  guard FileManager.default.fileExists(atPath: folder) else { return [] }
  return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
}

/// A copy of a folder of `Fixtures` in `folder`, which a test may change; returns its path.
package func copyOfFixture(_ name: String, in folder: String) throws -> String {
  let copy = "\(folder)/\(name)"
  try FileManager.default.copyItem(atPath: fixture(name), toPath: copy)
  return copy
}

package func makeLink(_ path: String, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
}

package func remove(_ path: String) throws {
  try FileManager.default.removeItem(atPath: path)
}

package func isThere(_ path: String) -> Bool {
  FileManager.default.fileExists(atPath: path)
}
