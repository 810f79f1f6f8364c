// decode-only DECODER LATENTS FRAMES: runs a decoder as facewalk does, and does nothing with the pictures.
//
// Prints how many frames were decoded, the seconds it took without loading and compiling, and frames a second.

internal import Glibc
internal import Inference

/// The latent of frame `frame`: smooth, about as large as a face's, the same in every run.
func latent(_ frame: Int, count: Int) -> [Float] {
  (0..<count).map { Float(sin(Double(frame) * 0.02 + Double($0) * 2.4) * 1.4) }
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let latentCount = Int(arguments[2]), let frameCount = Int(arguments[3]),
  latentCount > 0, frameCount > 0
else {
  print("usage: decode-only DECODER LATENTS FRAMES")
  exit(2)
}

let runtime = try Runtime()
let graph = try Graph(reading: arguments[1], runtime: runtime)
let input = graph.inputs[0]
try graph.reshape(input, to: [1, latentCount])
let network = try Network(compiling: graph, runtime: runtime)
let output = network.outputs[0]
let latents = (0..<frameCount).map { latent($0, count: latentCount) }

let start = ContinuousClock.now
try await withThrowingTaskGroup(of: Void.self) { group in
  // One task for each request keeps them all in flight.
  for first in 0..<network.requestCount {
    group.addTask {
      for frame in stride(from: first, to: frameCount, by: network.requestCount) {
        try await network.infer([input.name: latents[frame]]) { outputs in
          try outputs.withValues(of: output.name) { precondition(!$0.isEmpty) }
        }
      }
    }
  }
  try await group.waitForAll()
}
let seconds = start.duration(to: .now) / .seconds(1)
print("\(frameCount) frames in \(seconds) seconds: \(Double(frameCount) / seconds) frames per second")
