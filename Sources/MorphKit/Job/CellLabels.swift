internal import Digests

/// What stands below the pictures of a grid.
struct CellLabels: Sendable {
  /// How many pictures there are; a pair counts once.
  let count: Int
  /// The text of a picture, by its number from 0.
  let text: @Sendable (Int) -> String
  private let isPairs: Bool

  init(count: Int, isPairs: Bool = false, text: @escaping @Sendable (Int) -> String) {
    self.count = count
    self.isPairs = isPairs
    self.text = text
  }

  /// `nil` for a job without labels.
  init?(of job: MorphJob, inputs: JobInputs) {
    guard case .grid(let grid) = job.output.format else { return nil }
    let text: @Sendable (Int) -> String
    switch grid.labels {
    case .none: return nil
    case .index: text = { "\($0)" }
    case .name: text = job.pictureNames
    case .seed:
      guard case .sample(let seeds) = job.content else { preconditionFailure("only these have seeds") }
      text = { "\(seeds[$0])" }
    case .file:
      guard let lines = inputs.labelFile?.lines else { preconditionFailure("the file was read") }
      text = { lines[$0] }
    }
    var isPairs = false
    if case .reconstruct = job.content { isPairs = true }
    self.init(count: job.pictureCount, isPairs: isPairs, text: text)
  }

  /// What stands below a cell of a grid of so many columns; `nil` for the upper one of a pair, and an empty one.
  func text(ofCell cell: Int, columns: Int) -> String? {
    guard isPairs else { return text(cell) }
    let pair = PairLayout(columns: columns).pair(ofCell: cell)
    return pair.isPhoto || pair.number >= count ? nil : text(pair.number)
  }

  /// SHA-256 of a line for each.
  var digest: String { digestOfLines((0..<count).lazy.map { [text] in text($0) }) }
}

extension MorphJob.Labels {
  /// What records call it.
  var kind: String {
    switch self {
    case .none: "none"
    case .index: "index"
    case .seed: "seed"
    case .name: "name"
    case .file: "file"
    }
  }
}

/// What the single pictures are called that a grid leaves besides.
struct SingleNames: Sendable {
  let count: Int
  /// The file name of a picture, by its number from 0.
  let fileName: @Sendable (Int) -> String
  /// Which picture a cell of the grid is; `nil` for one that is empty.
  let number: @Sendable (_ cell: Int) -> Int?

  /// SHA-256 of a line for each name.
  var digest: String { digestOfLines((0..<count).lazy.map { [fileName] in fileName($0) }) }
}

extension MorphJob {
  /// Where a grid leaves its single pictures, if it does.
  var singlesFolder: String? {
    if case .grid(let grid) = output.format { grid.singles } else { nil }
  }

  /// The names of the single pictures that it leaves besides its grid; `nil` when it leaves none.
  func singleNames(in shape: ResultShape) -> SingleNames? {
    guard singlesFolder != nil else { return nil }
    guard case .reconstruct(let photos) = content else {
      let name = pictureNames
      return SingleNames(count: pictureCount, fileName: { name($0) + ".png" }, number: { $0 })
    }
    // Each reconstruction has its photo's name, and the photo itself a longer one.
    let count = photos.count
    let names = uniqueNames(photos.map(\.stem) + photos.map { $0.stem + "-photo" })
    let columns = shape.columns
    return SingleNames(count: 2 * count, fileName: { names[$0] + ".png" }) { cell in
      let pair = PairLayout(columns: columns).pair(ofCell: cell)
      guard pair.number < count else { return nil }
      return pair.isPhoto ? count + pair.number : pair.number
    }
  }
}

/// How pairs stand in a grid: a row of photos above a row of their reconstructions.
struct PairLayout: Sendable {
  let columns: Int

  /// Which pair a cell belongs to, and which half of it is there.
  func pair(ofCell cell: Int) -> (number: Int, isPhoto: Bool) {
    let (row, column) = (cell / columns, cell % columns)
    return (row / 2 * columns + column, row % 2 == 0)
  }
}
