import Foundation
import Synchronization

@testable import Inference

/// The path of a file of `Fixtures`.
func fixture(_ name: String) -> String {
  Bundle.module.bundleURL.appending(path: "Fixtures/\(name)").path
}

/// Compiles the network of a fixture.
func network(
  _ name: String, for purpose: Network.Purpose = .throughput, threads: Int? = nil
) throws -> Network {
  let runtime = try Runtime()
  return try Network(
    compiling: try Graph(reading: fixture(name), runtime: runtime), for: purpose, threads: threads,
    runtime: runtime)
}

/// `count` numbers between -1 and 1, the same for the same seed.
func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 23) - 1
  }
}

/// The folder `.deps/faces` of the package or of a folder above it, or nil.
let facesFolder: URL? = {
  var folder = URL(filePath: #filePath).deletingLastPathComponent()
  while folder.path != "/" {
    let candidate = folder.appending(path: ".deps/faces")
    if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    folder.deleteLastPathComponent()
  }
  return nil
}()

/// The networks in it, without their ending.
let faceNetworks = ["face_detection_short_range", "face_detection_full_range", "face_landmark"]

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  var value: Value { mutex.withLock { $0 } }

  func change<Result: Sendable>(_ body: (inout Value) -> Result) -> Result { mutex.withLock { body(&$0) } }
}
