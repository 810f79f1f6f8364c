internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Frame folder sink` {
  @Test func `makes a file of each frame, with the name that its number has`() async throws {
    try await withTemporaryFolder { folder in
      var sink = try FrameFolderSink(creating: "\(folder)/a/b", name: "b", comment: "hello") {
        "face \($0).png"
      }
      let pictures = (0..<3).map { gradient(width: 5, height: 4, blue: UInt8($0)) }
      for picture in pictures {
        try sink.write(picture)
      }
      try sink.finish()
      #expect(try names(in: "\(folder)/a/b") == ["face 0.png", "face 1.png", "face 2.png"])
      for (number, picture) in pictures.enumerated() {
        #expect(try readPicture("\(folder)/a/b/face \(number).png") == picture)
      }
    }
  }

  @Test func `names the result when its folder can't be made`() async throws {
    try await withTemporaryFolder { folder in
      try write("", to: "\(folder)/file")
      let error = #expect(throws: MorphError.self) {
        _ = try FrameFolderSink(creating: "\(folder)/file/b", name: "b", comment: "") { "\($0).png" }
      }
      #expect(error?.subject == "b")
      #expect(error?.problem == .output(.cannotWrite(reason: "Not a directory")))
    }
  }
}
