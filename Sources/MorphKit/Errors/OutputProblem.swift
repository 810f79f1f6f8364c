/// Why a result can't be written.
public enum OutputProblem: Error, Equatable, Sendable {
  case cannotWrite(reason: String)
  case anotherFile
  /// From an earlier form of the job; what changed, each in a few words.
  case earlierResult([String])
  case otherResult
  case changedSince
  case folderInUse
  case foreignFile(String)
  case frameMissing(String)
  case singlesInUse
  case notAFile
  case patternInUse(frameCount: Int)
  case foreignRecord
  case isInput
  case modelFolderExists
  case reportExists
  case gridTooLarge(width: Int, height: Int)
  case gridRowTooLarge(megabytes: Int)
  case videoTooLarge(width: Int, height: Int)
  case frameTooLarge(width: Int, height: Int)
  case pictureTooLarge(width: Int, height: Int)
  case videoFailed(reason: String)
  case latentsTooLarge(megabytes: Int)
  case piecesDiffer
  case noRecord
  case damagedRecord
  case notAsRecorded([String])
  case otherKind(ending: String)
  case noStatusPage
  case belongsToJob(String)
  case labelFailed(reason: String)

  var message: String {
    switch self {
    case .cannotWrite(let reason):
      "can't be written: \(reason)."
    case .anotherFile:
      "exists already and is something else. Use --overwrite to replace it, or give the result another name."
    case .earlierResult(let changes):
      "is an earlier result of this job: \(changes.joined(separator: ", ")). Use --overwrite to make it again, or give "
        + "the result another name."
    case .otherResult:
      "is the result of another job. Use --overwrite to replace it, or give the result another name."
    case .changedSince:
      "was changed after facewalk wrote it. Use --overwrite to make it again, or give the result another name."
    case .patternInUse(let frameCount):
      "fits pictures with numbers from \(frameCount) up that facewalk did not write, and that would follow the last "
        + "frame. Move them, or use another name with -o."
    case .notAFile:
      "exists already and is no file, so it is not replaced. Name another file with -o."
    case .folderInUse:
      "holds files that facewalk did not write, or that were changed since. Name another folder with -o."
    case .isInput:
      "is read by this job, so its result can't take that place. Give the result another name."
    case .foreignFile(let name):
      "holds \(name), which facewalk did not write. Name another folder with -o."
    case .frameMissing(let name):
      "has no \(name) any more. Use --overwrite to make it again, or name another folder with -o."
    case .singlesInUse:
      "holds files that facewalk did not write besides this grid, or that were changed since. Name another folder with "
        + "--singles."
    case .modelFolderExists:
      "exists already. Name another folder with -o."
    case .reportExists:
      "exists already. Use --overwrite to replace it, or give the report another name."
    case .foreignRecord:
      "exists already and is no record of facewalk's. Move it, or give the result another name."
    case .gridTooLarge(let width, let height):
      "would have \(width) × \(height) pixels; a PNG has 1,000,000 a side at most. Use --tile to "
        + "split it into sheets, change --columns, or ask for fewer pictures."
    case .gridRowTooLarge(let megabytes):
      "would take \(megabytes) MB of memory for a row of pictures; 512 MB are the most. Use --tile to split it "
        + "into sheets, fewer --columns or a smaller --size."
    case .videoTooLarge(let width, let height):
      "would have \(width) × \(height) pixels; a video has 35 million at most, 16,384 a side. Use a smaller --size."
    case .frameTooLarge(let width, let height):
      "would have \(width) × \(height) pixels in each frame; 35 million are the most, 16,384 a side. Use fewer cells or a "
        + "smaller --gap."
    case .pictureTooLarge(let width, let height):
      "would have \(width) × \(height) pixels; a single picture has 133 million at most. Use a smaller --size."
    case .piecesDiffer:
      "can't be joined: its pieces were made by different versions of the encoder. Remove the folder beside it that "
        + "ends in .parts, and use one version of facewalk and its libraries."
    case .noRecord:
      "has no record, so it can't be told how it was made. Is it a result of facewalk's? Use --records if records are "
        + "elsewhere."
    case .damagedRecord:
      "is no record of facewalk's, or was edited or cut off."
    case .notAsRecorded(let changes):
      "can't be made again as it was: \(changes.joined(separator: ", "))."
    case .otherKind(let ending):
      "is another kind of result. Use a name like that of the first one, with \(ending)."
    case .noStatusPage:
      "exists already and is no page of facewalk's. Use --overwrite to replace it, or name another file."
    case .belongsToJob(let job):
      "is a file of the job at \(job), so it is not replaced. Name another file."
    case .latentsTooLarge(let megabytes):
      "would have \(megabytes) MB; a file of latents has 1024 at most. Encode fewer photos at a time."
    case .labelFailed(let reason):
      "can't be drawn: \(reason)."
    case .videoFailed(let reason):
      "can't be encoded: \(reason)."
    }
  }
}
