// The ground of a map: areas, corridor, roads, lines, towns, posts and their labels, bottom to top.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

extension MapDrawing {
  typealias Stroke = @Sendable (inout SVGWriter) -> Void

  /// What lies on the ground, in drawing order; fills the legend on the way.
  mutating func drawGround(_ shapes: [Shape], _ frame: MapFrame) -> [Stroke] {
    var strokes: [Stroke] = []
    var labels: [MapLabel] = []
    var obstacles: [Box] = []
    var areas: [LegendEntry] = []
    var signs: [LegendEntry] = []

    let order: [Place.Kind] = [.country, .region, .district, .zone, .corridor]
    for kind in order {
      for shape in shapes where shape.place.kind == kind {
        drawArea(shape, frame, shapes, &strokes, &labels, &areas)
      }
    }
    for shape in shapes where shape.place.kind == .road { drawRoad(shape, frame, &strokes, &signs) }
    // A line that the agreement speaks of is the one that is watched; other lines are borders and rivers.
    let promised = Set(file.agreements.flatMap(\.provisions).compactMap(\.place))
    let lines = shapes.filter { $0.place.kind == .line }
    for shape in lines where !promised.contains(shape.place.id) && !promised.isEmpty { drawBorder(shape, frame, &strokes, &labels, &signs) }
    for shape in lines where promised.contains(shape.place.id) || promised.isEmpty { drawLine(shape, frame, &strokes, &labels, &signs) }
    for shape in shapes where shape.place.kind == .settlement { drawTown(shape, frame, &strokes, &labels, &obstacles, &signs) }
    drawPosts(frame, &strokes, &labels, &obstacles, &signs)

    for placed in placeLabels(labels, in: frame.bounds.grown(by: -3), around: obstacles) { strokes.append(labelStroke(placed)) }
    legend = areas + signs
    return strokes
  }

  private func drawArea(
    _ shape: Shape, _ frame: MapFrame, _ shapes: [Shape], _ strokes: inout [Stroke], _ labels: inout [MapLabel],
    _ areas: inout [LegendEntry]
  ) {
    let place = shape.place
    let rings = shape.definition.geometry.rings.map { $0.map(frame.pixel) }
    let isPlain = shape.control == nil && (place.kind == .region || place.kind == .country)
    let style = AreaStyle(shape.control, case: file, palette: palette)
    let sentence = controlSentence(shape.control, place: place, case: file)
    let holder = shape.control?.holder.description
    let standing = shape.control?.standing?.rawValue
    if rings.isEmpty {
      // A corridor without an outline of its own: its centre line, as wide as it is.
      guard place.kind == .corridor, case .line(let line) = shape.definition.geometry else { return }
      let width = frame.pixels(metres: 2 * (place.halfWidthMetres ?? 2500))
      let points = line.map(frame.pixel)
      strokes.append { svg in
        svg.open(
          "g", ["id": "place-\(place.id)", "class": "map-area map-corridor", "data-place": place.id.rawValue, "data-holder": holder])
        svg.element("title", [:], sentence)
        svg.element(
          "path",
          [
            "d": pathData([points], isClosed: false), "fill": "none", "stroke": style.fill, "stroke-opacity": "0.45",
            "stroke-width": decimal(width), "stroke-linejoin": "round", "stroke-linecap": "butt",
          ])
        svg.close("g")
      }
      labels.append(corridorLabel(shape, points: points, width: width))
      add(style, kind: place.kind, name: place.name, to: &areas)
      return
    }
    strokes.append { svg in
      svg.open(
        "g",
        [
          "id": "place-\(place.id)", "class": "map-area map-\(place.kind.rawValue)", "data-place": place.id.rawValue, "data-holder": holder,
          "data-standing": standing, "data-disputed": shape.control?.isDisputed == true ? "true" : nil,
        ])
      svg.element("title", [:], sentence)
      let path = pathData(rings, isClosed: true)
      // A district lies on a region: without a ground of its own its colour would be the mean of both.
      if place.kind == .district || place.kind == .zone {
        svg.element("path", ["class": "map-ground", "d": path, "fill-rule": "evenodd", "fill": "#f6f4ef", "pointer-events": "none"])
      }
      svg.element(
        "path",
        [
          "class": "map-shape", "d": path, "fill-rule": "evenodd", "fill": isPlain ? "none" : style.fill,
          "fill-opacity": isPlain ? nil : decimal(place.kind == .corridor ? 0.55 : style.fillOpacity, 2),
          "stroke": isPlain ? "#b9b4a8" : style.stroke,
          "stroke-width": isPlain ? "1" : "1.5", "stroke-linejoin": "round", "stroke-dasharray": isPlain ? "1 4" : style.dash,
        ])
      if let pattern = style.pattern {
        svg.element("path", ["d": path, "fill-rule": "evenodd", "fill": "url(#\(pattern))", "pointer-events": "none"])
      }
      svg.close("g")
    }
    if !isPlain { add(style, kind: place.kind, name: place.name, to: &areas) }
    if place.kind == .corridor {
      let centre = place.along.flatMap { id in shapes.first { $0.place.id == id } }?.definition.geometry.positions.map(frame.pixel)
      labels.append(corridorLabel(shape, points: centre ?? rings[0], width: frame.pixels(metres: 2 * (place.halfWidthMetres ?? 2500))))
    } else {
      labels.append(areaLabel(shape, rings: rings, frame))
    }
  }

  /// Entries say each look once; a corridor is named for itself.
  private func add(_ style: AreaStyle, kind: Place.Kind, name: String, to areas: inout [LegendEntry]) {
    var plain = style
    plain.dash = nil
    if plain.pattern == "map-disputed" { plain.pattern = nil }
    let words = kind == .corridor ? "\(name), \(style.words)" : style.words
    if kind == .corridor { plain.fillOpacity = 0.55 }
    if !areas.contains(where: { $0.words == words }) { areas.append(LegendEntry(sign: .area(plain), words: words)) }
    var blank = style
    (blank.fill, blank.fillOpacity, blank.stroke) = (MapPalette.neutral, 0.1, "#4a515c")
    blank.pattern = nil
    if style.dash != nil {
      let entry = LegendEntry(sign: .area(blank), words: "only claimed by the side that gains, or alleged")
      if !areas.contains(where: { $0.words == entry.words }) { areas.append(entry) }
    }
    if style.pattern == "map-disputed" {
      (blank.dash, blank.pattern) = (nil, "map-disputed")
      let entry = LegendEntry(sign: .area(blank), words: "disputed")
      if !areas.contains(where: { $0.words == entry.words }) { areas.append(entry) }
    }
  }

  private func areaLabel(_ shape: Shape, rings: [[Pixel]], _ frame: MapFrame) -> MapLabel {
    let isDistrict = shape.place.kind == .district || shape.place.kind == .zone
    var lines = [
      isDistrict
        ? MapLabel.Line(text: shape.place.mapName.uppercased(), size: 12, isBold: true, tracking: 0.7, className: "map-label-name")
        : MapLabel.Line(
          text: shape.place.mapName, size: 12.5, isItalic: true, tracking: 1.2, colour: "#6b6558", className: "map-label-region")
    ]
    if let control = shape.control {
      lines.append(MapLabel.Line(text: holderLabel(control, case: file), size: 10.5, colour: "#3a414b", className: "map-label-holder"))
    }
    var label = MapLabel(lines: lines, candidates: [], priority: isDistrict ? 1 : 6, isRequired: isDistrict, place: shape.place.id)
    label.candidates = areaCandidates(rings, width: label.width, height: label.height, in: frame.bounds)
    return label
  }

  private func corridorLabel(_ shape: Shape, points: [Pixel], width: Double) -> MapLabel {
    let text = shape.place.name
    let line = MapLabel.Line(text: text, size: 11, isItalic: true, colour: "#22272e", className: "map-label-corridor")
    var label = MapLabel(lines: [line], candidates: [], priority: 3, place: shape.place.id)
    label.candidates = lineCandidates(points, width: label.width, height: label.height, gap: width / 2 + 3)
    return label
  }

  private func drawRoad(_ shape: Shape, _ frame: MapFrame, _ strokes: inout [Stroke], _ signs: inout [LegendEntry]) {
    guard case .line(let line) = shape.definition.geometry, line.count > 1 else { return }
    let path = pathData([line.map(frame.pixel)], isClosed: false)
    let name = shape.place.name
    strokes.append { svg in
      svg.open("g", ["id": "place-\(shape.place.id)", "class": "map-road"])
      svg.element("title", [:], name)
      svg.element("path", ["d": path, "fill": "none", "stroke": "#ffffff", "stroke-width": "3.4", "class": "map-casing"])
      svg.element("path", ["d": path, "fill": "none", "stroke": "#9a8f7a", "stroke-width": "1.5", "class": "map-road-line"])
      svg.close("g")
    }
    let entry = LegendEntry(sign: .line(colour: "#9a8f7a", width: 1.5, dash: nil), words: "road")
    if !signs.contains(entry) { signs.append(entry) }
  }

  private func drawLine(
    _ shape: Shape, _ frame: MapFrame, _ strokes: inout [Stroke], _ labels: inout [MapLabel], _ signs: inout [LegendEntry]
  ) {
    guard case .line(let line) = shape.definition.geometry, line.count > 1 else { return }
    let points = line.map(frame.pixel)
    let path = pathData([points], isClosed: false)
    let place = shape.place
    strokes.append { svg in
      svg.open("g", ["id": "place-\(place.id)", "class": "map-line", "data-place": place.id.rawValue])
      svg.element("title", [:], place.name)
      svg.element("path", ["d": path, "fill": "none", "stroke": "#ffffff", "stroke-width": "5", "class": "map-casing"])
      svg.element(
        "path",
        ["d": path, "fill": "none", "stroke": "#22272e", "stroke-width": "2.2", "stroke-dasharray": "9 3 2 3", "class": "map-front"])
      svg.close("g")
    }
    var label = MapLabel(
      lines: [MapLabel.Line(text: place.name, size: 10.5, isItalic: true, className: "map-label-line")], candidates: [], priority: 4,
      place: place.id)
    label.candidates = lineCandidates(points, width: label.width, height: label.height, gap: 5)
    labels.append(label)
    let entry = LegendEntry(sign: .line(colour: "#22272e", width: 2.2, dash: "9 3 2 3"), words: place.name)
    if !signs.contains(entry) { signs.append(entry) }
  }

  private func drawBorder(
    _ shape: Shape, _ frame: MapFrame, _ strokes: inout [Stroke], _ labels: inout [MapLabel], _ signs: inout [LegendEntry]
  ) {
    guard case .line(let line) = shape.definition.geometry, line.count > 1 else { return }
    let points = line.map(frame.pixel)
    let path = pathData([points], isClosed: false)
    let place = shape.place
    strokes.append { svg in
      svg.open("g", ["id": "place-\(place.id)", "class": "map-border"])
      svg.element("title", [:], place.name)
      svg.element(
        "path",
        ["d": path, "fill": "none", "stroke": "#8a8577", "stroke-width": "2.4", "stroke-opacity": "0.75", "class": "map-border-line"])
      svg.close("g")
    }
    var label = MapLabel(
      lines: [MapLabel.Line(text: place.name, size: 9.5, isItalic: true, colour: "#6b6558", className: "map-label-border")], candidates: [],
      priority: 7)
    label.candidates = lineCandidates(points, width: label.width, height: label.height, gap: 5)
    labels.append(label)
    let entry = LegendEntry(sign: .line(colour: "#8a8577", width: 2.4, dash: nil), words: "border or river")
    if !signs.contains(entry) { signs.append(entry) }
  }

  private func drawTown(
    _ shape: Shape, _ frame: MapFrame, _ strokes: inout [Stroke], _ labels: inout [MapLabel], _ obstacles: inout [Box],
    _ signs: inout [LegendEntry]
  ) {
    guard case .point(let position) = shape.definition.geometry else { return }
    let at = frame.pixel(position)
    guard frame.bounds.grown(by: -8).contains(Box(x: at.x, y: at.y, width: 0, height: 0)) else { return }
    let isSeat = file.places.contains { $0.seat == shape.place.id }
    let hasControl = shape.control != nil
    let radius = isSeat || hasControl ? 3.2 : 2.4
    let place = shape.place
    let sentence = hasControl ? controlSentence(shape.control, place: place, case: file) : place.name
    strokes.append { svg in
      svg.open("g", ["id": "place-\(place.id)", "class": "map-town-sign", "data-place": hasControl ? place.id.rawValue : nil])
      svg.element("title", [:], sentence)
      svg.element(
        "circle",
        [
          "class": "map-town", "cx": decimal(at.x), "cy": decimal(at.y), "r": decimal(radius), "fill": "#22272e", "stroke": "#ffffff",
          "stroke-width": "1.2", "data-x": decimal(at.x), "data-y": decimal(at.y),
        ])
      svg.close("g")
    }
    obstacles.append(Box(x: at.x - 4, y: at.y - 4, width: 8, height: 8))
    var label = MapLabel(
      lines: [MapLabel.Line(text: place.name, size: isSeat || hasControl ? 11 : 10, className: "map-label-town")], candidates: [],
      priority: isSeat || hasControl ? 2 : 5, place: hasControl ? place.id : nil)
    label.candidates = signCandidates(at, width: label.width, height: label.height, gap: 7)
    labels.append(label)
    let entry = LegendEntry(sign: .town, words: "town")
    if !signs.contains(entry) { signs.append(entry) }
  }

  private func drawPosts(
    _ frame: MapFrame, _ strokes: inout [Stroke], _ labels: inout [MapLabel], _ obstacles: inout [Box], _ signs: inout [LegendEntry]
  ) {
    for mark in postMarks(situation, case: file) {
      let at = frame.pixel(mark.position)
      guard frame.bounds.contains(Box(x: at.x, y: at.y, width: 0, height: 0)) else { continue }
      strokes.append { svg in
        svg.open("g", ["class": "map-posts"])
        svg.element("title", [:], mark.words + " (place coarsened)")
        drawPost(at, into: &svg)
        svg.close("g")
      }
      obstacles.append(Box(x: at.x - 8, y: at.y - 8, width: 16, height: 16))
      var label = MapLabel(
        lines: [MapLabel.Line(text: mark.words, size: 10.5, className: "map-label-post")], candidates: [], priority: 3)
      label.candidates = signCandidates(at, width: label.width, height: label.height, gap: 11)
      labels.append(label)
      let entry = LegendEntry(sign: .post, words: "observation posts, place coarsened")
      if !signs.contains(entry) { signs.append(entry) }
    }
  }

  private func labelStroke(_ placed: PlacedLabel) -> Stroke {
    let box = placed.label.box(at: placed.middle)
    return { svg in
      svg.open(
        "g",
        [
          "class": "map-label", "data-x": decimal(placed.middle.x), "data-y": decimal(placed.middle.y), "text-anchor": "middle",
          "pointer-events": "none",
        ])
      var y = box.y
      for line in placed.label.lines {
        y += line.size * 1.22
        svg.element(
          "text",
          [
            "class": "map-text \(line.className)", "x": decimal(placed.middle.x), "y": decimal(y - line.size * 0.3),
            "font-size": decimal(line.size),
            "font-weight": line.isBold ? "700" : nil, "font-style": line.isItalic ? "italic" : nil,
            "letter-spacing": line.tracking > 0 ? decimal(line.tracking) : nil, "fill": line.colour, "stroke": "#ffffff",
            "stroke-opacity": "0.85", "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke",
          ], line.text)
      }
      svg.close("g")
    }
  }
}
