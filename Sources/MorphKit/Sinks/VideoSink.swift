internal import VideoFiles

/// Frames into an MP4 file.
struct VideoSink: FrameSink, ~Copyable {
  private var writer: VideoWriter
  /// As errors name it.
  private let name: String

  /// `name` is the result's final name; `path` is where the file is made.
  init(
    creating path: String, name: String, settings: MorphJob.VideoSettings, width: Int, height: Int,
    framesPerEncoder: Int = ChunkList.framesPerChunk, comment: String?, xmp: String? = nil
  ) throws(MorphError) {
    self.name = name
    let format = VideoFormat(
      width: width, height: height, frameRate: VideoFrameRate(settings.frameRate), crf: settings.crf,
      preset: settings.preset, framesPerEncoder: framesPerEncoder, comment: comment, xmp: xmp)
    do throws(VideoError) {
      writer = try VideoWriter(creating: path, format: format)
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  mutating func write(_ frame: VideoPicture) throws {
    do throws(VideoError) {
      try writer.append(planes: frame.planes)
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }

  consuming func finish() throws {
    let name = name
    do throws(VideoError) {
      try writer.finish()
    } catch {
      throw MorphError(name, OutputProblem(error))
    }
  }
}

extension MorphJob.VideoSettings {
  /// Reads the name of one of x264's presets.
  static func preset(named name: String) throws(SettingProblem) -> String {
    guard VideoFormat.presets.contains(name) else {
      throw .value(name, allowed: list(VideoFormat.presets, last: "or"))
    }
    return name
  }
}

extension VideoFrameRate {
  init(_ rate: FrameRate) { self.init(Int32(rate.numerator), Int32(rate.denominator)) }
}

extension OutputProblem {
  init(_ error: VideoError) {
    switch error {
    case .cannotWrite(let reason): self = .cannotWrite(reason: reason)
    case .headersDiffer: self = .piecesDiffer
    default: self = .videoFailed(reason: error.description)
    }
  }
}
