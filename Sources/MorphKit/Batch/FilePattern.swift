/// Names of files: `*` and `?` stand for characters of a name, `**` for folders at any depth.
///
/// Names that begin with a dot are only found by patterns that do. `**` follows no links, so it comes to an end.
struct FilePattern {
  private let text: String
  private let parts: [Substring]

  private static let depthLimit = 100
  private static let lengthLimit = 4_096

  init(_ text: String) {
    self.text = text
    parts = text.split(separator: "/")
  }

  /// The regular files that fit, in natural order, as seen from `folder` unless the pattern starts at the root.
  ///
  /// Throws when there are none, or too much has to be looked at.
  func files(from folder: String, budget: ExpansionBudget = .init()) throws(SettingProblem) -> [String] {
    guard text.utf8.count <= FilePattern.lengthLimit, parts.count <= FilePattern.depthLimit else {
      throw .value("\(text.prefix(40))…", allowed: "a name of at most 4096 letters and 100 folders")
    }
    var search = Search(folder: folder, budget: budget)
    try search.look(in: text.hasPrefix("/") ? "/" : "", for: parts[...], depth: 0)
    guard !search.found.isEmpty else { throw .noFileFits(text) }
    return search.found.sorted(by: comesBefore)
  }

  private struct Search {
    let folder: String
    let budget: ExpansionBudget
    var found: [String] = []
    private var known: Set<PathKey> = []
    private var visited: Set<Visit> = []

    /// A folder, and how much of the pattern is left for what it holds.
    private struct Visit: Hashable {
      var folder: PathKey
      var partCount: Int
    }

    init(folder: String, budget: ExpansionBudget) {
      (self.folder, self.budget) = (folder, budget)
    }

    /// Looks in the folder that `prefix` names, which is empty or ends with a `/`.
    mutating func look(
      in prefix: String, for parts: ArraySlice<Substring>, depth: Int
    ) throws(SettingProblem) {
      guard let part = parts.first else { return }
      // Several `**` lead to one folder in many ways.
      guard visited.insert(Visit(folder: PathKey(prefix), partCount: parts.count)).inserted else { return }
      let rest = parts.dropFirst()
      guard part == "**" || part.contains("*") || part.contains("?") else {
        return try take(prefix + part, rest, depth)
      }
      let isDeep = part == "**"
      if isDeep {
        try look(in: prefix, for: rest, depth: depth)
      }
      guard !isDeep || depth < FilePattern.depthLimit else { return }
      for name in names(in: prefix) {
        try budget.spendName()
        let path = prefix + name
        if isDeep {
          guard !name.hasPrefix("."), !isLink(place(path)), kind(ofPath: place(path)) == .folder else {
            continue
          }
          try look(in: path + "/", for: parts, depth: depth + 1)
        } else if !name.hasPrefix(".") || part.hasPrefix("."), name.fits(part) {
          try take(path, rest, depth)
        }
      }
    }

    private mutating func take(
      _ path: String, _ rest: ArraySlice<Substring>, _ depth: Int
    ) throws(SettingProblem) {
      if !rest.isEmpty {
        try look(in: path + "/", for: rest, depth: depth)
      } else if kind(ofPath: place(path)) == .file {
        if known.insert(PathKey(path)).inserted { found.append(path) }
      }
    }

    private func place(_ path: String) -> String { MorphKit.path(path, from: folder) }

    /// Nothing for a folder that isn't there or can't be listed.
    private func names(in prefix: String) -> [String] {
      do throws(FileProblem) {
        return try namesInFolder(prefix.isEmpty ? folder : place(prefix))
      } catch {
        return []
      }
    }
  }
}

extension String {
  /// Whether a pattern of `*` and `?` stands for this name.
  func fits(_ pattern: some StringProtocol) -> Bool {
    let name = Array(self)
    let pattern = Array(pattern)
    var (i, j) = (0, 0)
    /// Behind the last star, and how much it has swallowed.
    var star: (pattern: Int, name: Int)?
    while i < name.count {
      if j < pattern.count, pattern[j] == "*" {
        star = (j + 1, i)
        j += 1
      } else if j < pattern.count, pattern[j] == "?" || pattern[j] == name[i] {
        (i, j) = (i + 1, j + 1)
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        (i, j) = (last.name + 1, last.pattern)
      } else {
        return false
      }
    }
    return pattern[j...].allSatisfy { $0 == "*" }
  }
}
