/// Why a photo can't be used.
public enum PhotoProblem: Error, Equatable, Sendable {
  case missing
  case notAFile
  case unreadable(reason: String)
  case fileTooLarge(megabytes: Int)
  case empty
  case notAPicture
  case tooManyPixels(width: Int, height: Int)
  case truncated
  case changed
  case damaged(reason: String)
  case noFace
  case noSuchFace(number: Int, count: Int)
  case tooFewFaces(Int, needed: Int)
  case noDirection

  var message: String {
    switch self {
    case .missing:
      "no such file. Check the name."
    case .notAFile:
      "is not a regular file. Give the name of a picture."
    case .unreadable(let reason):
      "can't be read: \(reason)."
    case .fileTooLarge(let megabytes):
      "is \(megabytes) MB; a photo may have 512 MB at most. Save it smaller."
    case .empty:
      "is empty. Copy the picture again."
    case .notAPicture:
      "is not a picture that can be read. Use JPEG, PNG, WebP, TIFF, HEIC, AVIF or GIF."
    case .tooManyPixels(let width, let height):
      "has \(width) × \(height) pixels; 200 million are the most. Save it smaller."
    case .truncated:
      "is cut off: the file ends before the picture does. Copy it again."
    case .changed:
      "was changed while it was being used. Run this again."
    case .damaged(let reason):
      "is damaged: \(reason). Copy it again."
    case .noFace:
      "shows no face. Crop the photo closer to the face, or use --no-align if it is a crop already."
    case .tooFewFaces(let count, let needed):
      (count == 0 ? "no face is left" : count == 1 ? "only one face is left" : "only \(count) faces are left")
        + ", and \(needed == 1 ? "one is" : "\(needed) are") needed. Name photos that show a face."
    case .noDirection:
      "their mean is that of 'without' too, so nothing leads from one to the other. Name other faces."
    case .noSuchFace(let number, let count):
      "has no face \(number): "
        + (count == 1 ? "one face was found in it." : "\(count) faces were found, counted from the left.")
    }
  }
}
