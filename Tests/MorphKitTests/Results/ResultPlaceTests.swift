internal import Foundation
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Place of a result` {
  private func place(
    _ content: MorphJob.Content, _ format: MorphJob.Format = .video(.init())
  ) throws -> ResultPlace {
    let job = MorphJob(
      content: content, model: "m", alignsFaces: true, size: .native,
      output: .init(path: nil, format: format))
    return try ResultPlace(for: job, identity: Bench.first)
  }

  private func morph(_ keyframes: [Keyframe]) -> MorphJob.Content {
    .morph(
      keyframes: keyframes,
      Timeline(transitionLengths: Array(repeating: 1, count: keyframes.count - 1), frameRate: .thirty))
  }

  /// Photos whose names no file has.
  private func photo(_ name: String, face: Int? = nil) -> PhotoReference {
    PhotoReference(path: "faces/\(name).jpg", face: face)
  }

  @Test func `without a name is in the current folder, named after the pictures`() throws {
    let mark = UUID().uuidString
    #expect(try place(morph([.photo(photo(mark)), .photo(photo("b"))])).path == "\(mark)-b.mp4")
    #expect(
      try place(morph([.photo(photo(mark, face: 2)), .seed(7), .latent(file: "z.npy", row: 1)])).path
        == "\(mark)-2-seed7-z-1.mp4")
    let five = [Keyframe.photo(photo(mark))] + (0..<4).map { .seed($0) }
    #expect(try place(morph(five), .grid(.init())).path == "\(mark)-to-seed3.png")
    #expect(try place(.reconstruct([photo(mark)]), .grid(.init())).path == "\(mark)-reconstruct.png")
  }

  @Test func `without a name gets a number behind it when something else has that name`() throws {
    let mark = UUID().uuidString
    let paths = ["", "-2", "-3"].map { "\(mark)-seed1\($0).mp4" }
    func next() throws -> String { try place(morph([.photo(photo(mark)), .seed(1)])).path }
    defer {
      for path in paths {
        removeAll(path)
        removeAll(path + ".json")
      }
    }
    #expect(try next() == paths[0])
    try write("mine", to: paths[0])
    #expect(try next() == paths[1])
    // A file that only has the record's name is in the way, too.
    try write("mine", to: paths[1] + ".json")
    #expect(try next() == paths[2])
    // The result of the very same job is found again, complete or changed.
    let record = Bench(folder: ".", kind: .file).record(Bench.first, digest: "ab", frames: 1)
    try write(record.json(), to: paths[1] + ".json")
    #expect(try next() == paths[1])
    try write("mine", to: paths[1])
    #expect(try next() == paths[1])
  }

  @Test func `with a name is that name`() throws {
    for (format, shape) in [
      (MorphJob.Format.video(.init()), ResultPlace.Shape.file), (.grid(.init()), .file),
      (.frames(.folder), .folder),
    ] {
      let place = try ResultPlace(for: seedMorph(to: "/a/x.y", format: format), identity: Bench.first)
      #expect(place == ResultPlace(path: "/a/x.y", shape: shape))
      #expect((place.recordPath, place.partsPath) == ("/a/x.y.json", "/a/x.y.parts"))
    }
  }

  @Test func `has the digest of one file, or of the list of several`() async throws {
    for kind in Bench.Kind.allCases {
      try await withBench(kind) { bench in
        let place = try bench.place
        #expect(try place.digest() == nil)
        try bench.run(frames: 2)
        let digest = try place.digest()
        if kind == .file {
          // printf '1a…1a 2' | sha256sum
          #expect(digest == (try sha256(ofFile: place.path)))
        } else {
          let folder = kind == .folder ? place.path : bench.folder
          let list = try ["x_0000.png", "x_0001.png"].map {
            "\(try sha256(ofFile: "\(folder)/\($0)"))  \($0)\n"
          }
          try write(list.joined(), to: "\(bench.folder)/list.txt")
          #expect(digest == (try sha256(ofFile: "\(bench.folder)/list.txt")))
        }
      }
    }
  }
}

struct `Names of frames` {
  private func names(_ content: MorphJob.Content, count: Int) -> [String] {
    let job = MorphJob(
      content: content, model: "m", alignsFaces: true, size: .native,
      output: .init(path: "x", format: .frames(.folder)))
    return (0..<count).map(job.frameNames)
  }

  @Test func `say what they are`() throws {
    let morph = seedMorph(to: "x", format: .frames(.folder)).content
    #expect(names(morph, count: 2) == ["frame_000000.png", "frame_000001.png"])
    #expect(
      names(.sample(try SeedList(parsing: "7,12345,4294967295")), count: 3) == [
        "seed0007.png", "seed12345.png", "seed4294967295.png",
      ])
    let photos = ["a/ada.jpg", "b/ada.png", "grace.jpg", "ada-2.jpg"].map { PhotoReference(path: $0) }
    #expect(names(.align(photos), count: 4) == ["ada.png", "ada-3.png", "grace.png", "ada-2.png"])
    #expect(
      names(.align([.init(path: "f.jpg", face: 1), .init(path: "f.jpg", face: 2)]), count: 2)
        == ["f-1.png", "f-2.png"])
  }

  @Test func `are numbers when a seed comes twice`() throws {
    for text in ["1,2,1", "1-3,3-5", "5-9,1-5"] {
      #expect(names(.sample(try SeedList(parsing: text)), count: 1) == ["frame_000000.png"])
    }
    #expect(names(.sample(try SeedList(parsing: "5-9,1-4")), count: 1) == ["seed0005.png"])
  }
}
