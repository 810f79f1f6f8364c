internal import Digests
internal import FoundationEssentials

/// Everything that decides the pixels and the file of a run, without a name or path of any photo.
///
/// Its JSON, with sorted keys, is what identity is computed from, and travels in the comment of videos and pictures.
struct JobFacts: Codable, Equatable, Sendable {
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
  /// How much of the photos' detail is shown, where it is any.
  var detail: Double?
  /// How much is seen of them, times the side of the model's crop, where it isn't 1.
  var view: Double?
  var keyframes: [KeyframeFact]?
  var seeds: String?
  /// `sample`, where photos become samples of their posteriors, and the seed of the first one's noise.
  var latent: String?
  var noiseSeed: UInt32?
  /// Of random faces, where it isn't 1.
  var temperature: Double?
  /// Whose random numbers they are, where it isn't NumPy.
  var rng: String?
  /// SHA-256 of the file that random faces are drawn after, and the name of the array in it.
  var prior: String?
  var priorName: String?
  /// Of a direction, where it isn't the difference of means.
  var method: String?
  /// The dimensions of a traversal, listed or how many of the first ones, and what puts them in order.
  var dims: String?
  var order: String?
  /// How far a traversal goes, with `q` in quantiles.
  var range: String?
  /// Of each row of a sheet, or of its columns and its rows, as in `7x5`.
  var steps: String?
  /// The frames in which dimensions swing.
  var swing: Int?
  /// How many draws there are from a posterior.
  var count: Int?
  /// How many pictures stand in each frame, where there are several.
  var cells: Int?
  /// How many of the keyframes of a direction it leads to; it leads from the others.
  var with: Int?
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
  /// The places of stills on the path, which then has no transitions.
  var at: String?
  var frameRate: String?
  /// Of each picture, in pixels.
  var width: Int
  var height: Int
  /// One of the kinds below.
  var output: String
  var crf: Int?
  var preset: String?
  var columns: Int?
  var gap: Int?
  var background: String?
  /// `index`, `seed`, `name` or `file`, where there are labels, and the SHA-256 of their lines.
  var labels: String?
  var labelTexts: String?
  /// SHA-256 of the list of file names of a grid's single pictures, where they are written too.
  var singles: String?
  /// The pixels of a sheet, where there are several.
  var tile: Int?
  /// SHA-256 of the list of file names of single pictures, or of the names of faces in a file of latents.
  var names: String?

  static let currentFormat = 2

  /// What `output` can be.
  static let video = "mp4"
  static let grid = "png"
  static let frames = "frames"
  static let npy = MorphJob.LatentFormat.npy.rawValue
  static let safetensors = MorphJob.LatentFormat.safetensors.rawValue

  /// Whether the result is a file of latents.
  var isLatents: Bool { [JobFacts.npy, JobFacts.safetensors].contains(output) }

  /// What a keyframe or photo is, by its content.
  struct KeyframeFact: Codable, Equatable, Sendable {
    /// SHA-256 of the photo's bytes.
    var photo: String?
    var face: Int?
    var seed: UInt32?
    /// SHA-256 of the latent file's bytes.
    var latents: String?
    /// Which array of the file.
    var name: String?
    var row: Int?
    /// The first row and how many there are, of those that are decoded.
    var firstRow: Int?
    var rowCount: Int?
    /// What is added up.
    var terms: [Term]?

    struct Term: Codable, Equatable, Sendable {
      var factor: Double
      var keyframe: KeyframeFact
    }

    /// What it is made of: itself, unless it is a sum.
    var parts: [KeyframeFact] { terms?.map(\.keyframe) ?? [self] }

    /// The same without the names of arrays.
    var withoutNames: KeyframeFact {
      var fact = self
      fact.name = nil
      fact.terms = terms?.map { Term(factor: $0.factor, keyframe: $0.keyframe.withoutNames) }
      return fact
    }
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
    // People name arrays after who is in them.
    job.keyframes = job.keyframes?.map(\.withoutNames)
    job.priorName = nil
    let comment = Comment(facewalk: facewalkVersion, identity: identity, job: job)
    return String(decoding: try encoder.encode(comment), as: UTF8.self)
  }
}
