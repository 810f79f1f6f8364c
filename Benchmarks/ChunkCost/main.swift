// How much more processor time a long video in chunks takes than in one piece, whose encoder never starts afresh.
//
//   chunk-cost [MODEL [FRAMES [TIMES [SIZE]]]]    portraits-128, 2400 frames, 5 times each, the usual size
import Foundation
import Glibc
import MorphKit

let arguments = CommandLine.arguments.dropFirst()
let model = arguments.first ?? "portraits-128"
let frames = Int(arguments.dropFirst().first ?? "2400") ?? 2400
let times = Int(arguments.dropFirst(2).first ?? "5") ?? 5
let size = arguments.dropFirst(3).first
let folder = FileManager.default.temporaryDirectory.appending(path: "chunk-cost-\(UUID().uuidString)").path

/// Seconds of all cores that this process has used.
func processorSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

let options = RenderOptions(installation: .found())
let output = folder + "/x.mp4"
var settings = [
  JobOption("keyframes", .list(["seed:1", "seed:2", "seed:3", "seed:4"]), option: "morph"),
  JobOption("frames", .text("\(frames / 3)"), option: "--frames"),
]
if let size {
  settings.append(JobOption("size", .text(size), option: "--size"))
}
let job = try MorphJob(
  .morph, options: settings, model: model, output: output, installation: options.installation)

/// Renders once, and returns processor and wall time in seconds.
func run(framesPerChunk: Int) async throws -> (processor: Double, wall: Double) {
  var options = options
  options.framesPerChunk = framesPerChunk
  let (start, clock) = (processorSeconds(), ContinuousClock.now)
  let result = try await render(job, options: options)
  let times = (processorSeconds() - start, (ContinuousClock.now - clock) / .seconds(1))
  try FileManager.default.removeItem(atPath: result.path)
  try FileManager.default.removeItem(atPath: result.path + ".json")
  return times
}

_ = try await run(framesPerChunk: ChunkList.framesPerChunk)
var chunks: [(processor: Double, wall: Double)] = []
var whole: [(processor: Double, wall: Double)] = []
for _ in 0..<times {
  chunks.append(try await run(framesPerChunk: ChunkList.framesPerChunk))
  whole.append(try await run(framesPerChunk: frames + 1))
}
try FileManager.default.removeItem(atPath: folder)

func text(_ name: String, _ number: Double) -> String { "\(name) \(String(format: "%.3f", number))" }
for (name, runs) in [("in chunks:", chunks), ("one piece:", whole)] {
  print(
    name, text("processor", median(runs.map(\.processor))), text("wall", median(runs.map(\.wall))), "s")
}
print(
  text("chunks / one piece: processor", median(chunks.map(\.processor)) / median(whole.map(\.processor))),
  text("wall", median(chunks.map(\.wall)) / median(whole.map(\.wall))))
