internal import PhotoFiles

/// Whether a model does what its folder says of it.
struct ModelCheck: Equatable, Sendable {
  /// In dB, as model.yaml states it and as it was found; `nil` without a check picture.
  var expected: Double?
  var found: Double?

  /// How far the PSNR may be from the stated one.
  static let tolerance = 0.5
}

extension FaceModel {
  /// Encodes and decodes the check picture, and asks the encoder twice.
  ///
  /// Throws `MorphError` when the PSNR is off by over 0.5 dB, or the encoder draws random numbers.
  func check() async throws -> ModelCheck {
    let description = folder.description
    guard description.encoder != nil else {
      return ModelCheck(expected: nil, found: nil)
    }
    let picture = try checkPicture()
    let image =
      picture ?? Image(width: description.image.width, height: description.image.height, filledWith: .black)
    let posterior = try await encode(image)
    guard try await encode(image).mean == posterior.mean else {
      throw MorphError(folder.path, ModelProblem.randomEncoder)
    }
    guard let check = description.check, picture != nil else { return ModelCheck(expected: nil, found: nil) }
    let found = try await decode(posterior.mean).psnr(to: image)
    guard abs(found - check.psnr) <= ModelCheck.tolerance || (found.isInfinite && check.psnr >= 100) else {
      throw MorphError(folder.path, ModelProblem.checkFailed(expected: check.psnr, found: found))
    }
    return ModelCheck(expected: check.psnr, found: found)
  }

  private func checkPicture() throws(MorphError) -> Image? {
    let description = folder.description
    guard let check = description.check else { return nil }
    let path = try ModelFolder.file(check.image, in: folder.path)
    let picture: Picture
    do throws(MorphError) {
      picture = try PhotoFile(at: path).picture()
    } catch {
      throw MorphError(folder.path, ModelProblem.checkPicture(check.image))
    }
    guard picture.width == description.image.width, picture.height == description.image.height else {
      throw MorphError(
        folder.path,
        ModelProblem.checkPictureSize(
          check.image, width: description.image.width, height: description.image.height))
    }
    return Image(picture)
  }
}

extension FaceModel {
  /// Checks a model the first time that it is used on this account; later runs find the note of it.
  func checkOnce(_ options: RenderOptions) async throws {
    guard folder.description.encoder != nil else { return }
    let note = CheckNote(identity: folder.identity)
    guard !note.isThere else { return }
    let whole =
      isWhole
      ? self
      : try await options.loaded.model(in: folder, parts: [.encoder, .decoder], threads: options.threads)
    _ = try await whole.check()
    note.leave()
  }
}

/// A file that says that a model passed its check: `$XDG_CACHE_HOME/facewalk/checked/<identity>`.
private struct CheckNote {
  private let folder: String?
  private let identity: String

  init(identity: String) {
    self.identity = identity
    let cache = environment("XDG_CACHE_HOME") ?? environment("HOME").map { $0 + "/.cache" }
    folder = cache.map { $0 + "/facewalk/checked" }
  }

  var isThere: Bool { folder.map { kind(ofPath: "\($0)/\(identity)") == .file } ?? false }

  /// Where notes can't be left, the check is simply made again.
  func leave() {
    guard let folder else { return }
    do throws(FileProblem) {
      try makeFolder(folder)
      try write([], toFile: "\(folder)/\(identity)")
    } catch {
      return
    }
  }
}
