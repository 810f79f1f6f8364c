internal import VideoFiles

/// Puts the finished chunks of a result together at `path`.
///
/// `name` is the result's final name. Videos are joined by copying packets, frames by giving them a second name, so
/// the chunks stay as they are until all is published. A format that can't be joined by copying gets its case here:
/// its chunks are then of a format without loss, and this is where they are encoded.
func join(
  _ pieces: [String], creating path: String, as format: MorphJob.Format, name: String, comment: String,
  xmp: String?
) throws(MorphError) {
  switch format {
  case .video(let settings):
    do throws(VideoError) {
      try joinVideos(
        pieces, creating: path, frameRate: VideoFrameRate(settings.frameRate), comment: comment, xmp: xmp)
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  case .frames:
    do throws(FileProblem) {
      try makeFolder(path)
      for piece in pieces {
        for file in try namesInFolder(piece) {
          try linkOrCopy(piece + "/" + file, to: path + "/" + file)
        }
      }
    } catch {
      throw MorphError(name, OutputProblem.cannotWrite(reason: error.reason))
    }
  case .grid, .latents:
    preconditionFailure("a grid or a file of latents is one piece")
  }
}
