// The key below the map: what each colour, pattern and sign means, and how exact the outlines are.
internal import TruceModel

/// One entry of the legend.
struct LegendEntry: Hashable {
  enum Sign: Hashable {
    case area(AreaStyle)
    case line(colour: String, width: Double, dash: String?)
    case post
    case town
  }

  var sign: Sign
  var words: String
}

/// The legend's rows for a width.
func legendRows(_ entries: [LegendEntry], width: Double) -> [[(entry: LegendEntry, x: Double)]] {
  var rows: [[(entry: LegendEntry, x: Double)]] = []
  var x = 0.0
  for entry in entries {
    // Where none of the fonts is there the one that stands in is wider, and the next sign must not lie on the words.
    let needed = 34 + textWidth(entry.words, size: 11.5) * 1.15 + 14
    if rows.isEmpty || x + needed > width, x > 0 || rows.isEmpty {
      rows.append([])
      x = 0
    }
    rows[rows.count - 1].append((entry, x))
    x += needed
  }
  return rows
}

/// The height of one row of the legend.
let legendRowHeight = 20.0

/// Draws the legend's rows from a point down.
func drawLegend(_ rows: [[(entry: LegendEntry, x: Double)]], x left: Double, y top: Double, into svg: inout SVGWriter) {
  svg.open("g", ["class": "map-legend", "transform": "translate(\(decimal(left)) \(decimal(top)))"])
  for (index, row) in rows.enumerated() {
    for (entry, x) in row {
      let y = Double(index) * legendRowHeight
      drawSign(entry.sign, x: x, y: y, into: &svg)
      svg.element(
        "text", ["class": "map-text", "x": decimal(x + 34), "y": decimal(y + 10.5), "font-size": "11.5", "fill": "#3a414b"], entry.words)
    }
  }
  svg.close("g")
}

private func drawSign(_ sign: LegendEntry.Sign, x: Double, y: Double, into svg: inout SVGWriter) {
  switch sign {
  case .area(let style):
    let box: [(String, String)] = [("x", decimal(x)), ("y", decimal(y)), ("width", "26"), ("height", "13")]
    svg.element(
      "rect",
      [
        "x": box[0].1, "y": box[1].1, "width": "26", "height": "13", "fill": style.fill, "fill-opacity": decimal(style.fillOpacity, 2),
        "stroke": style.stroke, "stroke-width": "1.3", "stroke-dasharray": style.dash.map { _ in "5 3" },
      ])
    if let pattern = style.pattern {
      svg.element("rect", ["x": box[0].1, "y": box[1].1, "width": "26", "height": "13", "fill": "url(#\(pattern))"])
    }
  case .line(let colour, let width, let dash):
    svg.element(
      "path",
      [
        "d": "M\(decimal(x)) \(decimal(y + 6.5))h26", "stroke": colour, "stroke-width": decimal(width), "stroke-dasharray": dash,
        "fill": "none",
      ])
  case .post: drawPost(Pixel(x: x + 13, y: y + 6.5), into: &svg)
  case .town: svg.element("circle", ["cx": decimal(x + 13), "cy": decimal(y + 6.5), "r": "3", "fill": "#22272e", "class": "map-town"])
  }
}

/// The sign of posts: a ring around an open triangle; it says "about here", not where.
func drawPost(_ at: Pixel, into svg: inout SVGWriter) {
  svg.element(
    "circle",
    [
      "class": "map-post-ring", "cx": decimal(at.x), "cy": decimal(at.y), "r": "7", "fill": "#ffffff", "fill-opacity": "0.9",
      "stroke": "#22272e", "stroke-width": "1", "stroke-dasharray": "2 2",
    ])
  svg.element(
    "path",
    [
      "class": "map-post", "d": "M\(decimal(at.x)) \(decimal(at.y - 4))l3.8 6.6h-7.6Z", "fill": "#22272e",
    ])
}
