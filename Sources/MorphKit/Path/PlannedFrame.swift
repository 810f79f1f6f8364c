/// What one frame of a job is, known before anything is loaded.
public struct PlannedFrame: Equatable, Sendable {
  /// From 0.
  public var number: Int
  /// When it appears in a video; `nil` elsewhere.
  public var seconds: Double?
  /// The transition that it lies in, the row of its dimension, or which of the pictures it is; from 0.
  public var segment: Int
  /// How far it has come: in its transition from 0 at the first keyframe to 1 at the second, along its dimension, or in
  /// the time of a swing; 0 for other pictures.
  public var fraction: Double
  public var chunk: Int
}

extension MorphJob {
  /// How many pictures it makes; a photo above its reconstruction counts once.
  public var frameCount: Int { pictureCount }

  /// The frame of a number from 0 up to, and without, `frameCount`.
  public func plannedFrame(_ number: Int) -> PlannedFrame {
    precondition((0..<frameCount).contains(number), "no frame of this number")
    var seconds: Double?
    if case .video(let video) = output.format {
      seconds = Double(number) * Double(video.frameRate.denominator) / Double(video.frameRate.numerator)
    }
    var place = Timeline.Position(transition: number, fraction: 0)
    if case .traverse(let traversal) = content {
      switch traversal.view {
      case .steps(let count):
        place = .init(
          transition: number / count, fraction: Double(number % count) / Double(count - 1))
      case .swing(let frameCount):
        place = .init(transition: 0, fraction: Double(number) / Double(frameCount))
      }
    }
    if case .morph(_, let timeline) = content {
      place = timeline.position(ofFrame: number)
    }
    return PlannedFrame(
      number: number, seconds: seconds, segment: place.transition, fraction: place.fraction,
      chunk: chunks.chunk(ofFrame: number))
  }
}
