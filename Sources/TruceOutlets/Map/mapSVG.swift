// The map of a situation as one SVG document that needs nothing beside itself.
public import TruceAtlas
internal import TruceModel
public import TruceSituation

/// Draws a situation on its case's ground.
///
/// Districts are coloured by holder; hatched where disputed, dashed where only the side that gains says so. Corridors, lines, roads,
/// towns and coarsened posts lie above. Elements carry `data-place`, so that a page can make them clickable. Ids and classes begin with
/// `map-` or `place-`; there is no script and no style element, so that a strict content security policy lets it in.
///
/// - Returns: SVG 1.1. A case without any shape gives an image that says so.
public func mapSVG(situation: Situation, case file: Case, options: MapOptions = MapOptions()) -> String {
  MapDrawing(situation: situation, file: file, options: options).render()
}

/// A map while it is drawn.
struct MapDrawing {
  let situation: Situation
  let file: Case
  let options: MapOptions
  let palette: MapPalette
  var svg = SVGWriter()
  var legend: [LegendEntry] = []

  init(situation: Situation, file: Case, options: MapOptions) {
    self.situation = situation
    self.file = file
    self.options = options
    palette = MapPalette(file)
  }

  /// A place with the shape to draw.
  struct Shape {
    var place: Place
    var definition: Place.Definition
    var control: Situation.Control?
  }

  func render() -> String {
    var drawing = self
    return drawing.draw()
  }

  private var shapes: [Shape] {
    let controls = Dictionary(situation.control.map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first })
    let existing = file.places.filter { $0.exists(at: situation.query.on, zone: file.zone) }
    let atlas = Atlas(file)
    return existing.compactMap { place in
      let own = place.definition(at: situation.query.on, zone: file.zone)
      // A corridor's own line is its centre line, not its outline.
      let isOutlined = own?.geometry.polygons.isEmpty == false
      let definition = isOutlined ? own : corridorDefinition(place, in: atlas, at: situation.query.on) ?? own
      return definition.map { Shape(place: place, definition: $0, control: controls[place.id]) }
    }
  }

  private mutating func draw() -> String {
    let shapes = shapes
    let core = shapes.filter { [.district, .region, .corridor, .zone, .line].contains($0.place.kind) }
    let extent = (core.isEmpty ? shapes : core).flatMap { $0.definition.geometry.positions }
    guard let frame = MapFrame(around: extent, width: options.width) else { return empty() }
    let headHeight = options.showsTitle ? 58.0 : 0
    let ground = drawGround(shapes, frame)
    let rows = options.showsLegend ? legendRows(legend, width: options.width - 24) : []
    let footHeight = options.showsLegend ? 12 + Double(rows.count) * legendRowHeight + 34 : 0
    let height = headHeight + frame.height + footHeight

    svg.open(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "map", "role": "img", "aria-labelledby": "map-title map-desc",
        "viewBox": "0 0 \(decimal(options.width)) \(decimal(height))", "width": decimal(options.width), "height": decimal(height),
        "font-family": "'Liberation Sans', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif", "data-map-top": decimal(headHeight),
        "data-map-height": decimal(frame.height),
      ])
    svg.element("title", ["id": "map-title"], "\(file.title): who holds what")
    svg.element("desc", ["id": "map-desc"], situationSentence(situation, case: file))
    drawPatterns(top: headHeight, frame: frame)
    svg.element(
      "rect", ["class": "map-paper", "width": decimal(options.width), "height": decimal(height), "fill": "#ffffff"])
    if options.showsTitle { drawHead() }
    svg.open("g", ["transform": "translate(0 \(decimal(headHeight)))", "clip-path": "url(#map-clip)"])
    svg.element(
      "rect",
      ["class": "map-ground", "width": decimal(frame.width), "height": decimal(frame.height), "fill": "#f6f4ef"])
    svg.open("g", ["id": "map-view"])
    ground.forEach { $0(&svg) }
    svg.close("g")
    svg.close("g")
    if options.showsLegend { drawFoot(rows, frame: frame, top: headHeight + frame.height, shapes: core.isEmpty ? shapes : core) }
    svg.close("svg")
    return svg.text
  }

  private mutating func empty() -> String {
    svg.open(
      "svg",
      ["xmlns": "http://www.w3.org/2000/svg", "class": "map", "viewBox": "0 0 480 80", "width": "480", "height": "80", "role": "img"])
    svg.element("text", ["x": "12", "y": "44", "font-size": "14"], "No place of this case has a shape to draw.")
    svg.close("svg")
    return svg.text
  }

  private mutating func drawPatterns(top: Double, frame: MapFrame) {
    svg.open("defs")
    svg.open("clipPath", ["id": "map-clip"])
    svg.element("rect", ["width": decimal(frame.width), "height": decimal(frame.height)])
    svg.close("clipPath")
    svg.open(
      "pattern",
      ["id": "map-disputed", "width": "7", "height": "7", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"])
    svg.element("path", ["d": "M0 0V7", "stroke": "#22272e", "stroke-width": "2.4", "stroke-opacity": "0.55", "class": "map-hatch"])
    svg.close("pattern")
    for party in file.parties {
      svg.open(
        "pattern",
        ["id": "map-left-\(party.id.rawValue)", "width": "9", "height": "9", "patternUnits": "userSpaceOnUse"])
      svg.element("circle", ["cx": "4.5", "cy": "4.5", "r": "1.3", "fill": palette[party.id]])
      svg.close("pattern")
    }
    svg.close("defs")
  }

  private mutating func drawHead() {
    svg.element(
      "text",
      ["class": "map-text map-heading", "x": "12", "y": "25", "font-size": "17", "font-weight": "700", "fill": "#22272e"], file.title)
    var asked = queryWords(situation.query, zone: file.zone)
    if situation.query.rule == .best { asked += ", according to the strongest standing there is" }
    svg.element("text", ["class": "map-text", "x": "12", "y": "45", "font-size": "12.5", "fill": "#4a515c"], asked)
  }

  private mutating func drawFoot(
    _ rows: [[(entry: LegendEntry, x: Double)]], frame: MapFrame, top: Double, shapes: [Shape]
  ) {
    drawLegend(rows, x: 12, y: top + 12, into: &svg)
    let y = top + 12 + Double(rows.count) * legendRowHeight + 14
    let bar = frame.scaleBar
    svg.element(
      "path",
      [
        "class": "map-scale", "d": "M12 \(decimal(y - 4))v4h\(decimal(bar.pixels))v-4", "fill": "none", "stroke": "#22272e",
        "stroke-width": "1.2",
      ])
    svg.element(
      "text", ["class": "map-text", "x": decimal(18 + bar.pixels), "y": decimal(y + 1), "font-size": "11.5", "fill": "#22272e"],
      "\(bar.kilometres) km")
    let note = accuracyNote(shapes)
    let size = 11.0
    let room = options.width - 24 - (bar.pixels + 60)
    let fits = textWidth(note, size: size) <= room
    svg.element(
      "text",
      [
        "class": "map-text", "x": decimal(fits ? options.width - 12 : 12), "y": decimal(fits ? y + 1 : y + 15), "font-size": decimal(size),
        "text-anchor": fits ? "end" : "start", "fill": "#4a515c",
      ], note)
  }

  private func accuracyNote(_ shapes: [Shape]) -> String {
    let worst = shapes.map(\.definition.accuracyMetres).max() ?? 0
    let error = worst < 1000 ? "\(decimal(worst, 0)) m" : "\(decimal(worst / 1000, worst < 10_000 ? 1 : 0)) km"
    let isOutlined = shapes.contains { !$0.definition.geometry.polygons.isEmpty }
    let what = isOutlined ? "outlines" : "positions"
    let lead = shapes.contains { $0.definition.isSchematic } ? "Schematic \(what)" : what.prefix(1).uppercased() + what.dropFirst()
    return "\(lead), right to within \(error); posts to the nearest 10 km."
  }
}
