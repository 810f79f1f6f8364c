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

  /// How much of the photos' own detail is added to what the model draws, from 0 to 1; `nil` for all of it, where
  /// there are photos of faces.
  public var detail: Double?

  /// How much of the photos is seen, times the side of the model's crop; `nil` for what suits the result.
  public var view: Double?

  /// Which way a morph takes between its keyframes.
  public var interpolation = Interpolation.linear

  /// What is the same from each frame of a morph to the next.
  public var pace = Pace.time
  /// Which point of its posterior a photo becomes.
  public var latent = PosteriorPoint.mean

  /// How random faces are drawn.
  public var random = RandomFaces()

  /// Where several pictures stand in each frame; `nil` for one.
  public var mosaic: Mosaic?

  public var size: PictureSize
  public var output: Output

  /// Which pictures the result has.
  public enum Content: Equatable, Sendable {
    /// A walk through keyframes, at least two; in a mosaic one walk after the other, each through as many of them.
    case morph(keyframes: [Keyframe], Timeline)
    /// A random face for each seed.
    case sample(SeedList)
    /// Each aligned photo above what the model makes of it.
    case reconstruct([PhotoReference])
    /// The aligned photos themselves.
    case align([PhotoReference])
    /// What the encoder says of photos, as a file of latents.
    case encode([PhotoReference])
    /// The picture of each row of files of latents.
    case decode([LatentRows])
    /// The mean of keyframes, as a picture or a latent.
    case average([Keyframe])
    /// What leads from some faces to others, as a latent.
    case direction(Direction)
    /// Single dimensions of the latent space, each along its range.
    case traverse(Traversal)
    /// What lies between four corners.
    case plane(Plane)
    /// Draws from the posterior of a photo.
    case posterior(PosteriorDraws)
    /// Every keyframe with every other, half-way, at least two.
    case between([Keyframe])
  }

  /// Rows of a file of latents, in order.
  public struct LatentRows: Equatable, Sendable {
    public var file: String
    /// Which array of the file is meant, where it has several.
    public var name: String?
    /// Counted from 0.
    public var rows: Range<Int>
  }

  /// Which faces a direction leads to, and from which.
  public struct Direction: Equatable, Sendable {
    public var with: [Keyframe]
    public var without: [Keyframe]
    public var method = Method.mean

    public enum Method: String, CaseIterable, Sendable {
      /// The difference of their means.
      case mean
      /// The normal of the plane that parts them, as long as their means lie apart along it.
      case linear
    }
  }

  /// Which point of its posterior a photo becomes.
  public enum PosteriorPoint: Equatable, Sendable {
    case mean
    /// μ + σ ε; the ε of the k-th photo of the job, counted from 0, are the numbers of seed `noiseSeed` + k.
    case sample(noiseSeed: UInt32)
  }

  /// How random faces are drawn.
  public struct RandomFaces: Equatable, Sendable {
    /// Times the spread of the prior.
    public var temperature = 1.0
    public var source = RandomSource.numpy
    /// Faces are drawn from the normal distribution with the mean and the covariance of a file's rows.
    ///
    /// `nil` for the model's own prior.
    public var prior: PriorFile?
  }

  /// A file of latents, and which of its arrays is meant, where it has several.
  public struct PriorFile: Equatable, Sendable {
    public var file: String
    public var name: String?
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
    case latents(LatentFormat)
  }

  /// A kind of latent file, by its ending.
  public enum LatentFormat: String, Sendable {
    case npy
    case safetensors
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
    /// What stands below each picture.
    public var labels = Labels.none
    /// A folder that gets each picture as a file of its own.
    public var singles: String?
    /// How many pixels a sheet may have; a grid of more is split.
    ///
    /// `nil` for one sheet, whatever its size.
    public var tile: Int?
  }

  /// What stands below each picture of a grid.
  public enum Labels: Equatable, Sendable {
    case none
    /// Its number, from 0.
    case index
    /// The seed that it was drawn from.
    case seed
    /// What its file would be called if it were one.
    case name
    /// The lines of a text file, one for each picture.
    case file(String)
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
  /// One row of a file of latents; `nil` when the file has only one. `name` says which array of the file is meant,
  /// where it has several.
  case latent(file: String, name: String? = nil, row: Int?)
  /// Points added up, none of which is a sum itself.
  case sum([KeyframeTerm])

  /// The points that it is made of: itself, unless it is a sum.
  var parts: [Keyframe] {
    if case .sum(let terms) = self { terms.map(\.keyframe) } else { [self] }
  }
}

/// A point of a sum, and how much of it is added.
public struct KeyframeTerm: Equatable, Sendable {
  public var factor: Double
  public var keyframe: Keyframe

  public init(_ factor: Double, _ keyframe: Keyframe) {
    self.factor = factor
    self.keyframe = keyframe
  }
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
  case encode
  case decode
  case average
  case direction
  case traverse
  case plane
  case posterior
  case between
}
