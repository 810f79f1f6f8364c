/// Why a model folder can't be used.
public enum ModelProblem: Error, Equatable, Sendable {
  case missingFolder
  case noDescription
  case unreadable(file: String, reason: String)
  case setting(SettingProblem)
  case fileMissing(String)
  case notAFileName(String)
  case linkOutOfFolder(String)
  case fileTooLarge(String)
  case network(file: String, reason: String)
  case noSuchTensor(String, file: String, has: [String])
  case tensorNeeded(String, file: String, has: [String])
  case shape(tensor: String, file: String, found: String, expected: String, setting: String)
  case fixedBatch(file: String, reason: String)
  case externalDataOutside(String, file: String)
  case randomEncoder
  case noEncoder
  case noFastDecoder
  case noPrior
  case noSpread
  case noPosterior
  case noLatentLoss
  case noPriorToTraverse
  case unknownPrior(String)
  case checkFailed(expected: Double, found: Double)
  case checkPictureSize(String, width: Int, height: Int)
  case checkPicture(String)
  case notFinite(file: String)
  case unsupportedVersion(String)
  case faceFileMissing
  case unclear(what: String, option: String)
  case notAVAE(String)
  case noReconstruction(psnr: Double)
  case flatPicture

  var message: String {
    switch self {
    case .missingFolder:
      "no such folder. Check the name."
    case .noDescription:
      "has no model.yaml. 'facewalk init ENCODER DECODER --image FACE -o FOLDER' writes one."
    case .unreadable(let file, let reason):
      "\(file) can't be read: \(reason)."
    case .setting(let problem):
      problem.message
    case .fileMissing(let name):
      "names the file '\(name)', which is not in its folder."
    case .notAFileName(let name):
      "names the file '\(name)'; only a file in the model's own folder may be named, without a path."
    case .linkOutOfFolder(let name):
      "'\(name)' is a link that leads out of the folder. Put the file itself there."
    case .fileTooLarge(let name):
      "'\(name)' is over 2 GB, which is not read."
    case .network(let file, let reason):
      "\(file) can't be loaded: \(reason)."
    case .noSuchTensor(let name, let file, let has):
      "\(file) has no tensor '\(name)'; it has \(list(has.map { "'\($0)'" }, last: "and"))."
    case .tensorNeeded(let key, let file, let has):
      "\(file) has the tensors \(list(has.map { "'\($0)'" }, last: "and")). Say in model.yaml which is '\(key)'."
    case .shape(let tensor, let file, let found, let expected, let setting):
      "'\(tensor)' of \(file) has the shape \(found), but \(setting) in model.yaml makes it \(expected)."
    case .fixedBatch(let file, let reason):
      "\(file) can't take one picture at a time: \(reason). Export it with a free batch dimension."
    case .externalDataOutside(let name, let file):
      "\(file) keeps weights in '\(name)', outside the model's folder. Put that file beside it."
    case .randomEncoder:
      "its encoder answers differently each time: it draws the random sample itself. "
        + "Export the mean as an output and name it in model.yaml."
    case .noEncoder:
      "has no encoder, so photos can't be used. Use seeds or latent files."
    case .noFastDecoder:
      "has no fast decoder. Use the exact one; Training/quantise.py makes a fast one from it."
    case .noPrior:
      "has no prior (prior: none): random latents decode to noise, so seeds can't be used. "
        + "Use photos or latent files, or --prior FILE with faces that 'facewalk encode' wrote."
    case .noPosterior:
      "has an encoder that gives no spread, so a photo has no posterior to draw from. Use 'facewalk reconstruct'."
    case .noLatentLoss:
      "has an encoder that gives no spread, so there is no latent loss. Use --order effect."
    case .noPriorToTraverse:
      "has no prior (prior: none), so there is no range to follow. Use --prior FILE with faces that "
        + "'facewalk encode' wrote."
    case .noSpread:
      "has an encoder that gives no spread, so there is nothing to sample. Use --latent mean."
    case .unknownPrior(let text):
      "'prior' must be standard, none, or a file of latents in this folder (.npy, .npz or .safetensors), not '\(text)'."
    case .checkFailed(let expected, let found):
      "fails its check: its check picture comes back with \(decibels(found)), where \(decibels(expected)) is stated. "
        + "Something in model.yaml (range, channels, layout) or in a network is not as it was."
    case .checkPictureSize(let name, let width, let height):
      "its check picture '\(name)' must have the model's size, \(width) × \(height)."
    case .checkPicture(let name):
      "its check picture '\(name)' can't be read."
    case .notFinite(let file):
      "\(file) answers with infinite or undefined numbers."
    case .unclear(let what, let option):
      "can't be described: \(what) can't be found out. State it with \(option)."
    case .notAVAE(let reason):
      "can't be made from these networks: \(reason)."
    case .flatPicture:
      "can't be described: the picture is almost of one colour, which tells nothing. Use one like those that the "
        + "model was trained on."
    case .noReconstruction(let psnr):
      "can't be described: the picture comes back with \(decibels(psnr)) at best. Use a picture like those that the "
        + "model was trained on, or state --range, --channels, --activation."
    case .faceFileMissing:
      "this network of the face finder is missing. Run Scripts/setup, or use --no-align for pictures that are crops."
    case .unsupportedVersion(let version):
      "has version '\(version)'; this facewalk reads version 1."
    }
  }
}

/// `24.1 dB`.
func decibels(_ value: Double) -> String {
  value.isInfinite ? "no difference" : oneDecimal(value) + " dB"
}

/// `24.1`.
func oneDecimal(_ value: Double) -> String {
  let tenths = Int(min(abs(value) * 10, 1e15).rounded())
  return (value < 0 && tenths > 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
}
