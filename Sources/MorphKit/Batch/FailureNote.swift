internal import FoundationEssentials

/// Why a job failed, kept as JSON where its record would be: `NAME.failed.json`.
///
/// A run that keeps going leaves it; the job's next success removes it.
struct FailureNote: Codable, Equatable {
  var format = 1
  var facewalk = facewalkVersion
  /// Of the job that failed; absent when what it reads could not be read.
  var identity: String?
  /// The sentence that was told.
  var reason: String
  /// Whether the same job with the same inputs fails again for certain.
  var isFinal: Bool

  private static let byteLimit = 1_000_000

  /// The note in a file; `nil` when there is none, or something else.
  init?(atPath path: String) {
    do {
      self = try JSONDecoder().decode(
        FailureNote.self, from: Data(try bytes(ofFile: path, limit: FailureNote.byteLimit)))
    } catch {
      return nil
    }
  }

  init(identity: String?, error: any Error) {
    self.identity = identity
    reason = (error as? MorphError)?.description ?? "\(error)"
    isFinal = identity != nil && (error as? MorphError)?.isFinal == true
  }

  /// Writes the note; where that can't be, the failure was told at least.
  func leave(at place: ResultPlace) {
    let path = place.failurePath
    let temporary = FailureNote.unfinished(path)
    do {
      guard !isTakenByAnything(path) || FailureNote(atPath: path) != nil else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      try makeFolder(folder(of: path))
      defer { removeAll(temporary) }
      try write(Array(encoder.encode(self)) + [UInt8(ascii: "\n")], toFile: temporary)
      try move(temporary, to: path)
    } catch {
      return
    }
  }

  /// Removes the note of an earlier failure, and nothing else of its name.
  static func remove(at place: ResultPlace) {
    removeAll(unfinished(place.failurePath))
    guard FailureNote(atPath: place.failurePath) != nil else { return }
    removeAll(place.failurePath)
  }
}

extension FailureNote {
  /// A name that the next run finds again, should this one be killed; of two at once either may win.
  private static func unfinished(_ path: String) -> String { path + ".unfinished" }
}

extension MorphError {
  /// Whether equal inputs bring it again: what a photo shows does not change.
  fileprivate var isFinal: Bool {
    switch problem {
    case .photo(.noFace), .photo(.noSuchFace): true
    default: false
    }
  }
}
