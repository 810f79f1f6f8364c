internal import CVips

/// One line of text in the middle of a strip, as the share of each pixel that it covers.
package struct TextStrip: Equatable, Sendable {
  package let width: Int
  package let height: Int

  /// Height × width bytes: 0 is none of the pixel, 255 all of it.
  package let coverage: [UInt8]

  /// Draws `text` as it stands: markup means nothing, and what is no sign (a line's end, a tab) becomes a space.
  ///
  /// What is wider than the strip is shortened, with `…` at its end. Letters are three quarters of the strip high; those
  /// of another script may be cut off. The font is DejaVu Sans (Debian's `fonts-dejavu-core`); signs that it lacks, or
  /// all of them where it isn't installed, come from what the system has instead, so equal texts give equal pixels
  /// on systems with equal fonts. Safe to call from several threads; calls wait for each other.
  package init(_ text: String, width: Int, height: Int) throws(PhotoError) {
    precondition(width > 0 && height > 0, "a strip has at least one pixel")
    self.width = width
    self.height = height
    let line = TextStrip.line(text, scalarLimit: 8 * width)
    coverage = try withVips { () throws(PhotoError) in
      var strip = [UInt8](repeating: 0, count: width * height)
      let size = max(1, height * 3 / 4)
      // A little room on both sides keeps labels apart.
      if let ink = try Ink(ofLongest: line, size: size, width: max(1, width - width / 16)) {
        ink.stamp(onto: &strip, width: width, height: height, lineHeight: size + (size + 5) / 6)
      }
      return strip
    }
  }

  /// What of a text can be drawn on one line; no more of it is looked at than could ever fit.
  private static func line(_ text: String, scalarLimit: Int) -> [Character] {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(scalarLimit) {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .surrogate: line.append(" ")
      default: line.append(scalar)
      }
    }
    var characters = Array(String(line))
    while characters.last == " " {
      characters.removeLast()
    }
    return characters
  }
}

/// The pixels that a line of text colours.
private struct Ink {
  let width: Int
  let height: Int
  /// How far below the top of its line it begins.
  let top: Int
  let levels: [UInt8]

  /// The longest beginning of `line` that is no wider than `width`, with `…` if it isn't all of it.
  ///
  /// `nil` when there is nothing to see.
  init?(ofLongest line: [Character], size: Int, width: Int) throws(PhotoError) {
    var (whole, guess): (Ink?, Int) = (nil, width / size)
    do throws(PhotoError) {
      guard let ink = try Ink(String(line), size: size) else { return nil }
      guard ink.width > width else {
        self = ink
        return
      }
      (whole, guess) = (ink, line.count * width / ink.width)
    } catch .unreadable(let reason) where reason.saysTooWide {}
    // So many signs fit, and so many don't. Signs are about equally wide, so that few guesses by the width of the last
    // one are needed; where they aren't, halving is sure.
    var (most, tooMany) = (0, line.count)
    var fitting: Ink?
    var attempt = 0
    while tooMany - most > 1 {
      attempt += 1
      let count = min(max(attempt < 4 ? guess : (most + tooMany) / 2, most + 1), tooMany - 1)
      do throws(PhotoError) {
        guard let ink = try Ink(String(line[..<count]) + "…", size: size) else { return nil }
        if ink.width <= width {
          (most, fitting) = (count, ink)
        } else {
          tooMany = count
        }
        guess = count * width / max(1, ink.width)
      } catch .unreadable(let reason) where reason.saysTooWide {
        tooMany = count
      }
    }
    guard let ink = fitting ?? whole?.cut(to: width) else { return nil }
    self = ink
  }

  private init?(_ text: String, size: Int) throws(PhotoError) {
    do throws(PhotoError) {
      let mask = try ImageHandle { image in
        photo_text(TextStrip.escaped(text), "DejaVu Sans \(size)px", &image)
      }
      self.init(
        width: mask.width, height: mask.height, top: mask.offset.y, levels: try mask.levels())
    } catch .unreadable(let reason) where reason.contains("no text to render") {
      return nil
    }
  }

  private init(width: Int, height: Int, top: Int, levels: [UInt8]) {
    (self.width, self.height, self.top, self.levels) = (width, height, top, levels)
  }

  /// Its left part.
  private func cut(to newWidth: Int) -> Ink? {
    var left: [UInt8] = []
    for y in 0..<height {
      left += levels[(y * width)..<(y * width + newWidth)]
    }
    return Ink(width: newWidth, height: height, top: top, levels: left)
  }

  /// Puts it into the middle of a strip, its line too, so that letters of all strips stand on one level.
  func stamp(onto strip: inout [UInt8], width stripWidth: Int, height stripHeight: Int, lineHeight: Int) {
    let left = (stripWidth - width) / 2
    // What would hang out below is moved up as far as there is room.
    let place = min(max(0, (stripHeight - lineHeight) / 2) + max(0, top), max(0, stripHeight - height))
    for y in 0..<min(height, stripHeight - place) {
      let target = (place + y) * stripWidth + left
      strip.replaceSubrange(target..<(target + width), with: levels[(y * width)..<((y + 1) * width)])
    }
  }
}

extension TextStrip {
  /// Text as Pango's markup says it.
  fileprivate static func escaped(_ text: String) -> String {
    var markup = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": markup.append(contentsOf: "&amp;".unicodeScalars)
      case "<": markup.append(contentsOf: "&lt;".unicodeScalars)
      case ">": markup.append(contentsOf: "&gt;".unicodeScalars)
      default: markup.append(scalar)
      }
    }
    return String(markup)
  }
}

extension String {
  /// Whether the reason is that a line is wider than can be drawn at all: 32,767 pixels.
  fileprivate var saysTooWide: Bool { contains("size of the input") }
}
