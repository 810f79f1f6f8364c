internal import Foundation
internal import TestSupport
internal import Testing

/// What `exiftool`, which knows nothing of us, reads of how results came to be.
struct `Results of a model` {
  @Test(arguments: [
    ("sample --seeds 1-4", "x.png", ["x.png"]),
    ("sample --seeds 1-4 --tile 3K", "x.png", ["x-1.png", "x-2.png"]),
    ("sample --seeds 1-2", "x/", ["x/seed0001.png", "x/seed0002.png"]),
    ("sample --seeds 1-2", "x-##.png", ["x-00.png", "x-01.png"]),
    ("seed:1 seed:2 --frames 20", "x.mp4", ["x.mp4"]), ("seed:1 seed:2 --frames 240", "x.mp4", ["x.mp4"]),
    ("seed:1 seed:2 --frames 499", "x.mp4", ["x.mp4"]),
    ("seed:1 seed:2 --frames 299", "x/", ["x/frame_000000.png", "x/frame_000299.png"]),
    ("seed:1 seed:2 --frames 2 --singles s", "x.png", ["x.png", "s/frame_000001.png"]),
    ("face.png seed:2 --frames 3", "x.mp4", ["x.mp4"]),
  ])
  func `say so, once, and are otherwise as recorded`(
    line: String, output: String, files: [String]
  ) async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      let line = words(of: line + " -m tiny --size native -q -o " + output)
      let result = try folder.facewalk(line)
      #expect(result.ending == .exited(0), "\(result.errors)")
      for file in files {
        #expect(try readings(of: file, in: folder) == [.init("trainedAlgorithmicMedia")], "\(file)")
        let packet = Data("<?xpacket begin".utf8)
        #expect(try Data(folder.bytes(file)).ranges(of: packet).count == 1)
      }
      #expect(try folder.facewalk("verify", output).output == "\(output): as recorded\n")
      let before = try folder.bytes(files[0])
      #expect(try folder.facewalk(line.filter { $0 != "-q" }).errors.contains("up to date"))
      #expect(try folder.bytes(files[0]) == before)
    }
  }

  @Test func `that show photos too say that, and photos alone say nothing`() async throws {
    try await withCommandFolder { folder in
      try folder.addTinyModel()
      for line in [
        "reconstruct face.png -o pairs.png --singles pairs", "posterior face.png --count 2 -o draws.png",
        "align face.png -o crops/",
      ] {
        let result = try folder.facewalk(words(of: line + " --size native -q -m tiny"))
        #expect(result.ending == .exited(0), "\(result.errors)")
      }
      for file in ["pairs.png", "draws.png"] {
        #expect(try readings(of: file, in: folder) == [.init("compositeWithTrainedAlgorithmicMedia")])
      }
      #expect(try readings(of: "pairs/face.png", in: folder) == [.init("trainedAlgorithmicMedia")])
      for file in ["pairs/face-photo.png", "crops/face.png"] {
        #expect(try readings(of: file, in: folder) == [.init(nil)])
      }
    }
  }

  private struct Reading: Decodable, Equatable {
    let source: String?
    /// `OK` when exiftool finds nothing wrong with the file.
    let validity: String

    init(_ source: String?) {
      self.source = source.map { "http://cv.iptc.org/newscodes/digitalsourcetype/" + $0 }
      validity = "OK"
    }

    private enum CodingKeys: String, CodingKey {
      case source = "XMP-iptcExt:DigitalSourceType"
      case validity = "ExifTool:Validate"
    }
  }

  private func readings(of file: String, in folder: CommandFolder) throws -> [Reading] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "exiftool", "-j", "-G1", "-validate", "-XMP-iptcExt:DigitalSourceType", folder.path(file),
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([Reading].self, from: text)
  }
}
