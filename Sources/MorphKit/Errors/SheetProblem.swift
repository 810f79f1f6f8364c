/// What is wrong with the rows, columns and cells of a look into a latent space.
public enum SheetProblem: Error, Equatable, Sendable {
  case repeatedDimension(Int)
  case tooManyToMeasure(Int, limit: Int)
  case needsPhotosToMeasure
  case keyframeCount(Int, needed: String)
  case unequalCells(keyframes: Int, cells: Int)

  var message: String {
    switch self {
    case .repeatedDimension(let dimension):
      return "dimension \(dimension) stands there twice. Keep one of them."
    case .tooManyToMeasure(let count, let limit):
      return
        "the effect of \(count) dimensions would have to be measured, and of \(limit) at most it can be. "
        + "Name dimensions as in 0,3,5-9, or use --order index."
    case .needsPhotosToMeasure:
      return "the latent loss is measured over photos. Name some with --over, or use effect or index."
    case .keyframeCount(let count, let needed):
      return
        (count == 0
        ? "no keyframe is named" : count == 1 ? "one keyframe is named" : "\(count) keyframes are named")
        + "; \(needed)."
    case .unequalCells(let keyframes, let cells):
      let each = max(2, (keyframes + cells - 1) / cells)
      return
        "\(keyframes) keyframes can't be shared by \(cells) cells: each needs as many as the others, and two at "
        + "least. Name \(each * cells), or use fewer cells."
    }
  }
}
