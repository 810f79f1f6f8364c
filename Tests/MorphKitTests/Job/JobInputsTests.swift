internal import TestSupport
internal import Testing

@testable import MorphKit

struct `Inputs of a job` {
  private func job(_ content: MorphJob.Content, model: String, alignsFaces: Bool = false) -> MorphJob {
    MorphJob(
      content: content, model: fixture(model), alignsFaces: alignsFaces, size: .native,
      output: .init(path: "/missing/x.png", format: .grid(.init())))
  }

  private func morph(_ keyframes: Keyframe...) -> MorphJob.Content {
    .morph(
      keyframes: keyframes,
      Timeline(transitionLengths: Array(repeating: 1, count: keyframes.count - 1), frameRate: .thirty))
  }

  private func error(_ job: MorphJob) -> MorphError? {
    #expect(throws: MorphError.self) { try JobInputs(reading: job, installation: testInstallation) }
  }

  @Test func `without an encoder are no photos, and without a prior no seeds`() throws {
    let photo = PhotoReference(path: "/missing/a.jpg")
    for content in [morph(.photo(photo), .seed(1)), .reconstruct([photo])] {
      #expect(
        error(job(content, model: "no-encoder")) == MorphError(fixture("no-encoder"), ModelProblem.noEncoder))
    }
    for content in [morph(.seed(1), .seed(2)), .sample(SeedList([0...3]))] {
      #expect(
        error(job(content, model: "prior-none")) == MorphError(fixture("prior-none"), ModelProblem.noPrior))
      _ = try JobInputs(reading: job(content, model: "no-encoder"), installation: testInstallation)
    }
  }

  @Test func `are read once, in the order of first use`() async throws {
    try await withTemporaryFolder { folder in
      for name in ["a", "b"] {
        try write(name, to: "\(folder)/\(name).jpg")
      }
      try write(try contents(fixture("numpy/float32.npy")), to: "\(folder)/z.npy")
      let (a, b) = (PhotoReference(path: "\(folder)/a.jpg"), PhotoReference(path: "\(folder)/b.jpg"))
      let content = morph(
        .photo(b), .latent(file: "\(folder)/z.npy", row: 1), .photo(a), .photo(b),
        .latent(file: "\(folder)/z.npy", row: 4))
      let inputs = try JobInputs(reading: job(content, model: "tiny"), installation: testInstallation)
      #expect(inputs.photos.map(\.path) == [b.path, a.path])
      #expect(inputs.photo(a).sha256 == (try sha256(ofFile: a.path)))
      #expect(inputs.index(of: b) == 0)
      #expect(inputs.latentFiles.map(\.path) == ["\(folder)/z.npy"])
      #expect(inputs.latent(file: "\(folder)/z.npy", row: 1).values.first == 24)
      #expect(inputs.faceFinder == nil)
    }
  }

  @Test func `that can't be used are named before anything is made`() async throws {
    let npy = fixture("numpy/float32.npy")
    #expect(
      error(job(morph(.seed(1), .latent(file: npy, row: 5)), model: "tiny"))
        == MorphError(npy, LatentFileProblem.noSuchRow(5, count: 5)))
    #expect(
      error(job(morph(.seed(1), .latent(file: npy, row: nil)), model: "tiny"))
        == MorphError(npy, LatentFileProblem.rowNeeded(count: 5)))
    #expect(
      error(job(morph(.seed(1), .latent(file: npy, row: 1)), model: "gray"))
        == MorphError(npy, LatentFileProblem.wrongShape([5, 192], expected: [64])))
    #expect(
      error(job(morph(.seed(1), .photo(.init(path: "/missing/a.jpg"))), model: "tiny"))
        == MorphError("/missing/a.jpg", PhotoProblem.missing))
  }

  @Test func `without the face finder's files are no faces, unless none is looked for`() async throws {
    try await withTemporaryFolder { folder in
      try write("a", to: "\(folder)/a.jpg")
      let content = MorphJob.Content.reconstruct([.init(path: "\(folder)/a.jpg")])
      let bare = Installation(modelsFolder: folder, facesFolder: folder)
      let error = #expect(throws: MorphError.self) {
        try JobInputs(reading: job(content, model: "tiny-aligned", alignsFaces: true), installation: bare)
      }
      #expect(error?.problem == .model(.faceFileMissing))
      for (model, aligns) in [("tiny-aligned", false), ("tiny", true)] {
        let inputs = try JobInputs(
          reading: job(content, model: model, alignsFaces: aligns), installation: bare)
        #expect(inputs.faceFinder == nil)
      }
    }
  }
}
