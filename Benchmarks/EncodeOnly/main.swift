// encode-only FRAMES WIDTH HEIGHT OUTPUT CRF PRESET: encodes a file of raw RGB frames as facewalk does.

internal import Glibc
internal import VideoFiles

/// Encodes what is left of `file` into a new video at `path`.
func encode(_ file: UnsafeMutablePointer<FILE>, to path: String, as format: VideoFormat) throws {
  var writer = try VideoWriter(creating: path, format: format)
  var frame = [UInt8](repeating: 0, count: format.width * format.height * 3)
  while fread(&frame, 1, frame.count, file) == frame.count {
    try writer.append(frame.span)
  }
  try writer.finish()
}

let arguments = CommandLine.arguments
guard arguments.count == 7, let width = Int(arguments[2]), let height = Int(arguments[3]),
  let crf = Int(arguments[5])
else {
  print("usage: encode-only FRAMES WIDTH HEIGHT OUTPUT CRF PRESET")
  exit(2)
}
guard let file = fopen(arguments[1], "r") else {
  print("\(arguments[1]) can't be opened")
  exit(1)
}
let format = VideoFormat(
  width: width, height: height, frameRate: VideoFrameRate(30), crf: crf, preset: arguments[6])
try encode(file, to: arguments[4], as: format)
