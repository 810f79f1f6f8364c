// encode-only FRAMES WIDTH HEIGHT OUTPUT CRF PRESET: encodes a file of raw frames as facewalk does.
//
// A file whose name ends in .yuv has frames in 4:2:0, BT.709 limited range, which are x264's alone; others are RGB.

internal import Glibc
internal import VideoFiles

/// Encodes what is left of `file`, in RGB, into a new video at `path`.
func encode(_ file: UnsafeMutablePointer<FILE>, to path: String, as format: VideoFormat) throws {
  var writer = try VideoWriter(creating: path, format: format)
  var frame = [UInt8](repeating: 0, count: format.width * format.height * 3)
  while fread(&frame, 1, frame.count, file) == frame.count {
    try writer.append(frame.span)
  }
  try writer.finish()
}

/// Encodes what is left of `file`, in 4:2:0, into a new video at `path`.
func encodePlanes(_ file: UnsafeMutablePointer<FILE>, to path: String, as format: VideoFormat) throws {
  var writer = try VideoWriter(creating: path, format: format)
  let chroma = [UInt8](repeating: 0, count: ((format.width + 1) / 2) * ((format.height + 1) / 2))
  var planes = [[UInt8](repeating: 0, count: format.width * format.height), chroma, chroma]
  func readFrame() -> Bool {
    planes.indices.allSatisfy { plane in
      let count = planes[plane].count
      return fread(&planes[plane], 1, count, file) == count
    }
  }
  while readFrame() {
    try writer.append(planes: planes)
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
let encodeFrames = arguments[1].hasSuffix(".yuv") ? encodePlanes : encode
try encodeFrames(file, arguments[4], format)
