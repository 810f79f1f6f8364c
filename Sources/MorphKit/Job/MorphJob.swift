/// What was asked for: one run with one result.
///
/// The command line and a job file both build it. It reads no picture and no network: that is `render`'s part.
public struct MorphJob: Equatable, Sendable {
  public var content: Content

  /// The model's folder.
  public var model: String

  /// Which of the model's decoders draws; `nil` for the one that its model.yaml prefers.
  public var decoder: DecoderKind?

  /// Whether faces are found in photos and aligned to the model's crop; otherwise photos are scaled and
  /// centre-cropped.
  public var alignsFaces: Bool

  /// How much more of a photo an alignment shows: times the side of the model's crop.
  public var margin = 1.0

  /// Which way a morph takes between its keyframes.
  public var interpolation = Interpolation.linear

  /// What is the same from each frame of a morph to the next.
  public var pace = Pace.time

  public var size: PictureSize
  public var output: Output

  /// Which pictures the result has.
  public enum Content: Equatable, Sendable {
    /// A walk through keyframes, at least two.
    case morph(keyframes: [Keyframe], Timeline)
    /// A random face for each seed.
    case sample(SeedList)
    /// Each aligned photo above what the model makes of it.
    case reconstruct([PhotoReference])
    /// The aligned photos themselves.
    case align([PhotoReference])
  }

  /// What is the same from each frame of a morph to the next.
  public enum Pace: String, CaseIterable, Sendable {
    /// The step along a transition.
    case time
    /// How much the picture changes.
    case even
  }

  /// The size of each picture of the result.
  public enum PictureSize: Equatable, Sendable {
    /// The model's size; a video under 512 pixels is enlarged by the smallest whole factor that reaches 512.
    case automatic
    case native
    /// The longer side, in pixels.
    case longerSide(Int)
  }

  /// Where the result goes, and as what.
  public struct Output: Equatable, Sendable {
    /// A file or folder; `nil` for a name made from the pictures' names, in the current folder.
    public var path: String?
    public var format: Format
  }

  public enum Format: Equatable, Sendable {
    case video(VideoSettings)
    case grid(GridSettings)
    case frames(FrameNames)
  }

  public struct VideoSettings: Equatable, Sendable {
    public var frameRate = FrameRate.thirty
    /// x264's constant rate factor, 0 to 51; smaller is better and larger.
    public var crf = 18
    public var preset = "medium"
  }

  public struct GridSettings: Equatable, Sendable {
    /// `nil` for a near-square grid, or one row for a short morph.
    public var columns: Int?
    /// Pixels between pictures and around them.
    public var gap = 2
    public var background = Color.black
  }

  /// How single pictures are named.
  public enum FrameNames: Equatable, Sendable {
    /// In a folder, after what they are: `frame_000000.png`, `seed0042.png`, `ada.png`.
    case folder
    /// Beside other files, by a pattern with the frame's number.
    case pattern(FramePattern)
  }
}

/// A point that a path goes through.
public enum Keyframe: Equatable, Sendable {
  case photo(PhotoReference)
  case seed(UInt32)
  /// One row of a file of latents; `nil` when the file has only one.
  case latent(file: String, row: Int?)
}

/// A face in a photo.
public struct PhotoReference: Equatable, Sendable {
  public var path: String
  /// Counted from 1, from the left; `nil` for the largest.
  public var face: Int?

  public init(path: String, face: Int? = nil) {
    self.path = path
    self.face = face
  }
}

/// The commands that make pictures, by their names on the command line and in job files.
public enum JobCommand: String, CaseIterable, Sendable {
  case morph
  case sample
  case reconstruct
  case align
}
