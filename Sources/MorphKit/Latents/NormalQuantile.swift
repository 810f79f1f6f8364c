internal import Glibc

/// The number below which a standard normal one lies with a probability between 0 and 1.
///
/// Newton's method on the distribution function Φ(x) = erfc(−x / √2) / 2, whose derivative is the density
/// φ(x) = exp(−x² / 2) / √(2π). Left of its middle Φ is convex, so from there the method comes down to the root without
/// passing it; the right half is the left one mirrored.
func normalQuantile(_ probability: Double) -> Double {
  precondition(probability > 0 && probability < 1, "a probability between 0 and 1")
  guard probability <= 0.5 else { return -normalQuantile(1 - probability) }
  var x = 0.0
  for _ in 0..<200 {
    let distance = erfc(-x / 2.0.squareRoot()) / 2 - probability
    let step = distance / (exp(-x * x / 2) / (2 * Double.pi).squareRoot())
    x -= step
    if abs(step) <= 1e-15 * max(1, abs(x)) { break }
  }
  return x
}
