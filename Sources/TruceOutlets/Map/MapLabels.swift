// Labels that do not collide: each takes the first of its places that is free, the important ones first.
internal import TruceModel

/// A label that wants a place on the map.
struct MapLabel {
  /// One line of it.
  struct Line: Hashable {
    var text: String
    var size: Double
    var isBold = false
    var isItalic = false
    /// Extra space between letters, in pixels.
    var tracking = 0.0
    var colour = "#22272e"
    var className = "label"
  }

  /// Where a label's middle may lie.
  var lines: [Line]
  /// Middles of its box, the best first.
  var candidates: [Pixel]
  /// Lower comes first.
  var priority: Int
  /// Drawn at its best place even where it must cover something.
  var isRequired = false
  var place: PlaceID?

  var width: Double { lines.map { textWidth($0.text, size: $0.size, isBold: $0.isBold, tracking: $0.tracking) }.max() ?? 0 }
  var height: Double { lines.reduce(0) { $0 + $1.size * 1.22 } }

  func box(at middle: Pixel) -> Box { Box(x: middle.x - width / 2, y: middle.y - height / 2, width: width, height: height) }
}

/// A label with its place.
struct PlacedLabel {
  var label: MapLabel
  var middle: Pixel
}

/// Places labels within bounds and clear of obstacles and of one another; those that find no room are left out unless required.
func placeLabels(_ labels: [MapLabel], in bounds: Box, around obstacles: [Box]) -> [PlacedLabel] {
  var taken = obstacles
  var placed: [PlacedLabel] = []
  let ordered = labels.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
  for (_, label) in ordered {
    let free = label.candidates.first { middle in
      let box = label.box(at: middle).grown(by: 2)
      return bounds.contains(box) && !taken.contains { $0.overlaps(box) }
    }
    // A required label may cover a sign, never another label.
    let fallback: Pixel? =
      label.isRequired
      ? label.candidates.first { middle in
        let box = label.box(at: middle).grown(by: 1)
        return bounds.contains(box) && !placed.contains { $0.label.box(at: $0.middle).overlaps(box) }
      } : nil
    guard let middle = free ?? fallback else { continue }
    taken.append(label.box(at: middle))
    placed.append(PlacedLabel(label: label, middle: middle))
  }
  return placed
}

/// Middles of a box that lie in an area, where the whole box fits first, nearest to the area's middle first.
func areaCandidates(_ rings: [[Pixel]], width: Double, height: Double, in bounds: Box) -> [Pixel] {
  let corners = rings.flatMap { $0 }
  guard let left = corners.map(\.x).min(), let right = corners.map(\.x).max(), let top = corners.map(\.y).min(),
    let bottom = corners.map(\.y).max()
  else { return [] }
  let (x0, x1) = (max(left, bounds.x), min(right, bounds.x + bounds.width))
  let (y0, y1) = (max(top, bounds.y), min(bottom, bounds.y + bounds.height))
  guard x0 < x1, y0 < y1 else { return [] }
  var whole: [Pixel] = []
  var middleOnly: [Pixel] = []
  let steps = 28
  for row in 0...steps {
    for column in 0...steps {
      let pixel = Pixel(x: x0 + (x1 - x0) * Double(column) / Double(steps), y: y0 + (y1 - y0) * Double(row) / Double(steps))
      guard isInside(pixel, rings) else { continue }
      let fits = [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0, -0.5), (0, 0.5)].allSatisfy {
        isInside(Pixel(x: pixel.x + $0.0 * width, y: pixel.y + $0.1 * height), rings)
      }
      if fits { whole.append(pixel) } else { middleOnly.append(pixel) }
    }
  }
  let inside = whole + middleOnly
  guard !inside.isEmpty else { return [] }
  let centre = Pixel(
    x: inside.reduce(0) { $0 + $1.x } / Double(inside.count), y: inside.reduce(0) { $0 + $1.y } / Double(inside.count))
  func distance(_ pixel: Pixel) -> Double {
    (pixel.x - centre.x) * (pixel.x - centre.x) + (pixel.y - centre.y) * (pixel.y - centre.y)
  }
  return whole.sorted { distance($0) < distance($1) } + middleOnly.sorted { distance($0) < distance($1) }
}

/// Middles of a box beside a sign: right, left, above, below, then the corners.
func signCandidates(_ at: Pixel, width: Double, height: Double, gap: Double) -> [Pixel] {
  let dx = gap + width / 2
  let dy = gap + height / 2
  return [(dx, 0), (-dx, 0), (0, -dy), (0, dy), (dx, -dy), (-dx, -dy), (dx, dy), (-dx, dy)].map { Pixel(x: at.x + $0.0, y: at.y + $0.1) }
}

/// Middles of a box beside a line, from the line's middle outwards.
func lineCandidates(_ line: [Pixel], width: Double, height: Double, gap: Double) -> [Pixel] {
  guard line.count > 1 else { return [] }
  var points: [Pixel] = []
  for (a, b) in zip(line, line.dropFirst()) {
    for step in 0..<6 {
      let t = Double(step) / 6
      points.append(Pixel(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t))
    }
  }
  let middle = points.count / 2
  let outwards = points.indices.sorted { abs($0 - middle) < abs($1 - middle) }
  return outwards.flatMap { signCandidates(points[$0], width: width, height: height, gap: gap).prefix(4) }
}

/// The width of a text in a common sans serif, in pixels: a table of letter widths, exact to some percent.
func textWidth(_ text: String, size: Double, isBold: Bool = false, tracking: Double = 0) -> Double {
  var ems = 0.0
  var count = 0.0
  for scalar in text.unicodeScalars {
    count += 1
    switch scalar {
    case "i", "l", "j", "I", ".", ",", ":", ";", "'", "|", "!": ems += 0.28
    case "f", "t", "r", "(", ")", "-", " ", "/": ems += 0.36
    case "m", "w", "M", "W", "@", "%": ems += 0.88
    case "A"..."Z": ems += 0.69
    case "0"..."9": ems += 0.57
    default: ems += scalar.value >= 0x2E80 ? 1 : scalar.value >= 0x300 && scalar.value < 0x370 ? 0 : 0.56
    }
  }
  return ems * size * (isBold ? 1.07 : 1) + tracking * count
}
