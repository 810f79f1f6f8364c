/// Reads sums of keyframes: `ada.jpg + 1.5 * smile.npy`.
///
/// `+`, `-` and `*` count only with a space on both sides, so names may hold them. `*` stands between a number and a
/// keyframe.
struct KeyframeExpression {
  private struct Piece {
    var text: String
    /// Counted from 1.
    var column: Int
  }

  private var operands: [Piece] = []
  /// What stands between the operands.
  private var signs: [Piece] = []
  private let folder: String

  /// `nil` for a text without a sign.
  init?(_ text: String, from folder: String) {
    self.folder = folder
    let letters = Array(text)
    var start = 0
    for index in letters.indices where "+-*".contains(letters[index]) {
      guard index == 0 || letters[index - 1].isWhitespace, index + 1 < letters.count,
        letters[index + 1].isWhitespace
      else { continue }
      operands.append(KeyframeExpression.piece(letters, start..<index))
      signs.append(Piece(text: String(letters[index]), column: index + 1))
      start = index + 1
    }
    guard !signs.isEmpty else { return nil }
    operands.append(KeyframeExpression.piece(letters, start..<letters.count))
  }

  private static func piece(_ letters: [Character], _ range: Range<Int>) -> Piece {
    let first = range.first { !letters[$0].isWhitespace } ?? range.lowerBound
    return Piece(text: trimmed(String(letters[range])), column: first + 1)
  }

  /// The terms, each with its sign in its factor; throws with the column of the first that can't be read.
  func terms() throws(SettingProblem) -> [KeyframeTerm] {
    var terms: [KeyframeTerm] = []
    var first = 0
    for index in operands.indices where index == signs.count || signs[index].text != "*" {
      let isMinus = first > 0 && signs[first - 1].text == "-"
      let term = try term(first...index)
      terms.append(KeyframeTerm(isMinus ? -term.factor : term.factor, term.keyframe))
      first = index + 1
    }
    return terms
  }

  /// Operands with `*` between them.
  private func term(_ range: ClosedRange<Int>) throws(SettingProblem) -> KeyframeTerm {
    for index in range where operands[index].text.isEmpty {
      let isFirst = index == 0
      let sign = signs[isFirst ? 0 : index - 1]
      let letter = sign.text.first ?? "+"
      throw .expression(column: sign.column, isFirst ? .nothingBefore(letter) : .nothingBehind(letter))
    }
    let factors = operands[range].map { number($0) }
    switch (range.count, factors.compactMap(\.self).count) {
    case (1, 0): return KeyframeTerm(1, try keyframe(operands[range.lowerBound]))
    case (1, _):
      let piece = operands[range.lowerBound]
      throw .expression(column: piece.column, .numberAlone(piece.text))
    case (2, 0):
      if let comma = operands[range].first(where: { $0.text.wholeMatch(of: /[-+]?\d+,\d+/) != nil }) {
        throw .expression(column: comma.column, .decimalComma(comma.text))
      }
      throw .expression(column: signs[range.lowerBound].column, .noNumber)
    case (2, 2): throw .expression(column: signs[range.lowerBound].column, .numbersAlone)
    case (2, _):
      let isFirst = factors[0] != nil
      let keyframe = try keyframe(operands[isFirst ? range.upperBound : range.lowerBound])
      let piece = operands[isFirst ? range.lowerBound : range.upperBound]
      guard let factor = factors[isFirst ? 0 : 1], abs(factor) <= KeyframeTerm.factorLimit else {
        throw .expression(
          column: piece.column,
          .operand(SettingProblem.value(piece.text, allowed: "a number from -1000 to 1000").message))
      }
      return KeyframeTerm(factor, keyframe)
    default: throw .expression(column: signs[range.lowerBound + 1].column, .severalFactors)
    }
  }

  private func number(_ piece: Piece) -> Double? {
    kind(ofPath: path(piece.text, from: folder)) == .nothing ? plainNumber(piece.text) : nil
  }

  private func keyframe(_ piece: Piece) throws(SettingProblem) -> Keyframe {
    do throws(SettingProblem) {
      return try Keyframe(parsing: piece.text, from: folder)
    } catch {
      throw .expression(column: piece.column, .operand(error.message))
    }
  }
}

extension KeyframeTerm {
  /// A larger factor is a slip of the pen.
  static let factorLimit = 1000.0
}
