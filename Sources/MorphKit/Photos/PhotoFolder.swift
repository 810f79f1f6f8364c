/// The photos of a folder, in natural order, by their names' endings; `folder` is where its path starts.
///
/// Throws when it has none.
func photosInFolder(_ text: String, from folder: String) throws(SettingProblem) -> [PhotoReference] {
  let bare = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
  let endings = [".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".gif"]
  do throws(FileProblem) {
    let names = try namesInFolder(path(bare, from: folder)).filter { name in
      !name.hasPrefix(".") && endings.contains(fileEnding(name))
    }
    guard !names.isEmpty else { throw FileProblem.missing }
    return names.sorted(by: comesBefore).map {
      PhotoReference(path: path(bare == "." ? $0 : "\(bare)/\($0)", from: folder))
    }
  } catch {
    throw .noPhotoInFolder(bare)
  }
}
