internal import PhotoFiles

/// Finds 468 points of one face, by the FaceMesh network.
struct FaceMesh: Sendable {
  static let file = "face_landmark.tflite"

  /// Width and height of the network's input, in pixels.
  private static let side = 192

  private let network: FaceNetwork

  init(network: FaceNetwork) { self.network = network }

  /// The points of a face, in pixels of the picture.
  struct Points: Equatable, Sendable {
    let all: [Point]
    /// How far each is behind the face's middle, in pixels of the network's square.
    let depths: [Double]
    /// The same points in that square, where the eyes lie level.
    let inSquare: [Point]

    /// An eye is the middle of its two corners, the mouth too.
    var landmarks: FaceLandmarks {
      FaceLandmarks(
        leftEye: .mean([all[33], all[133]]), rightEye: .mean([all[362], all[263]]),
        mouth: .mean([all[61], all[291]]))
    }

    var pose: FacePose {
      FacePose(roll: landmarks.leftEye.angle(to: landmarks.rightEye)) {
        (inSquare[$0].x, inSquare[$0].y, depths[$0])
      }
    }
  }

  /// The points of the face in `region`, or nil when the network sees no face there.
  func points(in region: FaceRegion, of picture: Picture) async throws -> Points? {
    let toPhoto = region.toPhoto(fromSquareOf: Self.side)
    let square = picture.transformed(by: PixelTransform(toPhoto), width: Self.side, height: Self.side)
    // From the network: x, y and depth of each point in pixels of the square, then a logit: is it a face?
    let outputs = try await network.infer(square.pixels.map { Float($0) / 255 })
    guard sigmoid(outputs[1][0]) > 0.5 else { return nil }
    let numbers = outputs[0]
    let starts = stride(from: 0, to: numbers.count, by: 3)
    let inSquare = starts.map { Point(x: Double(numbers[$0]), y: Double(numbers[$0 + 1])) }
    return Points(
      all: inSquare.map(toPhoto.callAsFunction), depths: starts.map { Double(numbers[$0 + 2]) },
      inSquare: inSquare)
  }
}
