// swift-tools-version: 6.2

import Foundation
import PackageDescription

let package = Package(
  name: "facewalk",
  products: [
    .executable(name: "facewalk", targets: ["facewalk"]),
    .library(name: "MorphKit", targets: ["MorphKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // From the command down to C: each target imports only what stands below it.
    .executableTarget(
      name: "facewalk",
      dependencies: ["MorphKit", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    .target(
      name: "MorphKit",
      dependencies: [
        "Inference", "PhotoFiles", "Planes", "PNGFiles", "VideoFiles", "Digests",
        .product(name: "Yams", package: "Yams"),
      ]),

    .target(name: "Inference", dependencies: ["COpenVINO"]),
    .target(name: "PhotoFiles", dependencies: ["CVips"]),
    .target(name: "Planes"),
    .target(name: "PNGFiles", dependencies: ["CPNG"]),
    .target(name: "VideoFiles", dependencies: ["CFFmpeg"]),
    .target(name: "Digests", dependencies: ["CCrypto"]),

    .systemLibrary(name: "COpenVINO", pkgConfig: openVINOFolder == nil ? "openvino" : nil),
    .systemLibrary(name: "CVips", pkgConfig: "vips", providers: [.apt(["libvips-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libavutil",
      providers: [.apt(["libavformat-dev", "libavcodec-dev", "libswscale-dev", "libavutil-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    .executableTarget(name: "decode-only", dependencies: ["Inference"], path: "Benchmarks/DecodeOnly"),
    .executableTarget(name: "encode-only", dependencies: ["VideoFiles"], path: "Benchmarks/EncodeOnly"),
    .executableTarget(name: "chunk-cost", dependencies: ["MorphKit"], path: "Benchmarks/ChunkCost"),

    .target(name: "TestSupport", path: "Tests/TestSupport", exclude: ["Fixtures"]),
    .testTarget(
      name: "facewalkTests", dependencies: ["facewalk", "TestSupport", "PhotoFiles", "VideoFiles"]),
    .testTarget(
      name: "MorphKitTests",
      dependencies: [
        "MorphKit", "TestSupport", "Inference", "PhotoFiles", "PNGFiles", "VideoFiles", "Digests",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "InferenceTests", dependencies: ["Inference"], resources: [.copy("Fixtures")]),
    .testTarget(name: "PhotoFilesTests", dependencies: ["PhotoFiles"]),
    .testTarget(name: "PlanesTests", dependencies: ["Planes", "PhotoFiles", "TestSupport"]),
    .testTarget(name: "PNGFilesTests", dependencies: ["PNGFiles", "PhotoFiles"]),
    .testTarget(name: "VideoFilesTests", dependencies: ["VideoFiles", "CFFmpeg", "Planes", "TestSupport"]),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"]),
  ],
  swiftLanguageModes: [.v6]
)

/// `.deps/openvino`, which `Scripts/setup` fills, in this folder or one above it.
var openVINOFolder: String? {
  var folder = URL(filePath: #filePath).deletingLastPathComponent()
  while true {
    let candidate = folder.appending(path: ".deps/openvino").path
    if FileManager.default.fileExists(atPath: candidate) { return candidate }
    if folder.path == "/" { return nil }
    folder = folder.deletingLastPathComponent()
  }
}

for target in package.targets where target.type != .system {
  var swiftSettings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
  if target.type == .regular {
    // Unoptimised, what runs for every pixel, byte or number takes most of the tests' time.
    swiftSettings.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
  }
  if let folder = openVINOFolder {
    swiftSettings.append(.unsafeFlags(["-Xcc", "-I\(folder)/include"]))
    target.linkerSettings = [
      .unsafeFlags([
        "-L\(folder)/libs",
        "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../../../.deps/openvino/libs",
        "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/facewalk",
      ])
    ]
  }
  target.swiftSettings = swiftSettings
}
