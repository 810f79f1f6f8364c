internal import Glibc
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Photo file` {
  private func problem(_ path: String) -> PhotoProblem? {
    let error = #expect(throws: MorphError.self) { try PhotoFile(at: path).picture() }
    #expect(error?.subject == path)
    if case .photo(let problem) = error?.problem { return problem }
    return nil
  }

  @Test func `is decoded from the bytes that were hashed`() async throws {
    try await withTemporaryFolder { folder in
      let (path, picture) = ("\(folder)/a.png", gradient(width: 20, height: 10))
      try writePNG(picture, to: path)
      let file = try PhotoFile(at: path)
      #expect(file.sha256 == (try sha256(ofFile: path)))
      #expect(file.bytesKept == (try contents(path).count))
      try write("something else", to: path)
      #expect(Image(try file.picture()) == picture)
    }
  }

  @Test func `that is not kept in memory must be the same when it is read again`() async throws {
    try await withTemporaryFolder { folder in
      let (path, picture) = ("\(folder)/a.png", gradient(width: 20, height: 10))
      try writePNG(picture, to: path)
      var file = try PhotoFile(at: path)
      file.forgetContent()
      #expect(file.bytesKept == 0)
      #expect(Image(try file.picture()) == picture)
      try writePNG(gradient(width: 20, height: 10, blue: 1), to: path)
      var error = #expect(throws: MorphError.self) { try file.picture() }
      #expect(error == MorphError(path, PhotoProblem.changed))
      try remove(path)
      error = #expect(throws: MorphError.self) { try file.picture() }
      #expect(error == MorphError(path, PhotoProblem.missing))
    }
  }

  @Test func `that can't be one is told apart`() async throws {
    try await withTemporaryFolder { folder in
      #expect(problem("\(folder)/missing.jpg") == .missing)
      #expect(problem(folder) == .notAFile)
      try write("", to: "\(folder)/empty.jpg")
      #expect(problem("\(folder)/empty.jpg") == .empty)
      for text in [
        "hello", "3 2\n1 2 3\n4 5 6\n", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "P3 1 1 255 0 0 0",
      ] {
        try write(text, to: "\(folder)/text.jpg")
        #expect(problem("\(folder)/text.jpg") == .notAPicture)
      }
      try writePNG(gradient(width: 200, height: 200), to: "\(folder)/whole.png")
      let whole = try contents("\(folder)/whole.png")
      try write(whole.prefix(whole.count / 2), to: "\(folder)/half.png")
      #expect(problem("\(folder)/half.png") == .truncated)
    }
  }

  @Test func `that is a pipe is refused without waiting`() async throws {
    try await withTemporaryFolder { folder in
      #expect(mkfifo("\(folder)/pipe.jpg", 0o600) == 0)
      #expect(problem("\(folder)/pipe.jpg") == .notAFile)
    }
  }

  @Test func `over 512 MB is not read`() async throws {
    try await withTemporaryFolder { folder in
      try write("", to: "\(folder)/big.jpg")
      // A hole of this length takes no room on the disk.
      #expect(truncate("\(folder)/big.jpg", 600_000_000) == 0)
      #expect(problem("\(folder)/big.jpg") == .fileTooLarge(megabytes: 600))
    }
  }
}
