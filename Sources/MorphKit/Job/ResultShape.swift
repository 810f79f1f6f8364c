/// The size and number of a result's pictures, known before the first of them is made.
struct ResultShape: Equatable, Sendable {
  /// Of each picture, in pixels.
  let width: Int
  let height: Int
  let frameCount: Int
  /// Of a grid; 1 for other results.
  let columns: Int
  private let faceCount: Int
  /// Where pictures stand in each frame, when there are several; at the frame's size, or at a size from which the whole
  /// frame is scaled.
  let mosaicLayout: GridLayout?
  /// Of a grid.
  let sheets: GridSheets?
  private let isLatents: Bool
  private let seconds: Double?

  private static let leastVideoSide = 512
  private static let videoSideLimit = 16_384
  /// The largest frame of H.264's level 6.2, in pixels.
  private static let videoPixelLimit = 139_264 * 256
  /// How many bytes of finished pictures may wait to be written.
  private static let waitingByteLimit = 200_000_000
  /// A larger picture is none that could be held beside another.
  private static let pictureByteLimit = 400_000_000
  /// A short morph stands in one row.
  private static let rowLimit = 17

  private static func mayBeFrame(width: Int, height: Int) -> Bool {
    max(width, height) <= videoSideLimit && width * height <= videoPixelLimit
  }

  /// Throws when the result would be larger than its format allows.
  init(of job: MorphJob, model: ModelDescription) throws(MorphError) {
    let detail = job.detail(with: model)
    let picture = DetailCanvas.nativeSize(detail, of: model)
    let mosaic: GridLayout?
    do throws(OutputProblem) {
      mosaic = try job.mosaic.map { mosaic throws(OutputProblem) in
        let layout = try mosaic.layout(cellWidth: picture.width, cellHeight: picture.height)
        guard ResultShape.mayBeFrame(width: layout.width, height: layout.height) else {
          throw .frameTooLarge(width: layout.width, height: layout.height)
        }
        return layout
      }
    } catch {
      throw MorphError(job.outputName, error)
    }
    let native =
      mosaic.map { (width: $0.width, height: $0.height) }
      ?? picture
    let longer = max(native.width, native.height)
    switch job.size {
    case .native:
      (width, height) = native
    case .automatic where picture != (model.image.width, model.image.height) && mosaic == nil:
      let side = max(longer, ResultShape.leastVideoSide)
      width = max(1, (native.width * side + longer / 2) / longer)
      height = max(1, (native.height * side + longer / 2) / longer)
    case .automatic:
      let factor =
        longer >= ResultShape.leastVideoSide ? 1 : (ResultShape.leastVideoSide + longer - 1) / longer
      (width, height) = (native.width * factor, native.height * factor)
    case .longerSide(let side):
      width = max(1, (native.width * side + longer / 2) / longer)
      height = max(1, (native.height * side + longer / 2) / longer)
    }
    mosaicLayout = mosaic?.enlarged(toWidth: width, height: height)
    faceCount = job.faceCount
    if case .latents = job.output.format { isLatents = true } else { isLatents = false }
    let pictures = job.pictureCount
    switch job.output.format {
    case .video(let video):
      guard ResultShape.mayBeFrame(width: width, height: height) else {
        throw MorphError(job.outputName, OutputProblem.videoTooLarge(width: width, height: height))
      }
      (frameCount, columns, sheets) = (pictures, 1, nil)
      seconds = Double(pictures) / video.frameRate.framesPerSecond
    case .grid(let grid):
      let isRow: Bool
      if case .morph = job.content { isRow = pictures <= ResultShape.rowLimit } else { isRow = false }
      let isPairs: Bool
      if case .reconstruct = job.content { isPairs = true } else { isPairs = false }
      do throws(GridProblem) {
        let sheets = try ResultShape.sheets(
          of: pictures, columns: job.content.columns ?? grid.columns, isRow: isRow, isPairs: isPairs,
          width: width,
          height: height, settings: grid)
        self.sheets = sheets
        (frameCount, columns, seconds) = (sheets.cellCount, sheets.layout.columns, nil)
      } catch {
        throw error.named(job.outputName)
      }
    case .frames, .latents:
      guard width * height * 3 <= ResultShape.pictureByteLimit else {
        throw MorphError(job.outputName, OutputProblem.pictureTooLarge(width: width, height: height))
      }
      (frameCount, columns, sheets, seconds) = (pictures, 1, nil, nil)
    }
  }

  /// How many pictures may be alive at once, of as many as can be made at once.
  func picturesInFlight(_ wanted: Int) -> Int {
    min(wanted, max(1, ResultShape.waitingByteLimit / (width * height * 3)))
  }

  /// A pair counts once where columns are counted, since a photo and its reconstruction share one.
  private static func sheets(
    of pictures: Int, columns stated: Int?, isRow: Bool, isPairs: Bool, width: Int, height: Int,
    settings: MorphJob.GridSettings
  ) throws(GridProblem) -> GridSheets {
    let asked = stated ?? (isRow ? pictures : GridLayout.nearSquareColumns(cellCount: pictures))
    let columns = min(asked, pictures)
    let columnHeight = isPairs ? 2 : 1
    let cells = isPairs ? (pictures + columns - 1) / columns * columns * columnHeight : pictures
    let whole = GridLayout(
      unchecked: cells, columns: columns, cellWidth: width, cellHeight: height,
      gap: cells == 1 ? 0 : settings.gap,
      labelHeight: settings.labels == .none
        ? 0 : GridLayout.labelHeight(cellWidth: width, cellHeight: height),
      rowsPerLabel: columnHeight)
    if let tile = settings.tile, whole.width * whole.height > tile {
      return try GridSheets(
        pictureCount: pictures, columns: stated, columnHeight: columnHeight, pixelLimit: tile,
        like: whole)
    }
    do throws(OutputProblem) {
      try whole.check()
    } catch {
      throw .output(error)
    }
    return GridSheets(of: whole)
  }

  var summary: RenderSummary {
    RenderSummary(
      form: isLatents ? .latents : sheets != nil ? .grid : seconds != nil ? .video : .frames,
      faceCount: faceCount,
      frameCount: frameCount,
      seconds: seconds, width: sheets?.layout.width ?? width, height: sheets?.layout.height ?? height,
      sheetCount: sheets?.count ?? 1)
  }
}

extension MorphJob.Content {
  /// How many columns a sheet has whose rows and columns mean something.
  var columns: Int? {
    switch self {
    case .traverse(let traversal): if case .steps(let count) = traversal.view { count } else { nil }
    case .plane(let plane): plane.columns
    case .between(let keyframes): keyframes.count + 1
    default: nil
    }
  }
}

extension MorphJob {
  /// The size that photos are cut to, where it isn't the model's: an alignment is the result itself.
  @inline(never)  // Inlined into an asynchronous function, it makes the optimiser of Swift 6.3.1 crash.
  func alignedSize(_ shape: ResultShape) -> (width: Int, height: Int)? {
    if case .align = content { (shape.width, shape.height) } else { nil }
  }

  /// How many pictures were asked for; a pair counts once.
  var pictureCount: Int {
    switch content {
    case .morph(_, let timeline): timeline.frameCount
    case .sample(let seeds): seeds.count
    case .reconstruct(let photos), .align(let photos), .encode(let photos): photos.count
    case .decode(let files): files.reduce(0) { $0 + $1.rows.count }
    case .average, .direction: 1
    case .traverse(let traversal):
      switch traversal.view {
      case .steps(let count): traversal.dimensions.count * count
      case .swing(let frameCount): frameCount
      }
    case .plane(let plane): plane.columns * plane.rows
    case .posterior(let draws): 2 + draws.count
    case .between(let keyframes): (keyframes.count + 1) * (keyframes.count + 1)
    }
  }

  fileprivate var faceCount: Int {
    switch content {
    case .morph(let keyframes, _): keyframes.count
    case .sample(let seeds): seeds.count
    case .reconstruct(let photos), .align(let photos), .encode(let photos): photos.count
    case .decode: pictureCount
    case .average, .direction, .traverse, .plane, .between: keyframes.count
    case .posterior: 1
    }
  }

  /// What errors call the result.
  fileprivate var outputName: String { output.path ?? "the result" }
}
