/// Where finished frames go.
///
/// `write(_:)` gets every frame once, in order. `finish()` uses the sink up, so no frame can follow. A sink that is
/// dropped before leaves an unfinished file, which its owner removes.
protocol FrameSink: ~Copyable {
  associatedtype Frame: FinishedPicture
  mutating func write(_ frame: Frame) throws
  consuming func finish() throws
}
