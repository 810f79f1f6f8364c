import ArgumentParser
import MorphKit

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode results, and hold them against their records.",
    discussion:
      "Compares SHA-256, frames, length, size and colour fields; the exit code is 1 when one differs.")

  @Argument(help: ArgumentHelp("One or more results.", valueName: "output"))
  var outputs: [String]

  @Option(help: ArgumentHelp("Where records are, if not beside results.", valueName: "folder"))
  var records: String?

  func run() async throws {
    var damaged = 0
    for output in outputs {
      try Task.checkCancellation()
      let problems: [String]
      do {
        problems = try verify(output, records: records)
      } catch let error as MorphError {
        Console.note("facewalk: \(error)")
        damaged += 1
        continue
      }
      try Console.print("\(output): \(problems.isEmpty ? "as recorded" : problems.joined(separator: "; "))")
      damaged += problems.isEmpty ? 0 : 1
    }
    guard damaged == 0 else {
      throw NotAsItShould(
        message: outputs.count > 1 ? "\(damaged) of \(outputs.count) results are not as recorded." : "")
    }
  }
}
