extension Keyframe {
  /// Reads one keyframe: `ada.jpg`, `ada.jpg#2`, `seed:42`, `faces.npy:3`, or a sum of them.
  ///
  /// A file of latents alone stands for its only row. Throws for what names several.
  init(parsing text: String, from folder: String) throws(SettingProblem) {
    switch try KeyframeGroup(parsing: text, from: folder) {
    case .one(let keyframe): self = keyframe
    case .rows(let file, let name, nil): self = .latent(file: file, name: name, row: nil)
    case .faces, .rows: throw .severalKeyframes(text)
    }
  }

  /// A word for file names: `ada`, `seed42`, `faces-3`, `ada+smile`.
  var stem: String {
    switch self {
    case .photo(let photo): photo.stem
    case .seed(let seed): "seed\(seed)"
    case .latent(let file, let name, let row):
      ([fileStem(file)] + [name.map(nameForFiles), row.map { "\($0)" }].compactMap(\.self)).joined(
        separator: "-")
    case .sum(let terms): terms.prefix(4).map(\.keyframe.stem).joined(separator: "+")
    }
  }
}

/// `name` without what leads into other folders.
private func nameForFiles(_ name: String) -> String { name.replacing("/", with: "_") }

extension PhotoReference {
  /// Reads `ada.jpg` or `ada.jpg#2`.
  init(parsing text: String, from folder: String) throws(SettingProblem) {
    let asPath = MorphKit.path(text, from: folder)
    guard kind(ofPath: asPath) == .nothing, let hash = text.lastIndex(of: "#"),
      text[text.index(after: hash)...].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      self.init(path: asPath)
      return
    }
    let number = text[text.index(after: hash)...]
    guard let face = UInt32(digits: number), face >= 1 else {
      throw .value(
        text, allowed: "the number of a face, counted from 1 from the left, as in \(text[..<hash])#1")
    }
    self.init(path: MorphKit.path(String(text[..<hash]), from: folder), face: Int(face))
  }

  /// A word for file names: `ada`, `family-2`.
  var stem: String { fileStem(path) + (face.map { "-\($0)" } ?? "") }
}
