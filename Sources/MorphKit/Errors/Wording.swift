/// `a, b or c`.
func list(_ words: [String], last conjunction: String) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) \(last)"
}

/// A number for people: at most four decimals, none that are zero.
func decimal(_ number: Double) -> String {
  let scaled = (abs(number) * 10_000).rounded()
  guard scaled < 1e15 else { return "\(number)" }
  let whole = Int(scaled) / 10_000
  var decimals = String(Int(scaled) % 10_000)
  decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
  while decimals.last == "0" {
    decimals.removeLast()
  }
  return (number < 0 ? "-" : "") + "\(whole)" + (decimals.isEmpty ? "" : ".\(decimals)")
}
