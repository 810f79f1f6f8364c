internal import Digests
internal import FoundationEssentials

/// Everything that decides the pixels and the file of a run, without a name or path of any photo.
///
/// Its JSON, with sorted keys, is what identity is computed from, and travels in the comment of videos and pictures.
struct JobFacts: Codable, Equatable {
  /// Grows when the same facts begin to give other bytes.
  var format = JobFacts.currentFormat
  var command: String
  /// SHA-256 of the model's files.
  var model: String
  /// `fast`, where the model's 8-bit decoder draws.
  var decoder: String?
  /// SHA-256 of the face finder's networks, where faces are looked for.
  var faceFinder: String?
  var align: Bool?
  /// Times the side of the model's crop, where it isn't 1.
  var margin: Double?
  var keyframes: [KeyframeFact]?
  var seeds: String?
  /// Frames of each transition; an even pace shares them out anew.
  var transitions: [Int]?
  /// Further frames of each keyframe, where any has some.
  var holds: [Int]?
  /// Where a path goes behind its last keyframe, when it doesn't end there.
  var course: String?
  /// The curve of each transition, or of all; absent where all are linear.
  var ease: [String]?
  /// Absent where it is linear.
  var interpolation: String?
  /// Absent where it is time.
  var pace: String?
  /// Frames at the start and at the end in which photos dissolve.
  var dissolve: [Int]?
  /// The places of stills on the path, which then has no transitions.
  var at: String?
  var frameRate: String?
  /// Of each picture, in pixels.
  var width: Int
  var height: Int
  /// One of the three kinds below.
  var output: String
  var crf: Int?
  var preset: String?
  var columns: Int?
  var gap: Int?
  var background: String?
  /// SHA-256 of the list of file names of single pictures.
  var names: String?

  static let currentFormat = 1

  /// What `output` can be.
  static let video = "mp4"
  static let grid = "png"
  static let frames = "frames"

  /// What a keyframe or photo is, by its content.
  struct KeyframeFact: Codable, Equatable {
    /// SHA-256 of the photo's bytes.
    var photo: String?
    var face: Int?
    var seed: UInt32?
    /// SHA-256 of the latent file's bytes.
    var latents: String?
    var row: Int?
  }

  /// One line of JSON with sorted keys.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  func identity() throws -> String {
    SHA256Digest(of: try json()).hex
  }

  /// The line that videos and pictures carry in their comment.
  func comment(identity: String) throws -> String {
    struct Comment: Codable {
      var facewalk: String
      var identity: String
      var job: JobFacts
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var job = self
    if job.command == JobCommand.align.rawValue {
      // Each file would carry what all of them were made from, and who gets one need not know of the others.
      job.keyframes = nil
    }
    let comment = Comment(facewalk: facewalkVersion, identity: identity, job: job)
    return String(decoding: try encoder.encode(comment), as: UTF8.self)
  }
}
