internal import Glibc

/// How a head is turned, in degrees; 0, 0, 0 looks straight into the camera.
///
/// Roll is measured in the picture. Yaw and pitch come from the depths that FaceMesh guesses for its points (in the
/// scale of their x and y, less depth being nearer: Kartynnik, Ablavatski, Grishchenko & Grundmann, Real-time Facial
/// Surface Geometry from Monocular Video on Mobile GPUs, 2019), so they are right to some degrees only.
public struct FacePose: Equatable, Sendable {
  /// How far the line from eye to eye is turned in the picture; clockwise as seen is positive.
  public var roll: Double
  /// How far the line between the outer corners of the eyes leaves the picture's plane; a face that looks to the right
  /// as seen is positive.
  public var yaw: Double
  /// How far the line from the top of the forehead to the chin leaves the picture's plane; a face that looks up is
  /// positive.
  public var pitch: Double

  init(roll: Double, yaw: Double, pitch: Double) {
    (self.roll, self.yaw, self.pitch) = (roll, yaw, pitch)
  }
}

extension FacePose {
  /// Of FaceMesh's points (x, y, depth); `roll` is the picture's turn in radians.
  init(roll: Double, depthOf point: (Int) -> (x: Double, y: Double, z: Double)) {
    func lean(from first: Int, to second: Int) -> Double {
      let (first, second) = (point(first), point(second))
      let (x, y) = (second.x - first.x, second.y - first.y)
      return atan2(second.z - first.z, (x * x + y * y).squareRoot())
    }
    let degrees = 180 / Double.pi
    self.init(
      roll: roll * degrees, yaw: lean(from: 33, to: 263) * degrees, pitch: -lean(from: 10, to: 152) * degrees)
  }
}
