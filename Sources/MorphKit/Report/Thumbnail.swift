internal import FoundationEssentials
internal import PhotoFiles

/// A small picture on a page that asks for no other file.
struct Thumbnail: Equatable, Sendable {
  let width: Int
  let height: Int
  let jpeg: [UInt8]

  /// `nil` for a picture that can't be encoded.
  private init?(_ picture: Picture) {
    do throws(PhotoError) {
      jpeg = try picture.jpeg(quality: 80)
    } catch {
      return nil
    }
    (width, height) = (picture.width, picture.height)
  }

  /// Pictures of one height, from left to right; `nil` of none.
  init?(sideBySide pictures: [Picture]) {
    guard let height = pictures.first?.height else { return nil }
    var pixels: [UInt8] = []
    for y in 0..<height {
      for picture in pictures {
        pixels += picture.pixels[(y * picture.width * 3)..<((y + 1) * picture.width * 3)]
      }
    }
    let width = pictures.reduce(0) { $0 + $1.width }
    self.init(Picture(width: width, height: height, pixels: pixels))
  }

  /// A picture above another of its size, each at most this many pixels wide.
  init?(_ first: Image, above second: Image, widthLimit: Int = 96) {
    let width = min(first.width, widthLimit)
    let height = max(1, first.height * width / first.width)
    let pixels = [first, second].flatMap { $0.resized(toWidth: width, height: height).pixels }
    self.init(Picture(width: width, height: 2 * height, pixels: pixels))
  }

  /// `data:` and the JPEG.
  var address: String { "data:image/jpeg;base64," + Data(jpeg).base64EncodedString() }

  /// As HTML shows it.
  func html(alternative: String) -> String {
    "<img src=\"\(address)\" width=\"\(width)\" height=\"\(height)\" alt=\"\(escaped(alternative))\">"
  }
}

/// A few frames of a morph side by side, which come one by one.
struct ContactStrip {
  private static let height = 96
  private static let count = 9

  private let numbers: Set<Int>
  private var pictures: [Picture] = []

  init(frameCount: Int) {
    numbers = Set(ThumbnailStrip.spread(frameCount, wanted: ContactStrip.count))
  }

  mutating func add(_ picture: Image, number: Int) {
    guard numbers.contains(number) else { return }
    let width = max(1, min(picture.width * ContactStrip.height / picture.height, 4 * ContactStrip.height))
    pictures.append(
      Picture(width: picture.width, height: picture.height, pixels: picture.pixels)
        .resized(toWidth: width, height: ContactStrip.height))
  }

  var thumbnail: Thumbnail? { Thumbnail(sideBySide: pictures) }
}
