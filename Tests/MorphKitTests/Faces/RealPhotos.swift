internal import Foundation
internal import Inference
internal import PhotoFiles
internal import Testing

@testable import MorphKit

/// Photos of people, which are not part of the package: `shared/photos` beside it or further up.
enum RealPhotos {
  static let folder: URL? = nearest("shared/photos")
  static let isThere = folder != nil
  static let comment = "shared/photos is not there"

  static func picture(_ name: String) throws -> Picture {
    let folder = try #require(folder)
    return try Picture(decoding: [UInt8](Data(contentsOf: folder.appending(path: name))))
  }

  /// One for all tests, so that the networks are compiled once.
  static func finder() throws -> FaceFinder { try sharedFinder.get() }

  private static let sharedFinder = Result { try finder(threads: nil) }

  static func finder(threads: Int?) throws -> FaceFinder {
    let files = try #require(nearest(".deps/faces"), "run Scripts/setup first")
    return try FaceFinder(filesIn: files.path, runtime: Runtime(), threads: threads)
  }

  /// `path` in the folder of this file or the nearest above it that has it.
  private static func nearest(_ path: String) -> URL? {
    var folder = URL(filePath: #filePath)
    while folder.path != "/" {
      folder = folder.deletingLastPathComponent()
      let candidate = folder.appending(path: path)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }
}
