internal import TestSupport
internal import Testing

@testable import MorphKit

struct `What a result is marked as` {
  private static let made = DigitalSource.trainedAlgorithmicMedia
  private static let mixed = DigitalSource.compositeWithTrainedAlgorithmicMedia

  @Test(arguments: [
    ("morph: {keyframes: [a.jpg, seed:2]}\noutput: x.mp4", made),
    ("morph: {keyframes: [a.jpg, seed:2]}\noutput: x.png", made),
    ("sample: {seeds: 1}\noutput: x/", made),
    ("decode: {latents: \(fixture("numpy/float32.npy"))}\noutput: x/", made),
    ("average: {photos: [a.jpg, b.jpg]}\noutput: x.png", made),
    ("traverse: {keyframe: a.jpg, dims: 1}\noutput: x.png", made),
    ("plane: {keyframes: [seed:1, seed:2, seed:3, a.jpg]}\noutput: x.png", made),
    ("between: {keyframes: [seed:1, seed:2]}\noutput: x.png", made),
    ("between: {keyframes: [seed:1, a.jpg]}\noutput: x.png", mixed),
    ("reconstruct: {photos: a.jpg}\noutput: x.png", mixed),
    ("posterior: {photo: a.jpg}\noutput: x.png", mixed), ("align: {photos: a.jpg}\noutput: x/", nil),
    ("align: {photos: a.jpg}\noutput: x.png", nil), ("encode: {photos: a.jpg}\noutput: x.npy", nil),
    ("average: {photos: [a.jpg, b.jpg]}\noutput: x.npy", nil),
    ("direction: {with: a.jpg, without: b.jpg}\noutput: x.npy", nil),
  ])
  func `says whether a model made what is shown, and whether photos are shown too`(
    yaml: String, source: DigitalSource?
  ) throws {
    #expect(try job("model: tiny\n" + yaml).digitalSource(withDetail: false) == source)
  }

  @Test(arguments: [
    ("reconstruct: {photos: [a.jpg, b.jpg]}", [nil, nil, made, made]),
    ("posterior: {photo: a.jpg, count: 2}", [nil, made, made, made]),
    // A photo and a seed above and beside the table of both.
    ("between: {keyframes: [a.jpg, seed:1]}", [made, nil, made, nil, made, made, made, made, made]),
    ("sample: {seeds: 1-2}", [made, made]), ("align: {photos: [a.jpg, b.jpg]}", [nil, nil]),
  ])
  func `a photo of a grid that is a file of its own is not marked`(
    yaml: String, sources: [DigitalSource?]
  ) throws {
    let job = try job("model: tiny\n\(yaml)\noutput: x.png")
    #expect(sources.indices.map { job.digitalSource(ofCell: $0, columns: 2, withDetail: false) } == sources)
  }
}
