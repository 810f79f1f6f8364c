extension ModelDescription {
  /// Reads the text of a model.yaml; `name` stands in errors.
  init(yaml bytes: [UInt8], name file: String) throws(MorphError) {
    do throws(MorphError) {
      let entries = try YAMLFile.table(in: bytes, name: file)
      var table = try SettingTable(entries, at: .line(1, file: file))
      try self.init(&table)
      try table.refuseOthers()
    } catch {
      // In a model's description a wrong setting is the model's fault, not the caller's.
      guard case .setting(let problem) = error.problem else { throw error }
      throw MorphError(error.subject, ModelProblem.setting(problem))
    }
  }

  private init(_ table: inout SettingTable) throws(MorphError) {
    let version = try table.required("version")
    guard version.text == "1" else {
      throw MorphError(version.place.subject, ModelProblem.unsupportedVersion(version.text))
    }
    name = try table.required("name").text
    var imageTable = try table.requiredTable("image")
    let sharedRange = imageTable.take("range")
    image = try ImageFormat(&imageTable)
    try imageTable.refuseOthers()

    encoder = nil
    if let setting = table.take("encoder") {
      var encoderTable = try SettingTable(setting, named: "encoder")
      encoder = try Encoder(&encoderTable, channelCount: image.channels.count, sharedRange: sharedRange)
      try encoderTable.refuseOthers()
    }
    var decoderTable = try table.requiredTable("decoder")
    decoder = try Decoder(&decoderTable, channelCount: image.channels.count, sharedRange: sharedRange)
    try decoderTable.refuseOthers()
    var latentTable = try table.requiredTable("latent")
    latent = try LatentFormat(&latentTable)
    try latentTable.refuseOthers()

    prior = try table.text("prior").map { text throws(MorphError) in try Prior(text) } ?? .standard
    crop = try FaceCrop(table.take("crop"), at: table.place)
    if let setting = table.take("check") {
      var checkTable = try SettingTable(setting, named: "check")
      check = Check(
        image: try checkTable.required("image").text,
        psnr: try checkTable.required("psnr").number(in: 0...200))
      try checkTable.refuseOthers()
    }
    if let setting = table.take("match") {
      var matchTable = try SettingTable(setting, named: "match")
      match = MatchThresholds(
        good: try matchTable.required("good").number(in: 0...200),
        poor: try matchTable.required("poor").number(in: 0...200))
      try matchTable.refuseOthers()
    }
  }
}

extension ModelDescription.Prior {
  fileprivate init(_ text: PlacedText) throws(MorphError) {
    switch text.text {
    case "standard": self = .standard
    case "none": self = .none
    case let file where LatentFile.endings.contains(fileEnding(file)): self = .fitted(file: file)
    default: throw MorphError(text.place.subject, ModelProblem.unknownPrior(text.text))
    }
  }
}

extension ModelDescription.ImageFormat {
  fileprivate init(_ table: inout SettingTable) throws(MorphError) {
    width = try table.required("width").wholeNumber(in: Self.sides)
    height = try table.required("height").wholeNumber(in: Self.sides)
    channels = try table.choice("channels") ?? .rgb
    layout = try table.choice("layout") ?? .nchw
    activation = try table.choice("activation") ?? .none
  }
}

extension ModelDescription.Encoder {
  fileprivate init(
    _ table: inout SettingTable, channelCount: Int, sharedRange: Setting?
  ) throws(MorphError) {
    file = try table.required("file").text
    input = try table.text("input")?.text
    let mean = try table.text("mean")
    let spread = table.take("spread")
    let moments = table.take("moments")
    switch (spread, moments) {
    case (let spread?, nil):
      var spreadTable = try SettingTable(spread, named: "spread")
      output = .meanAndSpread(
        mean: mean?.text, spread: try spreadTable.required("output").text,
        as: try spreadTable.choice("as") ?? .logVariance)
      try spreadTable.refuseOthers()
    case (nil, let moments?):
      if let mean {
        throw MorphError(mean.place.subject, .exclusive("mean", "moments"))
      }
      var momentsTable = try SettingTable(moments, named: "moments")
      output = .moments(
        try momentsTable.text("output")?.text, order: try momentsTable.choice("order") ?? .halves,
        as: try momentsTable.choice("as") ?? .logVariance)
      try momentsTable.refuseOthers()
    case (let spread?, .some):
      throw MorphError(spread.place.subject, .exclusive("spread", "moments"))
    case (nil, nil):
      output = .mean(mean?.text)
    }
    range = try .init(table.take("range") ?? sharedRange, channelCount: channelCount)
  }
}

extension ModelDescription.Decoder {
  fileprivate init(
    _ table: inout SettingTable, channelCount: Int, sharedRange: Setting?
  ) throws(MorphError) {
    file = try table.required("file").text
    input = try table.text("input")?.text
    output = try table.text("output")?.text
    range = try .init(table.take("range") ?? sharedRange, channelCount: channelCount)
    fast = try table.text("fast")?.text
    if let text = try table.text("default") {
      preferred = try text.choice()
      guard preferred == .exact || fast != nil else {
        throw MorphError(text.place.subject, .missingKey("fast"))
      }
    }
  }
}

extension ModelDescription.PixelRange {
  /// `[black, white]`, or `{mean: [...], std: [...]}` of pictures from 0 to 1; `[0, 1]` when nothing is stated.
  fileprivate init(_ setting: Setting?, channelCount: Int) throws(MorphError) {
    guard let setting else {
      self.init(black: 0, white: 1, channelCount: channelCount)
      return
    }
    guard case .table(let entries) = setting.value else {
      var table = try SettingTable(
        [.init(key: "range", place: setting.place, value: setting)], at: setting.place)
      let ends = try table.texts("range") ?? []
      let numbers = try ends.map { text throws(MorphError) in try text.number(in: -100_000...100_000) }
      guard numbers.count == 2, numbers[0] != numbers[1] else {
        throw MorphError(
          setting.place.subject, .wrongKind(key: "range", expected: "[black, white], two different numbers"))
      }
      self.init(black: Float(numbers[0]), white: Float(numbers[1]), channelCount: channelCount)
      return
    }
    var table = try SettingTable(entries, at: setting.place)
    let mean = try table.numbers("mean", count: channelCount, in: -100_000...100_000)
    let deviation = try table.numbers("std", count: channelCount, in: 1e-6...100_000)
    try table.refuseOthers()
    self.init(factors: deviation.map { 1 / $0 }, offsets: zip(mean, deviation).map { -$0 / $1 })
  }

  init(black: Float, white: Float, channelCount: Int) {
    factors = Array(repeating: white - black, count: channelCount)
    offsets = Array(repeating: black, count: channelCount)
  }
}

extension ModelDescription.LatentFormat {
  fileprivate init(_ table: inout SettingTable) throws(MorphError) {
    guard let sizes = try table.texts("shape") else {
      throw MorphError(table.place.subject, .missingKey("shape"))
    }
    shape = try sizes.map { size throws(MorphError) in try size.wholeNumber(in: 1...1_048_576) }
    guard let dimension = product(shape), dimension <= Self.dimensionLimit else {
      throw MorphError(
        table.place.subject, .wrongKind(key: "shape", expected: "at most 16,777,216 numbers in all"))
    }
    guard (1...3).contains(shape.count) else {
      throw MorphError(
        table.place.subject,
        .wrongKind(key: "shape", expected: "one to three sizes, like [128] or [4, 64, 64]"))
    }
    scale = try table.optionalNumbers("scale", count: shape[0], in: -1e6...1e6) ?? [1]
    shift = try table.optionalNumbers("shift", count: shape[0], in: -1e6...1e6) ?? [0]
    guard !scale.contains(0) else {
      throw MorphError(table.place.subject, .wrongKind(key: "scale", expected: "other than 0"))
    }
  }
}

extension FaceCrop {
  fileprivate init?(_ setting: Setting?, at place: SettingPlace) throws(MorphError) {
    guard let setting else { throw MorphError(place.subject, .missingKey("crop")) }
    if case .text("none") = setting.value { return nil }
    var table = try SettingTable(setting, named: "crop")
    self.init(
      leftEye: try table.point("left_eye"), rightEye: try table.point("right_eye"),
      mouth: try table.point("mouth"),
      aspect: try table.text("aspect")?.number(in: 0.1...10) ?? 1)
    guard leftEye.x < rightEye.x else {
      throw MorphError(
        setting.place.subject,
        .wrongKind(key: "left_eye", expected: "left of right_eye: left and right are as seen in the picture"))
    }
    try table.refuseOthers()
  }
}
