internal import Glibc

/// The last part of a path: `ada.jpg` of `faces/ada.jpg`.
func fileName(_ path: String) -> String {
  let parts = path.split(separator: "/")
  return parts.last.map(String.init) ?? path
}

/// A file name without its ending: `ada` of `faces/ada.jpg`.
func fileStem(_ path: String) -> String {
  let name = fileName(path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
  return String(name[..<dot])
}

/// The ending of a file name in lower case, with its dot; empty when there is none.
func fileEnding(_ path: String) -> String {
  let name = fileName(path)
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
  return name[dot...].lowercased()
}

/// The folder that holds `path`; `.` for a bare name.
func folder(of path: String) -> String {
  var path = Substring(path)
  while path.count > 1, path.hasSuffix("/") {
    path.removeLast()
  }
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// `path` as seen from `folder`, unless it starts at the root.
///
/// `../x` from `jobs` is `x`, as long as `jobs` is no link, which might lead elsewhere.
func path(_ path: String, from folder: String) -> String {
  if path.hasPrefix("/") || folder == "." || folder.isEmpty { return path }
  guard path.hasPrefix("../"), ![".", "..", "/"].contains(fileName(folder)), !isLink(folder) else {
    return folder + "/" + path
  }
  return MorphKit.path(String(path.dropFirst(3)), from: MorphKit.folder(of: folder))
}

/// The path without links and dots; `nil` when nothing is there.
func realPath(_ path: String) -> String? {
  guard let resolved = realpath(path, nil) else { return nil }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// What is at a path.
enum PathKind {
  case nothing
  case file
  case folder
  case other
}

func kind(ofPath path: String) -> PathKind {
  var status = stat()
  guard stat(path, &status) == 0 else { return .nothing }
  switch status.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  default: return .other
  }
}

/// How many bytes a file has; 0 when nothing is there.
func fileSize(_ path: String) -> Int {
  var status = stat()
  return stat(path, &status) == 0 ? Int(status.st_size) : 0
}

/// Whether a path has something at it, be it a link that leads nowhere.
func isTakenByAnything(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0
}

/// Whether what is at a path is a file, or a link, that a file may be put in the place of.
func isReplaceable(_ path: String) -> Bool {
  var status = stat()
  guard lstat(path, &status) == 0 else { return false }
  return [S_IFREG, S_IFLNK].contains(status.st_mode & S_IFMT)
}

/// Whether a link is at a path.
func isLink(_ path: String) -> Bool {
  var status = stat()
  return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}

/// The folder that a relative path starts from.
func workingFolder() -> String {
  guard let buffer = getcwd(nil, 0) else { return "/" }
  defer { free(buffer) }
  return String(cString: buffer)
}

/// The value of an environment variable; `nil` when it is unset or empty.
func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
