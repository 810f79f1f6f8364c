/// Where the models and the face finder's networks that come with Facewalk are.
public struct Installation: Equatable, Sendable {
  /// Holds a folder for each installed model.
  public var modelsFolder: String
  /// Holds the face finder's networks.
  public var facesFolder: String

  public init(modelsFolder: String, facesFolder: String) {
    self.modelsFolder = modelsFolder
    self.facesFolder = facesFolder
  }

  /// The first that is there of `FACEWALK_HOME`, `../share/facewalk` beside the executable, and the package that the
  /// executable was built in.
  public static func found() -> Installation {
    var homes: [String] = []
    if let home = environment("FACEWALK_HOME") {
      homes.append(home)
    }
    if let executable = realPath("/proc/self/exe") {
      homes.append(folder(of: folder(of: executable)) + "/share/facewalk")
      var place = folder(of: executable)
      while place != "/" {
        if kind(ofPath: place + "/Package.swift") == .file {
          homes.append(place)
          break
        }
        place = folder(of: place)
      }
    }
    let home = homes.first { kind(ofPath: $0 + "/Models") == .folder } ?? homes.last ?? "."
    let faces = homes.flatMap { [$0 + "/faces", $0 + "/.deps/faces"] }.first { kind(ofPath: $0) == .folder }
    return Installation(modelsFolder: home + "/Models", facesFolder: faces ?? home + "/faces")
  }

  /// The names of the models that are installed.
  var modelNames: [String] {
    do throws(FileProblem) {
      return try namesInFolder(modelsFolder)
        .filter { kind(ofPath: "\(modelsFolder)/\($0)/model.yaml") == .file }.sorted()
    } catch {
      return []
    }
  }

  /// The folder of a model: a path, or the name of an installed model.
  ///
  /// Throws `MorphError` when no such model is installed.
  public func modelFolder(named name: String) throws -> String {
    try modelFolder(named: PlacedText(text: name, place: .option(name)), from: ".")
  }

  /// The folder that `-m` names: a path, which starts from `folder`, or the name of an installed model.
  func modelFolder(named name: PlacedText, from folder: String) throws(MorphError) -> String {
    let local = path(name.text, from: folder)
    let isPath = name.text.contains("/") || name.text == "." || name.text == ".."
    if isPath || kind(ofPath: local) == .folder { return local }
    let installed = "\(modelsFolder)/\(name.text)"
    guard kind(ofPath: installed) == .folder else {
      throw MorphError(name.place.subject, .modelNotInstalled(name.text, installed: modelNames))
    }
    return installed
  }
}
