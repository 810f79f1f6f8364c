internal import Glibc

/// The names of what a folder holds, without `.` and `..`, in no order.
func namesInFolder(_ path: String) throws(FileProblem) -> [String] {
  guard let stream = opendir(path) else { throw errno == ENOENT ? .missing : .failed(reason: errorText()) }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) {
      $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." {
      names.append(name)
    }
  }
  return names
}

/// Makes a folder, and those above it that are missing.
func makeFolder(_ path: String) throws(FileProblem) {
  guard kind(ofPath: path) != .folder else { return }
  let parent = folder(of: path)
  if parent != path, kind(ofPath: parent) == .nothing {
    try makeFolder(parent)
  }
  guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .failed(reason: errorText()) }
}

/// Removes a file or a folder with all that it holds.
///
/// Links are removed, not followed. Nothing there is no error.
func removeAll(_ path: String) {
  guard unlink(path) != 0, errno == EISDIR || errno == EPERM else { return }
  do throws(FileProblem) {
    for name in try namesInFolder(path) {
      removeAll(path + "/" + name)
    }
  } catch {
    return  // What can't be listed can't be removed; the folder's own removal would fail too.
  }
  rmdir(path)
}

/// Moves a file or folder to another name in one step; an older file there is replaced.
func move(_ path: String, to newPath: String) throws(FileProblem) {
  guard rename(path, newPath) == 0 else {
    throw errno == ENOENT ? .missing : .failed(reason: errorText())
  }
}

/// Gives a file a second name in one step; an older file there is replaced.
///
/// Where the file system knows no second names, it gets another one instead. `temporary` is a name that nobody uses.
func share(_ path: String, as newPath: String, through temporary: String) throws(FileProblem) {
  guard link(path, temporary) == 0 else {
    guard errno != ENOENT else { throw .missing }
    return try move(path, to: newPath)
  }
  // When both were names of one file already, nothing is moved.
  defer { unlink(temporary) }
  try move(temporary, to: newPath)
}

/// Whether two names are those of one file, or of files with the same bytes.
func isSameFile(_ path: String, _ other: String) throws(FileProblem) -> Bool {
  var (first, second) = (stat(), stat())
  guard stat(path, &first) == 0, stat(other, &second) == 0 else { return false }
  if first.st_ino == second.st_ino, first.st_dev == second.st_dev { return true }
  guard first.st_size == second.st_size else { return false }
  let digest = try sha256(ofFile: path)
  return try sha256(ofFile: other) == digest
}

/// Gives a file a second name, or a copy where the file system knows no second names.
func linkOrCopy(_ path: String, to newPath: String) throws(FileProblem) {
  guard link(path, newPath) != 0 else { return }
  guard errno != ENOENT else { throw .missing }
  try write(try bytes(ofFile: path, limit: .max), toFile: newPath)
}

/// Gives a file a second name unless something has it already, and returns whether it did.
///
/// Where the file system knows no second names, it gets another one instead.
func linkUnlessTaken(_ path: String, to newPath: String) throws(FileProblem) -> Bool {
  guard link(path, newPath) != 0 else { return true }
  switch errno {
  case EEXIST: return false
  case ENOENT: throw .missing
  default:
    guard kind(ofPath: newPath) == .nothing else { return false }
    try move(path, to: newPath)
    return true
  }
}

/// Makes a file without content, unless it is there.
func makeEmptyFile(_ path: String) throws(FileProblem) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .failed(reason: errorText()) }
  close(descriptor)
}

/// Writes a whole file; it is on the disk when this returns.
func write(_ bytes: [UInt8], toFile path: String) throws(FileProblem) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw .failed(reason: errorText()) }
  defer { close(descriptor) }
  var written = 0
  while written < bytes.count {
    let sent = bytes.withUnsafeBytes {
      Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
    }
    if sent < 0, errno == EINTR { continue }
    guard sent > 0 else { throw .failed(reason: errorText()) }
    written += sent
  }
  guard fsync(descriptor) == 0 else { throw .failed(reason: errorText()) }
}

/// Waits until a file's or folder's content is on the disk.
func synchronize(_ path: String) throws(FileProblem) {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .failed(reason: errorText()) }
  defer { close(descriptor) }
  // Some file systems can't do this for a folder; then its order of writing is theirs.
  guard fsync(descriptor) == 0 || errno == EINVAL else { throw .failed(reason: errorText()) }
}
