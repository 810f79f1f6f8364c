import FoundationEssentials
import MorphKit

/// An event as one line of JSON, for `--progress json`.
struct JSONLine: Encodable {
  private var event: String
  private var form: String?
  private var faces: Int?
  private var frames: Int?
  private var written: Int?
  private var seconds: Double?
  private var width: Int?
  private var height: Int?
  private var sheets: Int?
  private var decoder: String?
  private var photo: String?
  private var face: Int?
  private var psnr: Double?
  private var ssim: Double?
  private var grade: String?
  private var transitions: [TransitionPace]?
  private var order: String?
  private var dimensions: [DimensionRanking.Figure]?
  private var chunks: Int?
  private var missing: Int?
  private var message: String?
  private var output: String?
  private var job: String?

  /// `job` says which of many it is.
  init(_ event: RenderEvent, job: String? = nil) {
    self.job = job
    switch event {
    case .started(let summary):
      self.event = "started"
      form = summary.form.rawValue
      faces = summary.faceCount
      frames = summary.frameCount
      seconds = summary.seconds
      width = summary.width
      height = summary.height
      sheets = summary.form == .grid ? summary.sheetCount : nil
      decoder = summary.decoder?.rawValue
      message = summary.decoderText
    case .chose(let choice):
      self.event = "chose"
      photo = choice.photo
      face = choice.chosen
      faces = choice.faces.count
      message = choice.summary
    case .matched(let match):
      self.event = "matched"
      photo = match.photo
      face = match.face
      psnr = match.psnr.isFinite ? match.psnr : nil
      ssim = match.ssim
      grade = match.grade?.rawValue
      message = match.text
    case .detail(let note):
      self.event = "detail"
      if case .small(let path, _) = note { photo = path }
      message = note.text
    case .leftOut(let photo):
      self.event = "left_out"
      self.photo = photo
      message = event.note
    case .heldOut:
      self.event = "held_out"
      message = event.note
    case .paced(let transitions):
      self.event = "paced"
      self.transitions = transitions
      message = transitions.lines.joined(separator: "\n")
    case .ranked(let ranking):
      self.event = "ranked"
      order = ranking.order.rawValue
      dimensions = ranking.dimensions
      message = ranking.lines.joined(separator: "\n")
    case .progressed(let progress):
      self.event = "progressed"
      written = progress.framesWritten
      frames = progress.frameCount
    }
  }

  /// How a job ended.
  init(_ result: RenderResult, job: String? = nil, text: String? = nil) {
    self.init(
      event: result.isComplete ? "finished" : "chunks", message: text ?? result.stateText,
      output: result.path,
      job: job)
    if !result.isComplete {
      chunks = result.chunkCount
      missing = result.missingChunks.count
    }
  }

  init(event: String, message: String, output: String? = nil, job: String? = nil) {
    self.event = event
    self.job = job
    self.message = message
    self.output = output
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return printableJSON(String(decoding: try encoder.encode(self), as: UTF8.self))
    } catch {
      return #"{"event":"error","message":"an event can't be written as JSON"}"#
    }
  }
}
