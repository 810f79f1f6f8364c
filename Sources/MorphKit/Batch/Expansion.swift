/// How one job of a file becomes many: `for` or `pairs`.
enum Expansion {
  case seeds(SeedList)
  case photos([String])
  case rows(CSVTable, name: String)
  case pairs([String], Pairing)

  enum Pairing: String, CaseIterable {
    /// Each with each that comes after it.
    case all
    /// Each with the next.
    case consecutive
    /// The first with each of the others.
    case withFirst = "with-first"
  }

  /// Reads `for: {seed: …}`, `for: {photo: …}` or `for: {rows: …}`; paths start from the source's folder.
  init(for setting: Setting, _ source: JobSource) throws(MorphError) {
    guard case .table = setting.value else {
      throw MorphError(
        setting.place.subject,
        .wrongKind(key: "for", expected: "{seed: 1-9}, {photo: faces/*.jpg} or {rows: table.csv}"))
    }
    var table = try SettingTable(setting, named: "for")
    let seeds = try table.seeds("seed")
    let photos = try table.files("photo", source)
    let rows = try table.text("rows")
    try table.refuseOthers()
    switch (seeds, photos, rows) {
    case (let seeds?, nil, nil): self = .seeds(seeds)
    case (nil, let photos?, nil): self = .photos(photos)
    case (nil, nil, let rows?):
      let path = MorphKit.path(rows.text, from: source.folder)
      try rows.read { _ throws(SettingProblem) in try source.budget.spend(bytes: fileSize(path)) }
      self = .rows(try CSVTable(contentsOf: path), name: rows.text)
    default: throw MorphError(setting.place.subject, .needsOneOf(["seed", "photo", "rows"]))
    }
    try refuseTooMany(at: setting.place)
  }

  /// Reads `pairs: {of: …, how: …}`.
  init(pairs setting: Setting, _ source: JobSource) throws(MorphError) {
    guard case .table = setting.value else {
      throw MorphError(
        setting.place.subject,
        .wrongKind(key: "pairs", expected: "a mapping like {of: faces/*.jpg, how: all}"))
    }
    var table = try SettingTable(setting, named: "pairs")
    guard let photos = try table.files("of", source) else {
      throw table.missing("of")
    }
    guard let pairing: Pairing = try table.choice("how") else {
      throw table.missing("how", or: .missingChoice("how", allowed: Pairing.allCases.map(\.rawValue)))
    }
    try table.refuseOthers()
    guard photos.count >= 2 else {
      throw MorphError(setting.place.subject, .tooFewForPairs(photos.count))
    }
    self = .pairs(photos, pairing)
    try refuseTooMany(at: setting.place)
  }

  private func refuseTooMany(at place: SettingPlace) throws(MorphError) {
    guard count <= JobFile.jobLimit else { throw MorphError(place.subject, .tooManyJobs) }
  }

  var count: Int {
    switch self {
    case .seeds(let seeds): seeds.count
    case .photos(let photos): photos.count
    case .rows(let table, _): table.rows.count
    case .pairs(let photos, .all): photos.count * (photos.count - 1) / 2
    case .pairs(let photos, .consecutive), .pairs(let photos, .withFirst): photos.count - 1
    }
  }

  /// Calls `body` with the variables of each job, in order.
  func forEach(
    budget: ExpansionBudget, _ body: (Variables) throws(MorphError) -> Void
  ) throws(MorphError) {
    var index = 0
    func next(_ values: [String: Variables.Value], _ note: String) throws(MorphError) {
      let values = ["index": .number(index)].merging(values) { $1 }
      index += 1
      try body(Variables(values, note: note, refused: refused, budget: budget))
    }
    func next(_ from: String, _ to: String) throws(MorphError) {
      try next(["from": .photo(from), "to": .photo(to)], "\(from), \(to)")
    }
    switch self {
    case .seeds(let seeds):
      for seed in seeds {
        try next(["seed": .number(Int(seed))], "seed \(seed)")
      }
    case .photos(let photos):
      for photo in photos {
        try next(["photo": .photo(photo), "name": .text(fileStem(photo))], photo)
      }
    case .rows(let table, let name):
      for row in table.rows {
        let values = zip(table.columns, row.values.map { Variables.Value.text($0) })
        try next(Dictionary(uniqueKeysWithValues: values), "\(name): row \(row.number)")
      }
    case .pairs(let photos, let pairing):
      for (first, photo) in photos.enumerated() {
        switch pairing {
        case .all:
          for other in photos[(first + 1)...] {
            try next(photo, other)
          }
        case .consecutive where first + 1 < photos.count:
          try next(photo, photos[first + 1])
        case .withFirst where first > 0:
          try next(photos[0], photo)
        case .consecutive, .withFirst: break
        }
      }
    }
  }

  private var refused: [String: SettingProblem] {
    if case .pairs = self { ["name": .nameOfPair] } else { [:] }
  }
}

extension SettingTable {
  /// The files that one pattern or several stand for, each once.
  fileprivate mutating func files(
    _ key: String, _ source: JobSource
  ) throws(MorphError) -> [String]? {
    guard let setting = take(key) else { return nil }
    let items: [Setting]
    switch setting.value {
    case .list(let list): items = list
    case .text: items = [setting]
    case .table, .nothing: items = []
    }
    var files: [String] = []
    var known: Set<PathKey> = []
    for item in items {
      guard case .text(let text) = item.value else {
        throw MorphError(
          item.place.subject, .wrongKind(key: key, expected: "a name like faces/*.jpg, or a list"))
      }
      let found = try PlacedText(text: text, place: item.place).read { text throws(SettingProblem) in
        try FilePattern(text).files(from: source.folder, budget: source.budget)
      }
      files += found.filter { known.insert(PathKey($0)).inserted }
    }
    guard !files.isEmpty else {
      throw MorphError(
        setting.place.subject, .wrongKind(key: key, expected: "a name like faces/*.jpg, or a list"))
    }
    return files
  }
}
