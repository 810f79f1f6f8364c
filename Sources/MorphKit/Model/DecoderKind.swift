/// Which of a model's decoders draws.
public enum DecoderKind: String, CaseIterable, Sendable {
  /// In 32-bit floats.
  case exact
  /// Its 8-bit twin, which some models have: a little coarser, and several times as fast.
  case fast
}
