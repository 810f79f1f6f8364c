internal import Glibc

/// How a transition starts and stops: how far it has come at each moment of its time.
///
/// The curves are Robert Penner's (Programming Macromedia Flash MX, 2002, chapter 7), under the names that CSS libraries
/// and GSAP made common: `in` starts slowly, `out` stops slowly, `in-out` does both. `back` overshoots its end by 10 %
/// and so leaves the line between the keyframes; `bounce` comes back three times before it stays.
public enum Ease: String, CaseIterable, Sendable {
  case linear
  /// 3 t² − 2 t³, as in OpenGL's shading language.
  case smoothstep
  case quadIn = "quad-in"
  case quadOut = "quad-out"
  case quadInOut = "quad-in-out"
  case cubicIn = "cubic-in"
  case cubicOut = "cubic-out"
  case cubicInOut = "cubic-in-out"
  case sineIn = "sine-in"
  case sineOut = "sine-out"
  case sineInOut = "sine-in-out"
  case backIn = "back-in"
  case backOut = "back-out"
  case backInOut = "back-in-out"
  case bounceIn = "bounce-in"
  case bounceOut = "bounce-out"
  case bounceInOut = "bounce-in-out"

  /// How far a transition has come at a share of its time from 0 to 1; exactly 0 and 1 at its ends.
  public func progress(at time: Double) -> Double {
    guard time > 0, time < 1 else { return min(max(time, 0), 1) }
    switch self {
    case .linear: return time
    case .smoothstep: return time * time * (3 - 2 * time)
    case .quadIn: return Ease.square(time)
    case .quadOut: return Ease.reversed(Ease.square, time)
    case .quadInOut: return Ease.both(Ease.square, time)
    case .cubicIn: return Ease.cube(time)
    case .cubicOut: return Ease.reversed(Ease.cube, time)
    case .cubicInOut: return Ease.both(Ease.cube, time)
    case .sineIn: return Ease.sine(time)
    case .sineOut: return Ease.reversed(Ease.sine, time)
    case .sineInOut: return Ease.both(Ease.sine, time)
    case .backIn: return Ease.back(time)
    case .backOut: return Ease.reversed({ Ease.back($0) }, time)
    case .backInOut: return Ease.both({ Ease.back($0, overshoot: Ease.overshoot * 1.525) }, time)
    case .bounceIn: return Ease.bounce(time)
    case .bounceOut: return Ease.reversed(Ease.bounce, time)
    case .bounceInOut: return Ease.both(Ease.bounce, time)
    }
  }

  /// The overshoot at which `back` goes 10 % beyond its end.
  private static let overshoot = 1.70158

  private static func square(_ time: Double) -> Double { time * time }
  private static func cube(_ time: Double) -> Double { time * time * time }
  private static func sine(_ time: Double) -> Double { 1 - cos(time * .pi / 2) }

  private static func back(_ time: Double, overshoot: Double = Ease.overshoot) -> Double {
    time * time * ((overshoot + 1) * time - overshoot)
  }

  /// Four parabolas, each half as wide as the one before it or as wide, all of one curvature.
  private static func bounce(_ time: Double) -> Double {
    let rest = 1 - time
    let (top, floor) =
      rest < 1 / 2.75
      ? (0, 0)
      : rest < 2 / 2.75
        ? (1.5 / 2.75, 0.75) : rest < 2.5 / 2.75 ? (2.25 / 2.75, 0.9375) : (2.625 / 2.75, 0.984375)
    return 1 - (7.5625 * (rest - top) * (rest - top) + floor)
  }

  private static func reversed(_ curve: (Double) -> Double, _ time: Double) -> Double { 1 - curve(1 - time) }

  private static func both(_ curve: (Double) -> Double, _ time: Double) -> Double {
    time < 0.5 ? curve(2 * time) / 2 : 1 - curve(2 - 2 * time) / 2
  }
}
