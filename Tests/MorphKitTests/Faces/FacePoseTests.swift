internal import Foundation
internal import PhotoFiles
internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Pose of a head` {
  /// Points of a head of eyes 100 apart and a forehead 200 above the chin, turned by `yaw` and then leant by `pitch`.
  private func pose(yaw: Double, pitch: Double) -> FacePose {
    let (yaw, pitch) = (yaw * .pi / 180, pitch * .pi / 180)
    let straight: [Int: (x: Double, y: Double, z: Double)] = [
      33: (-50, -20, 0), 263: (50, -20, 0), 10: (0, -100, 0), 152: (0, 100, 0),
    ]
    return FacePose(roll: 0) { number in
      guard let point = straight[number] else { return (0, 0, 0) }
      // Looking up brings the chin nearer; looking to the right as seen takes the right eye away.
      let (y, z) = (point.y * cos(pitch), -point.y * sin(pitch))
      return (point.x * cos(yaw) - z * sin(yaw), y, point.x * sin(yaw) + z * cos(yaw))
    }
  }

  @Test func `is nought when it looks straight ahead`() {
    #expect(pose(yaw: 0, pitch: 0) == FacePose(roll: 0, yaw: 0, pitch: 0))
  }

  @Test(arguments: [-60.0, -20, 5, 45]) func `is the angle that it was turned by`(_ angle: Double) {
    #expect(abs(pose(yaw: angle, pitch: 0).yaw - angle) < 1e-9)
    #expect(abs(pose(yaw: 0, pitch: angle).pitch - angle) < 1e-9)
  }

  private func pose(_ picture: Picture) async throws -> FacePose {
    try #require(try await RealPhotos.finder().faces(in: picture).first).pose
  }

  @Test(arguments: ["ada", "grace", "katherine"])
  func `turns round in a mirror`(_ name: String) async throws {
    let picture = try Picture(decoding: contents("\(packageFolder)/Pipelines/faces/\(name).jpg"))
    let mirror = PixelTransform(a: -1, b: 0, c: 0, d: 1, tx: Double(picture.width), ty: 0)
    let mirrored = picture.transformed(by: mirror, width: picture.width, height: picture.height)
    let (one, other) = (try await pose(picture), try await pose(mirrored))
    #expect(abs(one.roll + other.roll) < 2)
    #expect(abs(one.yaw + other.yaw) < 5)
    #expect(abs(one.pitch - other.pitch) < 4)
  }

  @Test(.enabled(if: RealPhotos.isThere, "\(RealPhotos.comment)"))
  func `of people who look into the camera is small, however the photo is turned`() async throws {
    for name in ["london-004-neutral.jpg", "london-010-neutral.jpg", "odd-tilted-38.jpg"] {
      let pose = try await pose(RealPhotos.picture(name))
      #expect(abs(pose.roll - (name.hasPrefix("odd") ? -38 : 0)) < 5)
      #expect(abs(pose.yaw) < 10 && abs(pose.pitch) < 15)
    }
  }
}
