import Foundation
import PhotoFiles
import Testing

struct `A file that is no good photo` {
  @Test func `no bytes`() {
    #expect(throws: PhotoError.empty) { try Picture(decoding: []) }
  }

  @Test(arguments: [
    "3 2\n1 2 3\n4 5 6\n",  // libvips reads it as a matrix when asked to find the loader itself
    "Dear Ada,\n", "a", "GIF8", "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}", "RIFF1234WAVE",
  ])
  func `anything but a picture`(_ text: String) {
    #expect(throws: PhotoError.notAPicture) { try Picture(decoding: Array(text.utf8)) }
  }

  @Test(arguments: [
    ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>", "SVG"), ("%PDF-1.4\n", "PDF"),
    ("\0\0\0\u{18}ftypmp42\0\0\0\0isommp42", "video"), ("\0\0\0\u{C}JXL \r\n", "JPEG XL"),
    ("BM\u{1}\0\0\0\0\0\0\0\u{36}", "BMP"),
  ])
  func `a format that is not read is named`(_ start: String, _ format: String) {
    #expect(throws: PhotoError.unsupported(format: format)) { try Picture(decoding: Array(start.utf8)) }
  }

  @Test(arguments: [
    ("JPEG", Fixture.jpeg), ("PNG", Fixture.png), ("WebP", Fixture.webp), ("TIFF", Fixture.tiff),
    ("AVIF", Fixture.avif),
  ])
  func `a file that was cut short`(_ name: String, _ bytes: [UInt8]) {
    for share in [0.3, 0.5, 0.75] {
      let start = Array(bytes.prefix(Int(Double(bytes.count) * share)))
      #expect(throws: PhotoError.truncated, "\(name), \(share)") { try Picture(decoding: start) }
    }
  }

  @Test func `a GIF that ends within its first picture`() {
    #expect(throws: PhotoError.truncated) { try Picture(decoding: Array(Fixture.gif.prefix(900))) }
  }

  @Test func `a decoder's own reason is given`() throws {
    var bytes = Fixture.png
    bytes[25] = 7  // a colour type that there is not
    let error = #expect(throws: PhotoError.self) { try Picture(decoding: bytes) }
    guard case .unreadable(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!reason.isEmpty && !reason.contains("\n"))
  }

  @Test func `a huge picture is refused from its header, without the memory`() async {
    #expect(throws: PhotoError.tooLarge(width: 30000, height: 30000)) {
      try Picture(decoding: Fixture.hugePNG)
    }
    await #expect(processExitsWith: .success) {
      let before = try peakMemory()
      _ = #expect(throws: PhotoError.self) { try Picture(decoding: Fixture.hugePNG) }
      let after = try peakMemory()
      exit(after - before < 100_000 ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test func `damage at random gives an error or a picture, and not a word on stderr`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      decodeDamaged(rounds: 150)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.isEmpty, "\(text)")
  }

  @Test(.enabled("shared/photos is not there") { photosFolder != nil })
  func `the odd photos leave stderr empty too`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      guard let photosFolder else { return }
      for file in try FileManager.default.contentsOfDirectory(
        at: photosFolder, includingPropertiesForKeys: nil)
      {
        do { _ = try Picture(decoding: Array(Data(contentsOf: file))) } catch is PhotoError {}
      }
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.isEmpty, "\(text)")
  }
}

/// Decodes every small fixture `rounds` times, each time with other bytes changed or missing.
private func decodeDamaged(rounds: Int) {
  // A broken first byte of the AV1 data, at which its decoder would print.
  var broken = Fixture.avif
  broken[275] = 0xFF
  do { _ = try Picture(decoding: broken) } catch {}

  var numbers = SplitMix(state: 3)
  let files = [
    Fixture.jpeg, Fixture.png, Fixture.webp, Fixture.tiff, Fixture.gif, Fixture.avif, Fixture.turnedJPEG,
    Fixture.deepPNG, Fixture.transparentPNG, Fixture.greyJPEG, Fixture.profiledPNG, Fixture.cmykJPEG,
  ]
  for file in files {
    for round in 0..<rounds {
      var bytes = file
      for _ in 0..<Int.random(in: 1...6, using: &numbers) {
        bytes[Int.random(in: bytes.indices, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      if round.isMultiple(of: 3) { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &numbers)) }
      do { _ = try Picture(decoding: bytes, pixelLimit: 1_000_000) } catch {}
    }
  }
}

/// The most memory that this process has used, in kilobytes.
private func peakMemory() throws -> Int {
  let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
  let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
  return try #require(line.split(separator: " ").compactMap { Int($0) }.first)
}
