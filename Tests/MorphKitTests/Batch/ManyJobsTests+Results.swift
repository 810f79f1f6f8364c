internal import TestSupport
internal import Testing

@testable import MorphKit

/// Where the jobs' results may lie.
extension `A file of many jobs` {
  @Test func `with two jobs of one result is refused`() async throws {
    try await withTemporaryFolder { folder in
      try makeLink("\(folder)/link", to: folder)
      for output in ["x.png", "\(folder)/./x.png", "link/../\(fileName(folder))/x.png", "link/x.png"] {
        let file = try file(
          """
          defaults: {model: tiny}
          jobs:
            - {sample: {seeds: 1}, output: \(folder)/x.png}
            - {sample: {seeds: 2}, output: \(output)}
          """, in: folder)
        let error = #expect(throws: MorphError.self) { try JobFile.refuseSharedOutputs(file.jobs) }
        #expect(
          error?.problem
            == .setting(
              .sharedOutput(
                file.jobs[1].job.output.path ?? "", owner: "jobs.yaml: line 3")))
        #expect(error?.subject == "jobs.yaml: line 4")
      }
    }
  }

  @Test(arguments: [
    ("f_%03d.png", "f_###.png"), ("frames/", "frames/x.png"), ("frames/", "frames/more/"),
    ("frames/deeper/x.mp4", "frames/"), ("frames/", "frames/f_%06d.png"),
  ])
  func `whose results would lie in each other is refused`(first: String, second: String) async throws {
    try await withTemporaryFolder { folder in
      let job = "{morph: {keyframes: [seed:1, seed:2], frames: 2}, output: "
      let file = try file(
        "defaults: {model: tiny}\njobs:\n  - \(job)\"\(first)\"}\n  - \(job)\"\(second)\"}\n", in: folder)
      let error = #expect(throws: MorphError.self) { try JobFile.refuseSharedOutputs(file.jobs) }
      guard case .setting(.sharedOutput)? = error?.problem else {
        Issue.record("\(error?.description ?? "")")
        return
      }
      let apart = try self.file(
        "defaults: {model: tiny}\njobs:\n  - \(job)\"f_%03d.png\"}\n  - \(job)\"f_%04d.png\"}\n", in: folder)
      try JobFile.refuseSharedOutputs(apart.jobs)
    }
  }
}
