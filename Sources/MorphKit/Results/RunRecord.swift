internal import Digests
internal import FoundationEssentials

/// How a result was made, kept as JSON beside it.
struct RunRecord: Codable, Equatable {
  /// The version of this form.
  var format = 1
  var facewalk = facewalkVersion
  /// SHA-256 over everything that decides the pixels and the file.
  var identity: String
  /// What the identity is made of.
  var job: JobFacts
  var model: ModelSource
  var inputs: [Input]
  /// For each keyframe or photo of the job, and each term of a sum, which of the inputs it is; `nil` for those that are no file.
  var keyframeInputs: [Int?]?
  var photos: [PhotoFact]
  /// How evenly the picture of each transition changes, in a job of an even pace.
  var pace: [TransitionPace]?
  /// The dimensions of a traversal in their order, with what was measured of them.
  var dimensions: DimensionRanking?
  var result: ResultFacts
  /// The folder of single pictures that a grid left besides.
  var singles: Singles?
  /// How well the classifier of a direction did on faces that it had not seen.
  var heldOut: LatentDirection.HeldOut?
  /// When the run started, in UTC.
  var started: String
  var secondsTaken: Double
  /// SHA-256 of this record's other fields, as JSON with sorted keys.
  var digest = ""

  struct ModelSource: Codable, Equatable {
    var name: String
    /// As seen from the record's folder.
    var path: String
  }

  /// A file that was read.
  struct Input: Codable, Equatable {
    /// As seen from the record's folder.
    var path: String
    var sha256: String
  }

  /// How a photo came back from the model.
  struct PhotoFact: Codable, Equatable {
    var input: Int
    var face: Int?
    /// In dB; absent where the picture came back exactly.
    var psnr: Double?
    var ssim: Double
  }

  struct ResultFacts: Codable, Equatable {
    /// As seen from the record's folder.
    var name: String
    /// Of the file, or of the list of files: see `ResultPlace.digest`.
    var sha256: String
    var frames: Int
    var width: Int
    var height: Int
    /// How long a video plays.
    var seconds: Double?
    /// How many sheets a grid has, where there are several; each but the last has the size above.
    var sheets: Int?
    /// The colour fields of a video.
    var color: ColorFacts?
  }

  /// A folder of single pictures.
  struct Singles: Codable, Equatable {
    /// As seen from the record's folder.
    var path: String
    /// See `ResultPlace.digest`.
    var sha256: String
    var count: Int
  }

  /// What a video says of its colours, by libav's names.
  struct ColorFacts: Codable, Equatable {
    var range: String
    var primaries: String
    var transfer: String
    var matrix: String
  }

  /// The text of the record, its digest filled in.
  func json() throws -> [UInt8] {
    var record = self
    record.digest = try ownDigest()
    return try record.encoded()
  }

  /// Whether its digest fits its other fields: nobody edited it, and it is whole.
  func isIntact() throws -> Bool {
    try digest == ownDigest()
  }

  private func ownDigest() throws -> String {
    var record = self
    record.digest = ""
    return SHA256Digest(of: try record.encoded()).hex
  }

  private func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}

extension RunRecord {
  /// The intact record in a file; `nil` when there is none, or something else, or what it says can't be.
  init?(atPath path: String) {
    do {
      let bytes = try bytes(ofFile: path, limit: RunRecord.byteLimit)
      self = try JSONDecoder().decode(RunRecord.self, from: Data(bytes))
      guard try isIntact(), isPossible else { return nil }
    } catch {
      return nil
    }
  }

  static let byteLimit = 64_000_000
}

/// The version that records and files state.
public let facewalkVersion = "0.1.0"
