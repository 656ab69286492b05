// Reads "1.5 km NE of Hnutove" and "2-4 km ENE and E" into ranges and bearings with their errors.
internal import Foundation

/// A distance and direction as observers write them.
public struct SectorPhrase: Sendable, Hashable {
  /// Metres, near to far: as written.
  public var rangeMetres: ClosedRange<Double>
  /// Half the unit of the last digit written: "1.5 km" is known to 50 m, "20 km" to 5 km, "15 km" to 500 m.
  public var rangeErrorMetres: Double
  /// In the order written; empty where the phrase has none ("3 km from X").
  public var directions: [CompassPoint]
  /// The place's name after "of" or "from"; nil where there is none: the observer's own place is meant.
  public var place: String?

  /// Half the angle between two points of the compass that the phrase uses: 11.25 degrees where one of sixteen points is named, else 22.5.
  public var halfAngleDegrees: Double { directions.contains { $0.rose == 16 } ? 11.25 : 22.5 }

  /// - Returns: nil where the text does not begin with a distance in metres or kilometres.
  public init?(_ text: String) {
    var scanner = PhraseScanner(text)
    for word in ["approximately", "approx", "about", "around", "some", "~"] where scanner.take(word) { break }
    guard let first = scanner.number() else { return nil }
    var low = first
    var high = first
    if scanner.take("-") || scanner.take("to") || scanner.take("and") {
      guard let second = scanner.number() else { return nil }
      high = second
    }
    guard let metres = scanner.unit(), low.value * metres <= high.value * metres, high.value * metres <= 1_000_000 else { return nil }
    // "20 km" is rounded to tens; "2-4 km" and "20-25 km" to what the finer of the two is.
    let unit = min(low.unit, high.unit)
    low.unit = unit
    rangeMetres = low.value * metres...high.value * metres
    rangeErrorMetres = unit * metres / 2
    directions = []
    _ = scanner.take("to") && scanner.take("the")
    while let point = scanner.point() {
      directions.append(point)
      while scanner.take(",") || scanner.take("and") || scanner.take("to") {}
    }
    place = scanner.take("of") || scanner.take("from") ? scanner.rest() : nil
    guard place != nil || !directions.isEmpty else { return nil }
  }

  /// The sectors that the phrase means, seen from a place: directions next to each other make one.
  ///
  /// - Parameters:
  ///   - observer: the place named, or the observer's own.
  ///   - accuracyMetres: of the observer's position.
  public func sectors(from observer: Position, accuracyMetres: Double) throws(AtlasError) -> [Sector] {
    let error = rangeErrorMetres
    // A single distance is a band as wide as its rounding.
    let isPoint = rangeMetres.lowerBound == rangeMetres.upperBound
    let ranges = isPoint ? max(0, rangeMetres.lowerBound - error)...rangeMetres.upperBound + error : rangeMetres
    guard !directions.isEmpty else {
      return [
        try Sector(
          observer: observer, observerAccuracyMetres: accuracyMetres, startBearing: 0, widthDegrees: 360, rangeMetres: ranges,
          rangeErrorMetres: isPoint ? 0 : error)
      ]
    }
    let half = halfAngleDegrees
    var arcs: [(start: Double, end: Double)] = []
    for bearing in Set(directions.map(\.bearing)).sorted() {
      let (start, end) = (bearing - half, bearing + half)
      if let last = arcs.last, start <= last.end + 1e-9 { arcs[arcs.count - 1].end = end } else { arcs.append((start, end)) }
    }
    // The last arc may reach over north to the first.
    if arcs.count > 1, let last = arcs.last, last.end - 360 >= arcs[0].start - 1e-9 {
      arcs[0].start = last.start - 360
      arcs.removeLast()
    }
    var sectors: [Sector] = []
    for arc in arcs {
      sectors.append(
        try Sector(
          observer: observer, observerAccuracyMetres: accuracyMetres, startBearing: arc.start, widthDegrees: arc.end - arc.start,
          rangeMetres: ranges, rangeErrorMetres: isPoint ? 0 : error))
    }
    return sectors
  }
}

/// Takes a phrase apart from its beginning.
private struct PhraseScanner {
  private var words: [Substring] = []
  private let text: String

  init(_ text: String) {
    // Longer phrases than this are no distances.
    self.text = String(text.prefix(300))
    var start = self.text.startIndex
    var index = start
    func kind(_ c: Character) -> Int {
      if c.isNumber && c.isASCII || c == "." { return 0 }
      if c == "," || c == "-" || c == "–" || c == "—" || c == "~" || c == "(" || c == ")" { return 3 }
      return c.isWhitespace ? 2 : 1
    }
    while index < self.text.endIndex {
      let next = self.text.index(after: index)
      let same = next < self.text.endIndex && kind(self.text[index]) == kind(self.text[next]) && kind(self.text[index]) != 3
      if !same {
        if kind(self.text[index]) != 2 { words.append(self.text[start..<next]) }
        start = next
      }
      index = next
    }
    words.reverse()
  }

  mutating func take(_ word: String) -> Bool {
    guard let next = words.last?.lowercased() else { return false }
    let plain = next == "–" || next == "—" ? "-" : next
    guard plain == word else { return false }
    words.removeLast()
    return true
  }

  /// A number and the value of one in its last digit; trailing zeros of a whole number are rounding.
  mutating func number() -> (value: Double, unit: Double)? {
    guard let word = words.last, word.first?.isNumber == true, let value = Double(word), value.isFinite else { return nil }
    words.removeLast()
    if let dot = word.firstIndex(of: ".") {
      return (value, pow(10, -Double(word.distance(from: dot, to: word.endIndex) - 1)))
    }
    let zeros = word.reversed().prefix { $0 == "0" }.count
    return (value, value == 0 ? 1 : pow(10, Double(zeros)))
  }

  /// Metres in the unit.
  mutating func unit() -> Double? {
    guard let word = words.last?.lowercased() else { return nil }
    let metres: Double? =
      switch word {
      case "km", "kms", "kilometre", "kilometres", "kilometer", "kilometers": 1000
      case "m", "metre", "metres", "meter", "meters": 1
      default: nil
      }
    if metres != nil { words.removeLast() }
    return metres
  }

  /// A point of the compass in letters or words, `north-east` and `east - north - east` too.
  mutating func point() -> CompassPoint? {
    var joined = ""
    var best: (CompassPoint, Int)?
    var count = 0
    for word in words.reversed().prefix(5) {
      count += 1
      if word == "-" || word == "–" { continue }
      // Two words make one point only where a hyphen joins them.
      if count > 1, !joined.isEmpty, words[words.count - count + 1] != "-", words[words.count - count + 1] != "–" { break }
      guard CompassPoint(String(word)) != nil else { break }
      joined += word.lowercased()
      if let point = CompassPoint(joined) { best = (point, count) }
    }
    guard let best else { return nil }
    words.removeLast(best.1)
    return best.0
  }

  /// What is left, as it was written, without a full stop at its end; nil where nothing is.
  mutating func rest() -> String? {
    guard let first = words.last else { return nil }
    var rest = text[first.startIndex...]
    while let last = rest.last, last.isWhitespace || last == "." || last == "," || last == ";" { rest.removeLast() }
    words = []
    return rest.isEmpty ? nil : String(rest)
  }
}
