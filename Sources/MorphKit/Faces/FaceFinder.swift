internal import Foundation
internal import Inference
internal import PhotoFiles

/// Finds faces in pictures: guesses where by BlazeFace, then measures each by FaceMesh.
///
/// Safe to use from several tasks at once. Networks are compiled when they are first needed.
struct FaceFinder: Sendable {
  private let shortRange: FaceDetector
  private let fullRange: FaceDetector
  private let mesh: FaceMesh

  /// The networks' file names.
  static let files = [DetectorFormat.shortRange.file, DetectorFormat.fullRange.file, FaceMesh.file]

  /// Uses BlazeFace's and FaceMesh's TensorFlow Lite files in `folder`.
  ///
  /// `threads` is how many threads compute; nil is one for each core. It does not change what is found.
  /// Throws `MissingFaceFile` when one isn't there.
  init(filesIn folder: String, runtime: Runtime, threads: Int?) throws {
    func network(_ file: String) throws -> FaceNetwork {
      let path = "\(folder)/\(file)"
      guard FileManager.default.isReadableFile(atPath: path) else { throw MissingFaceFile(path: path) }
      return FaceNetwork(at: path, runtime: runtime, threads: threads)
    }
    shortRange = try FaceDetector(.shortRange, network: network(DetectorFormat.shortRange.file))
    fullRange = try FaceDetector(.fullRange, network: network(DetectorFormat.fullRange.file))
    mesh = try FaceMesh(network: network(FaceMesh.file))
  }

  /// The faces in `picture`, from left to right by their boxes' centres; none is an empty array.
  ///
  /// Each look is for what the one before it can't see, and the first that finds a face is the last: faces of
  /// common size, smaller ones, one that is cut off by the picture's edges, then ever smaller ones in
  /// overlapping squares (a face of 80 pixels in a picture of 3,000 is found there). Throws `InferenceError`
  /// and `CancellationError`.
  func faces(in picture: Picture) async throws -> [Face] {
    let looks: [(detector: FaceDetector, magnification: Double)] = [
      (shortRange, 1), (fullRange, 1), (fullRange, 0.5), (fullRange, 2), (fullRange, 4),
    ]
    let preview = Preview(of: picture)
    for look in looks {
      let detections = try await look.detector.detections(
        in: preview.picture, magnification: look.magnification)
      let faces = try await faces(at: detections.map(preview.inOriginal), in: picture)
      guard faces.isEmpty else { return faces }
    }
    return []
  }

  /// Measures what was detected, and leaves out what is no face or the same face again.
  private func faces(at detections: [Detection], in picture: Picture) async throws -> [Face] {
    var faces: [Face] = []
    for detection in detections {
      // The detector's box jitters by some pixels, and the points with it; a square around the points
      // themselves is steadier, so they are measured twice.
      let first = try await mesh.points(in: FaceRegion(around: detection), of: picture)
      guard let first else { continue }
      let region = FaceRegion(around: first.all, landmarks: first.landmarks)
      guard let points = try await mesh.points(in: region, of: picture) else { continue }
      // Eyes in one place can't be aligned, and are no face's.
      guard points.landmarks.leftEye.distance(to: points.landmarks.rightEye) >= 1 else { continue }
      let face = Face(
        box: .around(points.all), landmarks: points.landmarks, points: points.all, pose: points.pose,
        score: detection.score)
      if !faces.contains(where: { $0.box.overlap(with: face.box) > 0.3 }) { faces.append(face) }
    }
    return faces.sorted { $0.box.center.x < $1.box.center.x }
  }
}

extension FaceFinder {
  /// FaceMesh's points of a face that was found, measured until they stand still.
  ///
  /// They do when they move less than 0.2 % of the distance between the eyes from one look to the next. After five
  /// looks in all it is the mean of those that followed the first.
  func steadyPoints(of face: Face, in picture: Picture) async throws -> [Point] {
    var looks = [face.points]
    var landmarks = face.landmarks
    while looks.count < 4 {
      let region = FaceRegion(around: looks[looks.count - 1], landmarks: landmarks)
      guard let next = try await mesh.points(in: region, of: picture) else { break }
      let moved = zip(next.all, looks[looks.count - 1]).map { $0.distance(to: $1) }
      landmarks = next.landmarks
      looks.append(next.all)
      let stillness = 0.002 * landmarks.leftEye.distance(to: landmarks.rightEye)
      if moved.reduce(0, +) / Double(moved.count) < stillness { return next.all }
    }
    return face.points.indices.map { index in .mean(looks.map { $0[index] }) }
  }

  /// The points of a face that lies as `crop` says, measured until they stand still; `nil` where FaceMesh sees none.
  func points(in picture: Picture, alignedTo crop: FaceCrop) async throws -> [Point]? {
    let region = FaceRegion(of: crop, width: Double(picture.width), height: Double(picture.height))
    guard let first = try await mesh.points(in: region, of: picture) else { return nil }
    let again = FaceRegion(around: first.all, landmarks: first.landmarks)
    guard let second = try await mesh.points(in: again, of: picture) else { return nil }
    let face = Face(
      box: .around(second.all), landmarks: second.landmarks, points: second.all, pose: second.pose, score: 1)
    return try await steadyPoints(of: face, in: picture)
  }
}

/// A large picture shrunk by a whole factor, so that looking at it several times is quick.
private struct Preview {
  let picture: Picture
  private let factor: Int

  /// No look needs more pixels along the longer side.
  private static let side = 768

  init(of original: Picture) {
    factor = max(1, max(original.width, original.height) / Self.side)
    guard factor > 1 else {
      picture = original
      return
    }
    picture = original.transformed(
      by: PixelTransform(a: Double(factor), b: 0, c: 0, d: Double(factor), tx: 0, ty: 0),
      width: max(1, original.width / factor), height: max(1, original.height / factor))
  }

  func inOriginal(_ detection: Detection) -> Detection {
    detection.moved { Point(x: $0.x * Double(factor), y: $0.y * Double(factor)) }
  }
}

/// One of the face finder's networks isn't there.
struct MissingFaceFile: Error, Equatable, CustomStringConvertible {
  var path: String
  var description: String { "\(path): the file is missing" }
}
