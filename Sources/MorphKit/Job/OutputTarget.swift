/// Where a result goes and what it becomes, from the name that was given for it.
struct OutputTarget: Equatable {
  enum Kind: String {
    case video = "a video"
    case grid = "a PNG grid"
    case frames = "single pictures"
    case latents = "a file of latents"
  }

  var kind: Kind
  /// `nil` when none was given.
  var path: String?
  var names = MorphJob.FrameNames.folder

  /// Reads a name: a known ending gives the format; a trailing `/`, an existing folder or no ending gives a folder of
  /// frames; `%06d` or `####` in the name gives single frames of that name.
  ///
  /// `isStills` says that only single positions of a path are wanted.
  init(
    _ name: PlacedText?, for command: JobCommand, isStills: Bool = false, folder: String
  ) throws(MorphError) {
    let kinds = isStills ? [.frames, .grid] : command.outputKinds
    guard let name else {
      kind = kinds[0]
      path = nil
      return
    }
    let text = name.text
    let allowed = OutputTarget.endings(kinds)
    let path = MorphKit.path(text, from: folder)
    let pattern = try name.read { _ throws(SettingProblem) in try FramePattern(path) }
    let ending = fileEnding(text)
    if text.hasPrefix("~") || text.contains("$") {
      throw MorphError(
        name.place.subject, .value(text, allowed: "a path without ~ and $, which only a shell knows"))
    } else if text.isEmpty || text == "-" || [".", "..", "/"].contains(fileName(text))
      || fileName(text).isEmpty
    {
      throw MorphError(name.place.subject, .value(text, allowed: "the name of a file or folder"))
    } else if [".mp4", ".png", ".npy", ".safetensors"].contains(fileName(text).lowercased()) {
      throw MorphError(name.place.subject, .value(text, allowed: "a name before the ending"))
    } else if let pattern, ending == ".png" {
      kind = .frames
      names = .pattern(pattern)
    } else if text.hasSuffix("/") || MorphKit.kind(ofPath: path) == .folder || ending.isEmpty {
      guard pattern == nil else {
        throw MorphError(name.place.subject, .unknownEnding(fileName(text), allowed: [".png"]))
      }
      kind = .frames
    } else if ending == ".mp4", pattern == nil {
      kind = .video
    } else if ending == ".png" {
      kind = .grid
    } else if [".npy", ".safetensors"].contains(ending), pattern == nil, kinds.contains(.latents) {
      kind = .latents
    } else {
      throw MorphError(name.place.subject, .unknownEnding(fileName(text), allowed: allowed))
    }
    guard kinds.contains(kind) else {
      throw MorphError(
        name.place.subject,
        .notForThisCommand(kind.rawValue, command: isStills ? "at" : command.rawValue, allowed: allowed))
    }
    if isStills, case .pattern = names {
      throw MorphError(
        name.place.subject,
        .value(text, allowed: "a folder with / at the end, since stills are named after their positions"))
    }
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") {
      trimmed.removeLast()
    }
    if kind == .frames, MorphKit.kind(ofPath: trimmed) == .folder, isLink(trimmed),
      let target = realPath(trimmed)
    {
      // A link stays; the folder that it leads to gets the frames.
      trimmed = target
    }
    self.path = trimmed
  }

  private static func endings(_ kinds: [Kind]) -> [String] {
    kinds.map { kind in
      switch kind {
      case .video: ".mp4 (a video)"
      case .grid: ".png (a grid)"
      case .frames: "a folder with / at the end (single pictures)"
      case .latents: ".safetensors or .npy (latents)"
      }
    }
  }
}

extension JobCommand {
  /// What its result can be, the default first.
  var outputKinds: [OutputTarget.Kind] {
    switch self {
    case .morph: [.video, .grid, .frames]
    case .sample: [.grid, .frames, .video]
    case .reconstruct: [.grid]
    case .align: [.frames, .grid]
    case .encode, .direction: [.latents]
    case .decode: [.video, .grid, .frames]
    case .average: [.grid, .latents]
    case .traverse: [.grid, .frames, .video]
    case .plane, .posterior: [.grid, .frames]
    case .between: [.grid]
    }
  }
}
