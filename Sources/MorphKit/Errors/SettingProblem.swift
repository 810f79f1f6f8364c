/// What the command line, a job file or a model.yaml states that can't be.
public enum SettingProblem: Error, Equatable, Sendable {
  case value(String, allowed: String)
  case unknownKey(String, nearest: String?)
  case retiredKey(String)
  case repeatedKey(String)
  case noValue(String)
  case missingKey(String)
  case needsOneOf([String])
  case wrongKind(key: String, expected: String)
  case exclusive(String, String)
  case notForThisOutput(String, output: String)
  case notForThisCommand(String, command: String, allowed: [String])
  case notASeed(String)
  case notOneSeed(String)
  case backwardSeeds(String, turned: String)
  case tooFewKeyframes(Int)
  case wrongCount(of: String, Int, expected: Int)
  case transitionTooShort(seconds: Double, frameRate: FrameRate)
  case durationTooShort(seconds: Double, shortest: Double)
  case shorterThanFrame(String, frameRate: FrameRate)
  case loopHasNoEnds(String)
  case loopRepeatsFirst
  case notAPosition(String)
  case rangeWithoutEnd(String)
  case stepMissesEnd(String, fitting: String)
  case repeatedPosition(String)
  case tooManyStills
  case tooManyFrames
  case unknownEnding(String, allowed: [String])
  case syntax(String)
  case alias(Character)
  case emptyFile
  case fileTooLarge
  case missingFile
  case unreadable(reason: String)
  case modelNotInstalled(String, installed: [String])
  case emptyShardNumber(String)
  case emptyShardCount(String)
  case noShards(String)
  case shardZero(String, count: Int)
  case shardBeyond(Int, count: Int)
  case bracesNeedQuotes(String)
  case openBrace(String)
  case unknownVariable(String, known: [String])
  case notANumber(String, value: String)
  case nameOfPair
  case outputEscapes(String)
  case sharedOutput(String, owner: String)
  case noFileFits(String)
  case noPhotoInFolder(String)
  case noPhotoName
  case noLatentsName
  case missingChoice(String, allowed: [String])
  case tooManyFiles
  case tooFewForPairs(Int)
  case tooManyJobs
  case expandsTooFar
  case manyJobs(Int)
  case table(TableProblem)
  case expression(column: Int, ExpressionProblem)
  case withoutQuotes(String)
  case severalKeyframes(String)
  case tooManyKeyframes
  case facesNotCounted(String)
  case noFaceLookedFor(String)
  case needsOther(String)
  case notForThisInput(String)
  case statesNoMorph
  case sheet(SheetProblem)
  case tileTooSmall(Int, least: Int, columns: Int)
  case labelCount(Int, expected: Int)
  case labelFile(String)
}
