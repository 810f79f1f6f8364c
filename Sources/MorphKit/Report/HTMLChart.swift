/// A chart of numbers from 0 up, whose text stays readable however narrow it is drawn.
struct HTMLChart {
  /// Unique on the page.
  var identifier: String
  var caption: String
  /// What it shows, for those who can't see it.
  var description: String
  /// What stands below its left and right ends.
  var ends: (String, String)
  var largest: Double
  var decimals: Int
  /// How many units it is wide; it is 100 high.
  fileprivate var width: Int
  fileprivate var shapes: String

  var html: String {
    """
    <figure><figcaption>\(escaped(caption))</figcaption>
    <div class="plot"><span>\(figure(largest, decimals))</span>
    <svg viewBox="0 0 \(width) 100" preserveAspectRatio="none" role="img" \
    aria-labelledby="\(identifier)-title \(identifier)-text">\
    <title id="\(identifier)-title">\(escaped(caption))</title>\
    <desc id="\(identifier)-text">\(escaped(description))</desc>\(shapes)</svg>
    <span>0</span></div>
    <div class="ends"><span>\(escaped(ends.0))</span><span>\(escaped(ends.1))</span></div></figure>

    """
  }

  static let style = """
    figure { margin: 1rem 0; }
    .plot { display: grid; grid-template: "high plot" 1fr "low plot" auto / 3.5rem minmax(0, 1fr); column-gap: .5rem; }
    .plot span { text-align: right; font-size: .85rem; }
    .plot svg { grid-area: plot; width: 100%; height: 11rem; border: solid #8888; border-width: 0 0 1px 1px; }
    .ends { display: flex; justify-content: space-between; padding-left: 4rem; font-size: .85rem; }
    rect { fill: #3b7dd8; } rect.off { fill: #8889; }
    path { fill: none; stroke: #3b7dd8; stroke-width: 2; vector-effect: non-scaling-stroke; }
    path.keyframe { stroke: #888a; stroke-width: 1; }

    """
}

extension HTMLChart {
  /// A bar for each number.
  init(
    bars: [(name: String, value: Double, isOn: Bool)], identifier: String, caption: String,
    description: String, ends: (String, String), decimals: Int
  ) {
    let largest = bars.map(\.value).max() ?? 0
    let shapes = bars.enumerated().map { index, bar in
      let height = largest > 0 ? max(bar.value / largest * 100, 0.5) : 0.5
      return "<rect\(bar.isOn ? "" : " class=\"off\"") x=\"\(decimal(Double(index) + 0.1))\" "
        + "y=\"\(decimal(100 - height))\" width=\"0.8\" height=\"\(decimal(height))\">"
        + "<title>\(escaped(bar.name)): \(figure(bar.value, decimals))</title></rect>"
    }
    self.init(
      identifier: identifier, caption: caption, description: description, ends: ends, largest: largest,
      decimals: decimals, width: max(bars.count, 1), shapes: shapes.joined())
  }

  /// A line of steps, with a mark at each keyframe.
  init(
    of curve: ChangeCurve, identifier: String, caption: String, description: String, ends: (String, String),
    decimals: Int
  ) {
    let largest = curve.values.max() ?? 0
    let count = curve.values.count
    var line = ""
    for (index, value) in curve.values.enumerated() {
      let y = decimal(largest > 0 ? 100 - value / largest * 98 : 100)
      line += index == 0 ? "M0 \(y)" : "V\(y)"
      line += "H\(index + 1)"
    }
    let marks = curve.keyframeShares.map { share in
      "<path class=\"keyframe\" d=\"M\(decimal(share * Double(count))) 0V100\"/>"
    }
    self.init(
      identifier: identifier, caption: caption, description: description, ends: ends, largest: largest,
      decimals: decimals, width: max(count, 1), shapes: marks.joined() + "<path d=\"\(line)\"/>")
  }
}
