/// What is wrong at a column of a sum of keyframes.
public enum ExpressionProblem: Equatable, Sendable {
  case nothingBefore(Character)
  case nothingBehind(Character)
  case numberAlone(String)
  case numbersAlone
  case decimalComma(String)
  case noNumber
  case severalFactors
  case operand(String)

  var message: String {
    switch self {
    case .nothingBefore("-"):
      "nothing stands before '-'. Put a photo, a seed or a file of latents there, or write -1 * instead."
    case .decimalComma(let text):
      "'\(text)' is no number here. Write it with a point: \(text.replacing(",", with: "."))."
    case .nothingBefore(let sign):
      "nothing stands before '\(sign)'. Put a photo, a seed or a file of latents there."
    case .nothingBehind(let sign):
      "nothing stands behind '\(sign)'. Put a photo, a seed or a file of latents there."
    case .numberAlone(let text):
      "'\(text)' is only a number. Multiply something by it, as in \(text) * smile.npy."
    case .numbersAlone:
      "two numbers are multiplied. One of them must be a photo, a seed or a file of latents."
    case .noNumber: "two faces are multiplied. One side of '*' must be a number, as in 0.5 * ada.jpg."
    case .severalFactors: "a second '*'. Work the numbers out, and write one."
    case .operand(let message): message
    }
  }
}
