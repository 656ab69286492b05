// How an area is drawn for who holds it and how well that stands.
internal import TruceAtlas
internal import TruceModel
internal import TruceSituation

/// The look of an area, and the entry of the legend that explains it.
struct AreaStyle: Hashable {
  var fill: String
  var fillOpacity: Double
  var stroke: String
  var dash: String?
  /// A pattern laid over the fill, by its id.
  var pattern: String?
  /// What the legend says of the fill.
  var words: String

  static let dashes = "7 4"

  /// The look of a place under a holder.
  init(_ control: Situation.Control?, case file: Case, palette: MapPalette) {
    switch control?.holder {
    case .party(let id)?:
      fill = palette[id]
      stroke = palette[id]
      let isInitial = control?.standing == nil
      fillOpacity = isInitial ? 0.16 : 0.42
      words = file.partyName(id) + (isInitial ? ", since before the agreement" : "")
      if let standing = control?.standing, standing <= .claimed { dash = AreaStyle.dashes }
    case .left(let id)?:
      fill = MapPalette.neutral
      stroke = palette[id]
      fillOpacity = 0.1
      pattern = "map-left-\(id.rawValue)"
      words = "left by \(file.partyName(id)), new holder not stated"
      if let standing = control?.standing, standing <= .claimed { dash = AreaStyle.dashes }
    case .contested?:
      fill = MapPalette.neutral
      stroke = "#4a515c"
      fillOpacity = 0.22
      pattern = "map-disputed"
      words = "contested"
    case .unknown?, nil:
      fill = MapPalette.neutral
      stroke = MapPalette.neutral
      fillOpacity = 0.12
      words = "holder not known"
    }
    if control?.isDisputed == true { pattern = "map-disputed" }
  }
}

/// One sentence on who holds a place: the tooltip, and what a screen reader says.
func controlSentence(_ control: Situation.Control?, place: Place, case file: Case) -> String {
  guard let control else { return "\(place.name): nothing reported" }
  var text = "\(place.name): \(file.holderName(control.holder))"
  if let since = control.since {
    let words = HumanTime.when(since)
    text += words.first?.isLowercase == true ? ", \(words)" : " since \(words)"
  }
  return text + " (\(standingWords(control.standing, isDisputed: control.isDisputed, isWithdrawn: control.isWithdrawn)))"
}

/// A holder in a word or two, for a label.
func holderLabel(_ control: Situation.Control, case file: Case) -> String {
  var text =
    switch control.holder {
    case .party(let id): file.partyName(id)
    case .left(let id): "left by \(file.partyName(id))"
    case .contested: "contested"
    case .unknown: "not known"
    }
  if control.isDisputed {
    text += " · disputed"
  } else if let standing = control.standing {
    text += " · \(standing.rawValue)"
  }
  return text
}

extension Place {
  /// The definition to draw at a moment: of those that hold then the last that has the shape of its kind, a dot for a town and an area for a
  /// district; else the last that holds, else the last of all.
  func definition(at moment: Instant, zone: Zone) -> Definition? {
    let holding = definitions.filter { definition in
      guard let period = definition.period, let when = When(period, zone: zone) else { return true }
      return when.earliest <= moment && moment <= when.latest
    }
    let isDot = kind == .settlement || kind == .point || kind == .post
    let fitting = holding.last { definition in
      if case .point = definition.geometry { return isDot }
      return !isDot
    }
    return fitting ?? holding.last ?? definitions.last
  }

  /// Whether there is such a place at a moment.
  func exists(at moment: Instant, zone: Zone) -> Bool {
    guard let period, let when = When(period, zone: zone) else { return true }
    return when.earliest <= moment && moment <= when.latest
  }

  /// The name without its kind, for the map: "Lachin" of "Lachin district".
  var mapName: String {
    for kind in [" district", " District", " region", " Region"] where name.hasSuffix(kind) { return String(name.dropLast(kind.count)) }
    return name
  }
}
