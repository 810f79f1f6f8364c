extension Keyframe {
  /// Reads `ada.jpg`, `ada.jpg#2`, `seed:42`, `faces.npy:3`; a file of exactly that name wins over the other readings.
  init(parsing text: String, from folder: String) throws(SettingProblem) {
    guard !text.isEmpty else { throw .value(text, allowed: "a photo, seed:N or FILE.npy:ROW") }
    let asPath = path(text, from: folder)
    if kind(ofPath: asPath) == .nothing {
      if text.hasPrefix("seed:") {
        let digits = text.dropFirst(5)
        guard let seed = UInt32(digits: digits) else { throw .notASeed(String(digits)) }
        self = .seed(seed)
        return
      }
      if let colon = text.lastIndex(of: ":"), text[..<colon].hasSuffix(".npy") {
        let row = text[text.index(after: colon)...]
        guard let number = UInt32(digits: row) else {
          throw .value(text, allowed: "the number of a row, counted from 0, as in \(text[..<colon]):0")
        }
        self = .latent(file: MorphKit.path(String(text[..<colon]), from: folder), row: Int(number))
        return
      }
    }
    if text.hasSuffix(".npy") {
      self = .latent(file: asPath, row: nil)
    } else {
      self = .photo(try PhotoReference(parsing: text, from: folder))
    }
  }

  /// Reads a keyframe of a job file: a text as on the command line, or a mapping.
  init(_ setting: Setting, from folder: String) throws(MorphError) {
    if case .text(let text) = setting.value {
      self = try PlacedText(text: text, place: setting.place).read { text throws(SettingProblem) in
        try Keyframe(parsing: text, from: folder)
      }
      return
    }
    var table = try SettingTable(setting, named: "keyframes")
    let photo = try table.text("photo")
    let seed = try table.text("seed")
    let latents = try table.text("latents")
    let face = try table.text("face")
    let row = try table.text("row")
    try table.refuseOthers()
    switch (photo, seed, latents) {
    case (let photo?, nil, nil) where row == nil:
      let number = try face?.wholeNumber(in: 1...10_000)
      self = .photo(PhotoReference(path: path(photo.text, from: folder), face: number))
    case (nil, let seed?, nil) where row == nil && face == nil:
      self = .seed(
        try seed.read { text throws(SettingProblem) in
          guard let seed = UInt32(digits: text) else { throw .notASeed(text) }
          return seed
        })
    case (nil, nil, let latents?) where face == nil:
      self = .latent(
        file: path(latents.text, from: folder), row: try row?.wholeNumber(in: 0...Int(UInt32.max)))
    default:
      throw MorphError(
        setting.place.subject, .needsOneOf(["photo (with face)", "seed", "latents (with row)"]))
    }
  }

  /// A word for file names: `ada`, `seed42`, `faces-3`.
  var stem: String {
    switch self {
    case .photo(let photo): photo.stem
    case .seed(let seed): "seed\(seed)"
    case .latent(let file, let row): fileStem(file) + (row.map { "-\($0)" } ?? "")
    }
  }
}

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
