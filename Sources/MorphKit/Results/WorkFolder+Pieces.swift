internal import Glibc

/// The finished pieces in the folder, each named for what its content must be, so none of them has to be on the disk
/// before the result is.
extension WorkFolder {
  /// Gives a finished chunk its name; the only chunk of a result is the result.
  func keep(_ temporary: String, asChunk number: Int = 0) throws(MorphError) -> Piece {
    try keep(temporary, as: .chunk(number), ending: chunkEnding)
  }

  /// Gives the chunks that were put together their name.
  func keepResult(_ temporary: String) throws(MorphError) -> Piece {
    try keep(temporary, as: .result, ending: "")
  }

  private func keep(_ temporary: String, as part: PieceName.Part, ending: String) throws(MorphError) -> Piece
  {
    try naming { () throws(FileProblem) in
      guard let digest = try place.digest(at: temporary) else { throw .missing }
      let piece = path + "/" + PieceName(part, digest: digest, ending: ending).fileName
      do throws(FileProblem) {
        try move(temporary, to: piece)
      } catch {
        // Another process was here first, with the same frames.
        guard kind(ofPath: piece) == .folder else { throw error }
        removeAll(temporary)
      }
      return Piece(path: piece, digest: digest)
    }
  }

  /// The finished result that an interrupted run left; one whose content doesn't fit its name is removed.
  func keptResult() throws(MorphError) -> Piece? {
    guard kind(ofPath: path) == .folder, let piece = try resultPiece() else { return nil }
    // A grid is kept after its single pictures.
    if let singles, try singles.work.keptResult() == nil { return nil }
    return try intact(piece)
  }

  /// The finished chunks of these numbers; those whose content doesn't fit their name are removed.
  func keptChunks(_ numbers: some Sequence<Int>) throws(MorphError) -> [Int: Piece] {
    guard chunkCount > 1 else { return [:] }
    let wanted = Set(numbers)
    var kept: [Int: Piece] = [:]
    for (number, path) in try chunkPaths() where wanted.contains(number) && kept[number] == nil {
      kept[number] = try intact(path)
    }
    return kept
  }

  /// The numbers of the chunks that are not there, by the names of those that are; none when the whole result is.
  func missingChunks() throws(MorphError) -> ChunkNumbers {
    guard kind(ofPath: path) == .folder else { return ChunkNumbers(0..<chunkCount) }
    guard try resultPiece() == nil else { return [] }
    return ChunkNumbers(0..<chunkCount, without: Set(try chunkPaths().map(\.number)))
  }

  private func chunkPaths() throws(MorphError) -> [(number: Int, path: String)] {
    guard kind(ofPath: path) == .folder else { return [] }
    return try pieceNames().compactMap { name in
      guard case .chunk(let number) = name.part, number < chunkCount else { return nil }
      return (number, path + "/" + name.fileName)
    }
  }

  /// The finished result that lies in the folder.
  func resultPiece() throws(MorphError) -> String? {
    let part = chunkCount == 1 ? PieceName.Part.chunk(0) : .result
    return try pieceNames().first { $0.part == part }.map { path + "/" + $0.fileName }
  }

  private func pieceNames() throws(MorphError) -> [PieceName] {
    try naming { () throws(FileProblem) in try namesInFolder(path).sorted().compactMap { PieceName($0) } }
  }

  private func intact(_ path: String) throws(MorphError) -> Piece? {
    let digest = try naming { () throws(FileProblem) in try place.digest(at: path) }
    guard let digest, PieceName(fileName(path))?.digits == String(digest.prefix(16)) else {
      removeAll(path)
      return nil
    }
    return Piece(path: path, digest: digest)
  }

  /// Of the only chunk there is none, since it gets the result's name.
  private var chunkEnding: String { place.shape == .file && chunkCount > 1 ? ".mp4" : "" }
}
