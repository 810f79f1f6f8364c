internal import TestSupport

@testable import MorphKit

/// The models of `Fixtures` count as installed ones.
let testInstallation = Installation(
  modelsFolder: packageFolder + "/Tests/TestSupport/Fixtures", facesFolder: packageFolder + "/.deps/faces")

/// Reads the text of a job file, `job.yaml` in errors.
func job(
  _ yaml: String, in folder: String = ".", overrides: [String] = []
) throws(MorphError) -> MorphJob {
  try MorphJob(
    yaml: Array(yaml.utf8), name: "job.yaml", folder: folder, overrides: overrides,
    installation: testInstallation)
}

/// A morph of two seeds, as `tiny` makes it.
func seedMorph(to output: String, frames: [Int] = [4], format: MorphJob.Format = .video(.init())) -> MorphJob
{
  MorphJob(
    content: .morph(
      keyframes: (0...frames.count).map { .seed(UInt32($0)) },
      Timeline(transitionLengths: frames, frameRate: .thirty)),
    model: fixture("tiny"), alignsFaces: true, size: .native, output: .init(path: output, format: format))
}
