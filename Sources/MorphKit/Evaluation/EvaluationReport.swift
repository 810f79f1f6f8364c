/// What an evaluation found; paths are as they were given.
public struct EvaluationReport: Equatable, Sendable {
  /// The photos' model; `nil` without photos.
  public var model: Model?
  /// Those that could be used, in their order.
  public var photos: [Photo] = []
  /// Over all photos; none without photos.
  public var dimensions: [Dimension] = []
  public var morphs: [Morph] = []
  public var failures: [Failure] = []
  /// How many jobs were no morphs, or stills alone.
  public var passedOver = 0
  /// Small pictures, by places among `photos`.
  var thumbnails: [Int: Thumbnail] = [:]

  /// At most so many photos, and so many morphs, are shown by pictures.
  public static let pictureLimit = 200

  /// Each photo and morph could be used.
  public var isComplete: Bool { failures.isEmpty }
  public var isEmpty: Bool { photos.isEmpty && morphs.isEmpty }

  init(passedOver: Int = 0) { self.passedOver = passedOver }

  public struct Model: Equatable, Sendable {
    public var name: String
    /// SHA-256 of the files that decide its answers.
    public var identity: String
    /// In dB: from `good` up a good match, below `poor` a poor one; `nil` for a model that states none.
    public var good: Double?
    public var poor: Double?
    /// As each latent dimension is counted: `[128]`, `[4, 64, 64]`.
    public var latentShape: [Int]

    init(_ folder: ModelFolder) {
      let description = folder.description
      (name, identity, latentShape) = (description.name, folder.identity, description.latent.shape)
      (good, poor) = (description.match?.good, description.match?.poor)
    }
  }

  /// How a photo came back.
  public struct Photo: Equatable, Sendable {
    public var photo: String
    /// The number of the face that was picked.
    public var face: Int?
    /// In dB; infinite where the picture came back exactly.
    public var psnr: Double
    public var ssim: Double
    public var reconstructionLoss: Double
    /// In nats; `nil` for a model without spread.
    public var latentLoss: Double?
    /// `nil` for a model that states no thresholds.
    public var grade: PhotoMatch.Grade?
    /// `nil` where no face was looked for.
    public var faceSize: FaceSize?
    public var pose: FacePose?

    /// The rectangle around forehead, ears' roots and chin, in pixels of the photo.
    public struct FaceSize: Equatable, Sendable {
      public var width: Double
      public var height: Double
    }

    /// `family.jpg#2`.
    public var name: String { photo + (face.map { "#\($0)" } ?? "") }
  }

  /// What a latent dimension does over all photos.
  public struct Dimension: Equatable, Sendable {
    /// The mean, in nats; `nil` for a model without spread.
    public var latentLoss: Double?
    /// Of μ.
    public var mean: Double
    /// Of μ, the squared distances divided by the number of photos.
    public var variance: Double
    var photoCount: Int

    /// A dimension is active when μ varies by more than this (Burda, Grosse & Salakhutdinov 2016).
    public static let activeVariance = 0.01

    /// `nil` for a single photo, over which nothing varies.
    public var isActive: Bool? {
      photoCount > 1 ? variance > Dimension.activeVariance : nil
    }
  }

  /// How smoothly a morph changes.
  public struct Morph: Equatable, Sendable {
    /// The job, as messages call it: `walks.yaml: line 7`.
    public var job: String
    public var output: String?
    public var transitions: [Transition]
    var curve: ChangeCurve?
    var strip: Thumbnail?
  }

  /// How the picture changes from a keyframe to the next.
  public struct Transition: Equatable, Sendable {
    public var frames: Int
    /// The mean change from frame to frame: the root mean square difference, with pixels from 0 to 1.
    public var meanChange: Double
    public var worstChange: Double
    /// See `LatentPath.perceptualLength`.
    public var pathLength: Double

    /// The worst change over the mean one, 1 when all are equal; `nil` where nothing changes.
    public var ratio: Double? { meanChange > 0 ? worstChange / meanChange : nil }
  }

  /// A photo or morph that was left out.
  public struct Failure: Equatable, Sendable {
    public enum Kind: String, Sendable {
      case photo
      case morph
    }

    public var kind: Kind
    /// The photo's path, or the job as messages call it.
    public var name: String
    /// The sentence to tell.
    public var reason: String
  }
}

extension EvaluationReport.Failure {
  /// `nil` for an error that is not the photo's.
  init?(photo: PhotoReference, _ error: any Error) {
    guard let error = error as? MorphError else { return nil }
    switch error.problem {
    case .photo:
      self.init(
        kind: .photo, name: photo.path + (photo.face.map { "#\($0)" } ?? ""), reason: error.sentence)
    case .model(.notFinite):
      self.init(kind: .photo, name: photo.path, reason: error.sentence)
    case .setting, .latents, .model, .output: return nil
    }
  }

  init(morph label: String, _ error: MorphError) {
    self.init(kind: .morph, name: label, reason: error.description)
  }
}

extension MorphError {
  /// What is wrong, without the subject.
  fileprivate var sentence: String { String(description.dropFirst(subject.count + 2)) }
}
